package org.notegrad.kernel.eval;

/** Is told when user code starts and ends to run; compiling it is not part of a run. */
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
