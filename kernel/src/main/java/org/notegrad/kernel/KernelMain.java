package org.notegrad.kernel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.notegrad.kernel.channel.ConnectionFile;
import org.notegrad.kernel.channel.KernelThread;
import org.notegrad.kernel.channel.Log;
import org.notegrad.kernel.eval.EvaluatorOptions;
import org.notegrad.kernel.eval.JavaEvaluator;
import org.notegrad.kernel.eval.VectorApi;
import org.zeromq.ZMQException;

/** Starts the kernel that a connection file describes: {@code KernelMain CONNECTION_FILE}. */
public final class KernelMain {
  /** Shutdown hooks of cells have so long. */
  private static final long HOOKS_MILLIS = 200;

  private static final long REHEARSE_AFTER_SECONDS = 20;

  private KernelMain() {}

  public static void main(String[] args) {
    if (args.length != 1) {
      Log.warn("usage: KernelMain CONNECTION_FILE (Jupyter gives its path)");
      System.exit(2);
    }
    try {
      run(ConnectionFile.read(Path.of(args[0])));
    } catch (IOException | ZMQException e) {
      Log.warn("the kernel can't start: " + e.getMessage());
      System.exit(1);
    }
    exit();
  }

  private static void run(ConnectionFile connection) {
    // The compiler takes longest to start: it does so beside everything else.
    var evaluator =
        CompletableFuture.supplyAsync(
            KernelMain::startEvaluator, start -> new KernelThread("notegrad-start", start).start());
    var kernel = new Kernel(connection, new History(History.defaultFile()));
    endWithParent(kernel);
    new KernelThread("notegrad-evaluator", () -> kernel.evaluateWith(evaluator::join)).start();
    InterruptSignal.handle(kernel::interrupt);
    rehearseLater();
    kernel.awaitShutdown();
    kernel.close();
  }

  private static JavaEvaluator startEvaluator() {
    VectorApi.load();
    return JavaEvaluator.start(EvaluatorOptions.defaults());
  }

  /**
   * A kernel that was installed without a rehearsal (by a wheel, which has no such step) makes up
   * for it in the background, once the first cells have had the machine to themselves.
   */
  private static void rehearseLater() {
    String launcher = System.getProperty("notegrad.launcher");
    String folder = System.getProperty("notegrad.rehearse");
    if (launcher == null || folder == null) {
      return;
    }
    CompletableFuture.runAsync(
        () -> {
          try {
            new ProcessBuilder("nice", "-n", "19", "/bin/sh", launcher, "--rehearse", folder)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
          } catch (IOException e) {
            Log.warn("the start can't be rehearsed: " + e.getMessage());
          }
        },
        CompletableFuture.delayedExecutor(REHEARSE_AFTER_SECONDS, TimeUnit.SECONDS));
  }

  /** A kernel whose Jupyter has died has nobody to end it. */
  private static void endWithParent(Kernel kernel) {
    String pid = System.getenv("JPY_PARENT_PID");
    ProcessHandle.current()
        .parent()
        .filter(parent -> String.valueOf(parent.pid()).equals(pid))
        .ifPresent(parent -> parent.onExit().thenRun(kernel::shutDown));
  }

  /** A hook of a cell's that hangs does not hold the process. */
  private static void exit() {
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            Thread.sleep(HOOKS_MILLIS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          Runtime.getRuntime().halt(0);
        });
    System.exit(0);
  }
}
