package org.notegrad.viz;

import java.util.Objects;
import java.util.function.Consumer;

/**
 * Where views appear. The kernel has a screen that shows them in the running cell; without one they
 * are printed as text.
 */
public interface Screen {
  /** Shows {@code view} below what the running code has put out so far. */
  Live show(View view);

  /** A view on the screen that can still change. Its methods may be called from any thread. */
  interface Live extends AutoCloseable {
    /** Replaces what is shown. Callers keep their own pace; every update reaches the screen. */
    void update(View view);

    /**
     * Runs {@code action} once, when the code that showed this view (a notebook's cell) has ended
     * and its output can still be changed. A terminal has no such end and never runs it.
     */
    void atEnd(Consumer<Outcome> action);

    /** Says that what is shown is final. Later updates are still allowed in a notebook. */
    @Override
    void close();
  }

  /** How the code that showed a view ended. */
  enum Outcome {
    COMPLETED,
    FAILED,
    INTERRUPTED
  }

  /** The screen of this process: the one that was put in {@link #use use}, or the terminal. */
  static Screen current() {
    return Terminal.CURRENT.get();
  }

  /** Makes {@code screen} the screen of this process and returns the one before. */
  static Screen use(Screen screen) {
    return Terminal.CURRENT.getAndSet(Objects.requireNonNull(screen, "screen"));
  }
}
