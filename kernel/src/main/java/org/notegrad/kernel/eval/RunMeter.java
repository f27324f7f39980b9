package org.notegrad.kernel.eval;

/**
 * Is told when user code starts and ends to run, on the thread that runs it; compiling the code is
 * not part of a run.
 */
public interface RunMeter {
  /** Does nothing. */
  RunMeter NONE =
      new RunMeter() {
        @Override
        public void started() {}

        @Override
        public void ended() {}
      };

  void started();

  void ended();
}
