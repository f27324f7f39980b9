package org.notegrad.kernel;

import java.lang.reflect.Proxy;
import org.notegrad.kernel.channel.Log;

/**
 * Hears the interrupt signal (SIGINT, Ctrl-C). Java's one way to do so is {@code sun.misc.Signal}:
 * exported by a supported module, but javac warns of it and offers no way to say that it is meant,
 * hence the reflection.
 */
final class InterruptSignal {
  private InterruptSignal() {}

  /** Runs an action at every interrupt signal, in place of ending the process. */
  static void handle(Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              InterruptSignal.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, args) -> {
                action.run();
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance("INT"), proxy);
    } catch (ReflectiveOperationException e) {
      Log.error("the interrupt signal can't be heard; interrupts by message work", e);
    }
  }
}
