package org.notegrad.kernel;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Proxy;
import org.notegrad.kernel.channel.Log;

/**
 * Hears the interrupt signal (SIGINT, Ctrl-C). Java's one way to do so is {@code sun.misc.Signal}:
 * exported by a supported module, but javac warns of it and offers no way to say that it is meant,
 * hence the reflection.
 */
final class InterruptSignal {
  private static final int SIGINT = 2;

  private InterruptSignal() {}

  /** Runs an action at every interrupt signal, in place of ending the process. */
  static void handle(Runnable action) {
    try {
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              InterruptSignal.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, args) -> {
                action.run();
                return null;
              });
      Object before = register(handler, proxy);
      if (before == handler.getField("SIG_IGN").get(null)) {
        stopIgnoring();
        register(handler, proxy);
      }
    } catch (ReflectiveOperationException e) {
      Log.error("the interrupt signal can't be heard; interrupts by message work", e);
    }
  }

  /** Returns what handled the signal before; a signal that the process ignores stays ignored. */
  private static Object register(Class<?> handler, Object proxy)
      throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    return signal
        .getMethod("handle", signal, handler)
        .invoke(null, signal.getConstructor(String.class).newInstance("INT"), proxy);
  }

  /**
   * A process started in a shell's background, as servers are, inherits that the signal is ignored,
   * and the JVM respects it. A kernel is to be interrupted all the same: C's {@code signal(SIGINT,
   * SIG_DFL)} sets that right.
   */
  @SuppressWarnings("restricted")
  private static void stopIgnoring() {
    var linker = Linker.nativeLinker();
    var type =
        FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.ADDRESS);
    var signal = linker.downcallHandle(linker.defaultLookup().findOrThrow("signal"), type);
    try {
      MemorySegment _ = (MemorySegment) signal.invokeExact(SIGINT, MemorySegment.NULL);
    } catch (Throwable e) {
      throw new IllegalStateException("signal(SIGINT, SIG_DFL) failed", e);
    }
  }
}
