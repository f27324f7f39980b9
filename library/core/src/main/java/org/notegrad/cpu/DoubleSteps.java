package org.notegrad.cpu;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;
import org.notegrad.optim.Adam;
import org.notegrad.optim.SGD;

/** Optimizer steps over whole vectors of float64; they return how many elements they have done. */
final class DoubleSteps {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private DoubleSteps() {}

  static int sgd(SGD.Step step, double[] p, int pAt, double[] g, int gAt, int n) {
    double sign = step.maximize() ? -1 : 1;
    double decay = step.weightDecay();
    double rate = -step.learningRate();
    int end = SPECIES.loopBound(n);
    for (int i = 0; i < end; i += LANES) {
      DoubleVector x = DoubleVector.fromArray(SPECIES, p, pAt + i);
      DoubleVector gradient = DoubleVector.fromArray(SPECIES, g, gAt + i).mul(sign);
      gradient = x.fma(x.broadcast(decay), gradient);
      gradient.fma(x.broadcast(rate), x).intoArray(p, pAt + i);
    }
    return end;
  }

  static int momentum(
      SGD.Step step, double[] p, int pAt, double[] g, int gAt, double[] velocity, int vAt, int n) {
    double sign = step.maximize() ? -1 : 1;
    double decay = step.weightDecay();
    double rate = -step.learningRate();
    double kept = step.momentum();
    double fresh = (1 - step.dampening());
    boolean nesterov = step.nesterov();
    int end = SPECIES.loopBound(n);
    for (int i = 0; i < end; i += LANES) {
      DoubleVector x = DoubleVector.fromArray(SPECIES, p, pAt + i);
      DoubleVector gradient = DoubleVector.fromArray(SPECIES, g, gAt + i).mul(sign);
      gradient = x.fma(x.broadcast(decay), gradient);
      DoubleVector v = DoubleVector.fromArray(SPECIES, velocity, vAt + i).mul(kept);
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
      double[] p,
      int pAt,
      double[] g,
      int gAt,
      double[] mean,
      int meanAt,
      double[] square,
      int squareAt,
      int n) {
    double sign = step.maximize() ? -1 : 1;
    double decay = (step.decoupled() ? 0 : step.weightDecay());
    double shrink = (step.decoupled() ? 1 - step.learningRate() * step.weightDecay() : 1);
    double fresh1 = (1 - step.beta1());
    double kept2 = step.beta2();
    double fresh2 = (1 - step.beta2());
    double rate = -step.stepSize();
    double correction = (1 / step.correction2());
    double eps = step.eps();
    int end = SPECIES.loopBound(n);
    for (int i = 0; i < end; i += LANES) {
      DoubleVector x = DoubleVector.fromArray(SPECIES, p, pAt + i);
      DoubleVector gradient = DoubleVector.fromArray(SPECIES, g, gAt + i).mul(sign);
      gradient = x.fma(x.broadcast(decay), gradient);
      DoubleVector m = DoubleVector.fromArray(SPECIES, mean, meanAt + i);
      m = gradient.sub(m).fma(m.broadcast(fresh1), m);
      DoubleVector v = DoubleVector.fromArray(SPECIES, square, squareAt + i).mul(kept2);
      v = gradient.mul(fresh2).fma(gradient, v);
      m.intoArray(mean, meanAt + i);
      v.intoArray(square, squareAt + i);
      DoubleVector scale = v.sqrt().fma(v.broadcast(correction), v.broadcast(eps));
      m.mul(rate).div(scale).add(x.mul(shrink)).intoArray(p, pAt + i);
    }
    return end;
  }
}
