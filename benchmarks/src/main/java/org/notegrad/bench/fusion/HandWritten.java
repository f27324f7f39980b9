package org.notegrad.bench.fusion;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.notegrad.backend.Parallel;

/**
 * Optimizer steps written by hand on Java's Vector API, as the library had them before it fused
 * definitions: what a fused step is measured by. They contract products and sums.
 */
final class HandWritten {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int GRAIN = 32_768;

  /** The settings of one step of Adam. */
  record Adam(double learningRate, double beta1, double beta2, double eps, long step) {
    double stepSize() {
      return learningRate / (1 - Math.pow(beta1, step));
    }

    double correction2() {
      return Math.sqrt(1 - Math.pow(beta2, step));
    }
  }

  private HandWritten() {}

  /** {@code v = momentum v + g}, {@code p = p - lr v}. */
  static void momentum(double learningRate, double momentum, float[] p, float[] g, float[] v) {
    Parallel.forRange(
        p.length,
        GRAIN,
        (from, to) -> momentum((float) -learningRate, (float) momentum, p, g, v, from, to));
  }

  private static void momentum(
      float rate, float kept, float[] p, float[] g, float[] velocity, int from, int to) {
    int end = from + SPECIES.loopBound(to - from);
    for (int i = from; i < end; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, p, i);
      FloatVector gradient = FloatVector.fromArray(SPECIES, g, i);
      FloatVector v = FloatVector.fromArray(SPECIES, velocity, i).mul(kept).add(gradient);
      v.intoArray(velocity, i);
      v.fma(x.broadcast(rate), x).intoArray(p, i);
    }
    for (int i = end; i < to; i++) {
      velocity[i] = velocity[i] * kept + g[i];
      p[i] += rate * velocity[i];
    }
  }

  /** One step of Adam. */
  static void adam(Adam step, float[] p, float[] g, float[] mean, float[] square) {
    Parallel.forRange(p.length, GRAIN, (from, to) -> adam(step, p, g, mean, square, from, to));
  }

  private static void adam(
      Adam step, float[] p, float[] g, float[] mean, float[] square, int from, int to) {
    float fresh1 = (float) (1 - step.beta1());
    float kept2 = (float) step.beta2();
    float fresh2 = (float) (1 - step.beta2());
    float rate = (float) -step.stepSize();
    float correction = (float) (1 / step.correction2());
    float eps = (float) step.eps();
    int end = from + SPECIES.loopBound(to - from);
    for (int i = from; i < end; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, p, i);
      FloatVector gradient = FloatVector.fromArray(SPECIES, g, i);
      FloatVector m = FloatVector.fromArray(SPECIES, mean, i);
      m = gradient.sub(m).fma(m.broadcast(fresh1), m);
      FloatVector v = FloatVector.fromArray(SPECIES, square, i).mul(kept2);
      v = gradient.mul(fresh2).fma(gradient, v);
      m.intoArray(mean, i);
      v.intoArray(square, i);
      FloatVector scale = v.sqrt().fma(v.broadcast(correction), v.broadcast(eps));
      m.mul(rate).div(scale).add(x).intoArray(p, i);
    }
    for (int i = end; i < to; i++) {
      mean[i] += fresh1 * (g[i] - mean[i]);
      square[i] = kept2 * square[i] + fresh2 * g[i] * g[i];
      p[i] += rate * mean[i] / ((float) Math.sqrt(square[i]) * correction + eps);
    }
  }
}
