package org.notegrad.cpu;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;

/** The types of vector functions, and of the loops that apply them to contiguous runs. */
final class VectorLoops {
  private VectorLoops() {}

  interface FloatUnary {
    FloatVector of(FloatVector x);
  }

  interface FloatBinary {
    FloatVector of(FloatVector a, FloatVector b);
  }

  interface DoubleUnary {
    DoubleVector of(DoubleVector x);
  }

  interface DoubleBinary {
    DoubleVector of(DoubleVector a, DoubleVector b);
  }

  interface FloatUnaryLoop {
    void run(float[] x, int xAt, float[] out, int outAt, int n);
  }

  /** A step is 1, or 0 for an element that is repeated. */
  interface FloatBinaryLoop {
    void run(
        float[] a,
        int aAt,
        int aStep,
        float[] b,
        int bAt,
        int bStep,
        float[] out,
        int outAt,
        int n);
  }

  interface DoubleUnaryLoop {
    void run(double[] x, int xAt, double[] out, int outAt, int n);
  }

  /** A step is 1, or 0 for an element that is repeated. */
  interface DoubleBinaryLoop {
    void run(
        double[] a,
        int aAt,
        int aStep,
        double[] b,
        int bAt,
        int bStep,
        double[] out,
        int outAt,
        int n);
  }
}
