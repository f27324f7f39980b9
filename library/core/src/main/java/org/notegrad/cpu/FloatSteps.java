// DoubleSteps.java is generated from this file (FloatToDouble).
package org.notegrad.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.notegrad.optim.Adam;
import org.notegrad.optim.SGD;

/** Optimizer steps over whole vectors of float32; they return how many elements they have done. */
final class FloatSteps {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private FloatSteps() {}

  static int sgd(SGD.Step step, float[] p, int pAt, float[] g, int gAt, int n) {
    float sign = step.maximize() ? -1 : 1;
    float decay = (float) step.weightDecay();
    float rate = (float) -step.learningRate();
    int end = SPECIES.loopBound(n);
    for (int i = 0; i < end; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, p, pAt + i);
      FloatVector gradient = FloatVector.fromArray(SPECIES, g, gAt + i).mul(sign);
      gradient = x.fma(x.broadcast(decay), gradient);
      gradient.fma(x.broadcast(rate), x).intoArray(p, pAt + i);
    }
    return end;
  }

  static int momentum(
      SGD.Step step, float[] p, int pAt, float[] g, int gAt, float[] velocity, int vAt, int n) {
    float sign = step.maximize() ? -1 : 1;
    float decay = (float) step.weightDecay();
    float rate = (float) -step.learningRate();
    float kept = (float) step.momentum();
    float fresh = (float) (1 - step.dampening());
    boolean nesterov = step.nesterov();
    int end = SPECIES.loopBound(n);
    for (int i = 0; i < end; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, p, pAt + i);
      FloatVector gradient = FloatVector.fromArray(SPECIES, g, gAt + i).mul(sign);
      gradient = x.fma(x.broadcast(decay), gradient);
      FloatVector v = FloatVector.fromArray(SPECIES, velocity, vAt + i).mul(kept);
      v = gradient.fma(x.broadcast(fresh), v);
      v.intoArray(velocity, vAt + i);
      if (nesterov) {
        v.fma(x.broadcast(kept), gradient).fma(x.broadcast(rate), x).intoArray(p, pAt + i);
      } else {
        v.fma(x.broadcast(rate), x).intoArray(p, pAt + i);
      }
    }
    return end;
  }

  static int adam(
      Adam.Step step,
      float[] p,
      int pAt,
      float[] g,
      int gAt,
      float[] mean,
      int meanAt,
      float[] square,
      int squareAt,
      int n) {
    float sign = step.maximize() ? -1 : 1;
    float decay = (float) (step.decoupled() ? 0 : step.weightDecay());
    float shrink = (float) (step.decoupled() ? 1 - step.learningRate() * step.weightDecay() : 1);
    boolean near = step.staysNear();
    float weight1 = (float) (near ? 1 - step.beta1() : step.beta1());
    float kept2 = (float) step.beta2();
    float fresh2 = (float) (1 - step.beta2());
    float rate = (float) -step.stepSize();
    float correction = (float) (1 / step.correction2());
    float eps = (float) step.eps();
    int end = SPECIES.loopBound(n);
    for (int i = 0; i < end; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, p, pAt + i);
      FloatVector gradient = FloatVector.fromArray(SPECIES, g, gAt + i).mul(sign);
      gradient = x.fma(x.broadcast(decay), gradient);
      FloatVector m = FloatVector.fromArray(SPECIES, mean, meanAt + i);
      m =
          near
              ? gradient.sub(m).fma(m.broadcast(weight1), m)
              : m.sub(gradient).fma(m.broadcast(weight1), gradient);
      FloatVector v = FloatVector.fromArray(SPECIES, square, squareAt + i).mul(kept2);
      v = gradient.mul(fresh2).fma(gradient, v);
      m.intoArray(mean, meanAt + i);
      v.intoArray(square, squareAt + i);
      FloatVector scale = v.sqrt().fma(v.broadcast(correction), v.broadcast(eps));
      m.mul(rate).div(scale).add(x.mul(shrink)).intoArray(p, pAt + i);
    }
    return end;
  }
}
