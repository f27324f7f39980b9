// FloatScalarSeries.java is generated from this file (VectorToScalar).
package org.notegrad.cpu;

import jdk.incubator.vector.FloatVector;

/**
 * The polynomials behind {@link FloatMath}, for small arguments. They are minimax polynomials of
 * our own, but for the logarithm's coefficients; {@link DoubleSeries} has float64's.
 */
final class FloatSeries {
  private FloatSeries() {}

  /** {@code (e^r - 1 - r) / r^2}, {@code |r| <= ln(2) / 2}; e^r within 2^-31. */
  static FloatVector exp(FloatVector r) {
    FloatVector p = r.broadcast(1.994423e-4f);
    p = p.fma(r, r.broadcast(1.3932671e-3f));
    p = p.fma(r, r.broadcast(8.333208e-3f));
    p = p.fma(r, r.broadcast(4.166649e-2f));
    p = p.fma(r, r.broadcast(0.16666667f));
    return p.fma(r, r.broadcast(0.5f));
  }

  /** {@code log(1 + f) - f}, {@code sqrt(1/2) <= 1 + f <= sqrt(2)}; within 2^-30 f. */
  static FloatVector log(FloatVector f) {
    FloatVector p = f.broadcast(6.916556e-2f);
    p = p.fma(f, f.broadcast(-0.11792053f));
    p = p.fma(f, f.broadcast(0.1187361f));
    p = p.fma(f, f.broadcast(-0.12384103f));
    p = p.fma(f, f.broadcast(0.14218576f));
    p = p.fma(f, f.broadcast(-0.16669257f));
    p = p.fma(f, f.broadcast(0.20002228f));
    p = p.fma(f, f.broadcast(-0.24999987f));
    p = p.fma(f, f.broadcast(0.3333331f));
    return p.fma(f, f.broadcast(-0.5f)).mul(f.mul(f));
  }

  /** {@code (sin(x) - x) / x^3}, {@code z = x^2}, {@code |x| <= pi / 4}. */
  static FloatVector sin(FloatVector z) {
    FloatVector p = z.broadcast(-1.9518405e-4f);
    p = p.fma(z, z.broadcast(8.33219e-3f));
    return p.fma(z, z.broadcast(-0.16666655f));
  }

  /** {@code (cos(x) - 1 + x^2 / 2) / x^4}, {@code z = x^2}, {@code |x| <= pi / 4}. */
  static FloatVector cos(FloatVector z) {
    FloatVector p = z.broadcast(2.4430668e-5f);
    p = p.fma(z, z.broadcast(-1.3887301e-3f));
    return p.fma(z, z.broadcast(4.1666646e-2f));
  }

  /**
   * {@code (2 atanh(s) / s - 2) / s^4 - 2 / (3 s^2)}, {@code z = s^2}, {@code 1 + s < sqrt(2) (1 -
   * s)}.
   */
  static FloatVector atanh(FloatVector z) {
    FloatVector p = z.broadcast(0.23051648f);
    p = p.fma(z, z.broadcast(0.2856214f));
    return p.fma(z, z.broadcast(0.40000015f));
  }

  /** {@code erf(x) / x - 1}, {@code z = x^2}, {@code |x| <= 1}; within 2^-29. */
  static FloatVector erfNear(FloatVector z) {
    FloatVector p = z.broadcast(7.920303e-5f);
    p = p.fma(z, z.broadcast(-8.0307503e-4f));
    p = p.fma(z, z.broadcast(5.1907334e-3f));
    p = p.fma(z, z.broadcast(-2.6855126e-2f));
    p = p.fma(z, z.broadcast(0.11283618f));
    p = p.fma(z, z.broadcast(-0.3761263f));
    return p.fma(z, z.broadcast(0.12837917f));
  }

  /**
   * {@code erfc(x) e^(x^2)}, {@code u = (x - 1) / (x + 2)}, {@code 1 <= x <= 4}; erf within 2^-32.
   */
  static FloatVector erfFar(FloatVector u) {
    FloatVector p = u.broadcast(3.0520717e-2f);
    p = p.fma(u, u.broadcast(-2.6289916e-2f));
    p = p.fma(u, u.broadcast(-0.17999981f));
    p = p.fma(u, u.broadcast(0.5697035f));
    p = p.fma(u, u.broadcast(-0.8196359f));
    return p.fma(u, u.broadcast(0.42758358f));
  }
}
