package org.notegrad.cpu;

import static org.notegrad.cpu.CpuBackend.GRAIN;
import static org.notegrad.cpu.CpuBackend.doubles;
import static org.notegrad.cpu.CpuBackend.floats;

import org.notegrad.DType;
import org.notegrad.backend.Operand;
import org.notegrad.backend.Parallel;
import org.notegrad.optim.Adam;
import org.notegrad.optim.SGD;

/**
 * Fused optimizer steps over contiguous parameters; a state tensor is contiguous from its storage's
 * start.
 */
final class CpuSteps {
  private CpuSteps() {}

  static boolean sgd(CpuKernels kernels, SGD.Step step, Operand p, Operand g, Operand[] state) {
    int pAt = (int) p.layout().offset();
    int gAt = (int) g.layout().offset();
    int n = (int) p.numel();
    if (p.dtype() == DType.FLOAT32) {
      float[] velocity = state.length == 0 ? null : floats(state[0]);
      Parallel.forRange(
          n,
          GRAIN,
          (from, to) ->
              kernels.sgd(
                  step, floats(p), pAt + from, floats(g), gAt + from, velocity, from, to - from));
    } else {
      double[] velocity = state.length == 0 ? null : doubles(state[0]);
      Parallel.forRange(
          n,
          GRAIN,
          (from, to) ->
              kernels.sgd(
                  step, doubles(p), pAt + from, doubles(g), gAt + from, velocity, from, to - from));
    }
    return true;
  }

  static boolean adam(CpuKernels kernels, Adam.Step step, Operand p, Operand g, Operand[] state) {
    int pAt = (int) p.layout().offset();
    int gAt = (int) g.layout().offset();
    int n = (int) p.numel();
    if (p.dtype() == DType.FLOAT32) {
      float[] mean = floats(state[0]);
      float[] square = floats(state[1]);
      Parallel.forRange(
          n,
          GRAIN,
          (from, to) ->
              kernels.adam(
                  step,
                  floats(p),
                  pAt + from,
                  floats(g),
                  gAt + from,
                  mean,
                  from,
                  square,
                  from,
                  to - from));
    } else {
      double[] mean = doubles(state[0]);
      double[] square = doubles(state[1]);
      Parallel.forRange(
          n,
          GRAIN,
          (from, to) ->
              kernels.adam(
                  step,
                  doubles(p),
                  pAt + from,
                  doubles(g),
                  gAt + from,
                  mean,
                  from,
                  square,
                  from,
                  to - from));
    }
    return true;
  }
}
