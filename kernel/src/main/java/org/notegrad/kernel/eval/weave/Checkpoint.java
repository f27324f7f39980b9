package org.notegrad.kernel.eval.weave;

import java.io.IOException;
import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What woven code calls. User classes reach the check through one shared call site whose target is
 * an empty method, so the JIT compiles it away; {@link #arm} exchanges the target, which makes the
 * JVM deoptimise running loops into the check.
 */
public final class Checkpoint {

  /** What an armed check does in the thread that passes it: returns, or throws. */
  public interface Guard {
    void pass();
  }

  private static final MethodType CHECK = MethodType.methodType(void.class);
  private static final MethodHandle EMPTY = MethodHandles.empty(CHECK);
  private static final MethodHandle ARMED = armedHandle();
  private static final MutableCallSite SITE = new MutableCallSite(EMPTY);
  private static final MutableCallSite[] SITES = {SITE};
  private static final MethodHandle INVOKER = SITE.dynamicInvoker();
  private static final int ACCEPT_POLL_MILLIS = 50;

  private static volatile Guard guard = () -> {};

  // No thread group lists virtual threads: those that sleep are known here, with who they work for.
  private static final Map<Thread, Object> SLEEPING = new ConcurrentHashMap<>();
  private static volatile Supplier<?> owner = () -> null;

  private Checkpoint() {}

  private static MethodHandle armedHandle() {
    try {
      return MethodHandles.lookup().findStatic(Checkpoint.class, "armed", CHECK);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Makes every check call {@code newGuard}, also in loops that are compiled and running. */
  public static synchronized void arm(Guard newGuard) {
    guard = newGuard;
    retarget(ARMED);
  }

  /** Says how to learn for whom the calling thread works; null means for nobody. */
  public static void ownedBy(Supplier<?> newOwner) {
    owner = newOwner;
  }

  /** Virtual threads that work for this owner and sleep. */
  public static List<Thread> sleeping(Object ofOwner) {
    return SLEEPING.entrySet().stream()
        .filter(one -> one.getValue() == ofOwner)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Stands in for {@link Thread#sleep(long)}. */
  public static void sleep(long millis) throws InterruptedException {
    if (Thread.currentThread().isVirtual() && millis > 0) {
      sleep(Duration.ofMillis(millis));
    } else {
      Thread.sleep(millis);
    }
  }

  /** Stands in for {@link Thread#sleep(Duration)}. */
  public static void sleep(Duration time) throws InterruptedException {
    var thread = Thread.currentThread();
    var works = thread.isVirtual() ? owner.get() : null;
    if (works == null) {
      Thread.sleep(time);
      return;
    }
    SLEEPING.put(thread, works);
    try {
      Thread.sleep(time);
    } finally {
      SLEEPING.remove(thread);
    }
  }

  /** Makes checks cost nothing again. */
  public static synchronized void disarm() {
    retarget(EMPTY);
  }

  private static void retarget(MethodHandle target) {
    if (SITE.getTarget() != target) {
      SITE.setTarget(target);
      MutableCallSite.syncAll(SITES);
    }
  }

  private static void armed() {
    guard.pass();
  }

  /** Bootstrap of the woven {@code invokedynamic} instructions. */
  public static CallSite bootstrap(MethodHandles.Lookup lookup, String name, MethodType type) {
    return SITE;
  }

  /** The same check for class files older than {@code invokedynamic}. */
  public static void check() throws Throwable {
    INVOKER.invokeExact();
  }

  /**
   * Bootstrap of reads of a {@code final} top-level variable, first run after it has got its value:
   * to the JIT it is a constant from then on.
   */
  public static CallSite constant(
      MethodHandles.Lookup lookup, String name, MethodType type, MethodHandle getter)
      throws Throwable {
    return new ConstantCallSite(MethodHandles.constant(type.returnType(), getter.invoke()));
  }

  /** First instruction of a handler that would catch {@link CellStopped}. */
  public static void rethrow(Throwable caught) {
    if (caught instanceof CellStopped stopped) {
      throw stopped;
    }
  }

  /** Stands in for {@link System#exit}. */
  public static void exit(int status) {
    throw new ExitRefused("System.exit(" + status + ")");
  }

  /** Stands in for {@link Runtime#exit}. */
  public static void exit(Runtime runtime, int status) {
    throw new ExitRefused("Runtime.exit(" + status + ")");
  }

  /** Stands in for {@link Runtime#halt}. */
  public static void halt(Runtime runtime, int status) {
    throw new ExitRefused("Runtime.halt(" + status + ")");
  }

  /**
   * Stands in for {@link ServerSocket#accept}, which no interrupt wakes: waits in short turns while
   * the socket has no time-out of its own.
   */
  public static Socket accept(ServerSocket server) throws IOException {
    if (server.getSoTimeout() != 0 || server.getChannel() != null) {
      return server.accept();
    }
    server.setSoTimeout(ACCEPT_POLL_MILLIS);
    try {
      while (true) {
        try {
          return server.accept();
        } catch (SocketTimeoutException turn) {
          guard.pass();
        }
      }
    } finally {
      if (!server.isClosed()) {
        server.setSoTimeout(0);
      }
    }
  }
}
