// DoubleScalarSeries.java is generated from this file (VectorToScalar).
package org.notegrad.cpu;

import jdk.incubator.vector.DoubleVector;

/** The polynomials behind {@link DoubleMath}: what {@link FloatSeries} has for float32. */
final class DoubleSeries {
  private DoubleSeries() {}

  /** {@code (e^r - 1 - r) / r^2}, {@code |r| <= ln(2) / 2}; e^r within 2^-61. */
  static DoubleVector exp(DoubleVector r) {
    DoubleVector p = r.broadcast(2.0919954107928756e-9);
    p = p.fma(r, r.broadcast(2.5109187356042517e-8));
    p = p.fma(r, r.broadcast(2.7557257946316197e-7));
    p = p.fma(r, r.broadcast(2.7557243762465154e-6));
    p = p.fma(r, r.broadcast(2.4801587341750273e-5));
    p = p.fma(r, r.broadcast(1.984126988659149e-4));
    p = p.fma(r, r.broadcast(1.3888888888877117e-3));
    p = p.fma(r, r.broadcast(8.333333333321435e-3));
    p = p.fma(r, r.broadcast(4.166666666666668e-2));
    p = p.fma(r, r.broadcast(0.16666666666666677));
    return p.fma(r, r.broadcast(0.5));
  }

  /**
   * {@code log(1 + f) - f}, {@code sqrt(1/2) <= 1 + f <= sqrt(2)}; within 2^-58 f. As FDLIBM has it
   * (Sun Microsystems, 1993): {@code s (f^2 / 2 + R(s^2)) - f^2 / 2}, {@code s = f / (2 + f)}.
   */
  static DoubleVector log(DoubleVector f) {
    DoubleVector s = f.div(f.add(2.0));
    DoubleVector z = s.mul(s);
    DoubleVector p = z.broadcast(0.14798831599605947);
    p = p.fma(z, z.broadcast(0.15313780834002588));
    p = p.fma(z, z.broadcast(0.18183574103688277));
    p = p.fma(z, z.broadcast(0.2222219840100162));
    p = p.fma(z, z.broadcast(0.28571428743893124));
    p = p.fma(z, z.broadcast(0.39999999999408803));
    p = p.fma(z, z.broadcast(0.6666666666666735));
    DoubleVector half = f.mul(f).mul(0.5);
    return s.mul(p.fma(z, half)).sub(half);
  }

  /** {@code (sin(x) - x) / x^3}, {@code z = x^2}, {@code |x| <= pi / 4}. */
  static DoubleVector sin(DoubleVector z) {
    DoubleVector p = z.broadcast(1.589668819227281e-10);
    p = p.fma(z, z.broadcast(-2.505075682500388e-8));
    p = p.fma(z, z.broadcast(2.7557313688269354e-6));
    p = p.fma(z, z.broadcast(-1.984126982981527e-4));
    p = p.fma(z, z.broadcast(8.333333333322457e-3));
    return p.fma(z, z.broadcast(-0.16666666666666632));
  }

  /** {@code (cos(x) - 1 + x^2 / 2) / x^4}, {@code z = x^2}, {@code |x| <= pi / 4}. */
  static DoubleVector cos(DoubleVector z) {
    DoubleVector p = z.broadcast(-1.1359802948904841e-11);
    p = p.fma(z, z.broadcast(2.087572706619587e-9));
    p = p.fma(z, z.broadcast(-2.7557314387505496e-7));
    p = p.fma(z, z.broadcast(2.480158728963637e-5));
    p = p.fma(z, z.broadcast(-1.3888888888874441e-3));
    return p.fma(z, z.broadcast(4.16666666666666e-2));
  }

  /**
   * {@code (2 atanh(s) / s - 2) / s^4 - 2 / (3 s^2)}, {@code z = s^2}, {@code 1 + s < sqrt(2) (1 -
   * s)}.
   */
  static DoubleVector atanh(DoubleVector z) {
    DoubleVector p = z.broadcast(0.11589168685411778);
    p = p.fma(z, z.broadcast(0.11721077027228695));
    p = p.fma(z, z.broadcast(0.13334147277332578));
    p = p.fma(z, z.broadcast(0.15384609793742474));
    p = p.fma(z, z.broadcast(0.18181818156202767));
    p = p.fma(z, z.broadcast(0.2222222222276725));
    p = p.fma(z, z.broadcast(0.28571428571426327));
    return p.fma(z, z.broadcast(0.4));
  }

  /** {@code erf(x) / x - 1}, {@code z = x^2}, {@code |x| <= 1}; within 2^-56. */
  static DoubleVector erfNear(DoubleVector z) {
    DoubleVector p = z.broadcast(6.759692963271655e-11);
    p = p.fma(z, z.broadcast(-1.1874772595842461e-9));
    p = p.fma(z, z.broadcast(1.4797911408829094e-8));
    p = p.fma(z, z.broadcast(-1.6372308144954055e-7));
    p = p.fma(z, z.broadcast(1.646324156210731e-6));
    p = p.fma(z, z.broadcast(-1.4925747841175007e-5));
    p = p.fma(z, z.broadcast(1.205533814822717e-4));
    p = p.fma(z, z.broadcast(-8.548327199028454e-4));
    p = p.fma(z, z.broadcast(5.2239776292406165e-3));
    p = p.fma(z, z.broadcast(-2.686617064563148e-2));
    p = p.fma(z, z.broadcast(0.11283791670958782));
    p = p.fma(z, z.broadcast(-0.37612638903183876));
    return p.fma(z, z.broadcast(0.1283791670955126));
  }

  /**
   * {@code erfc(x) e^(x^2)}, {@code u = (x - 1) / (x + 2)}, {@code 1 <= x <= 6}; erf within 2^-55.
   */
  static DoubleVector erfFar(DoubleVector u) {
    DoubleVector p = u.broadcast(-2.814731158054586e-4);
    p = p.fma(u, u.broadcast(1.3562967635925782e-3));
    p = p.fma(u, u.broadcast(-1.045532683982338e-4));
    p = p.fma(u, u.broadcast(-2.423730390381222e-3));
    p = p.fma(u, u.broadcast(-4.454631675964188e-3));
    p = p.fma(u, u.broadcast(6.429003994332539e-3));
    p = p.fma(u, u.broadcast(2.7560652076290985e-2));
    p = p.fma(u, u.broadcast(-2.563235956446406e-2));
    p = p.fma(u, u.broadcast(-0.18007610167528654));
    p = p.fma(u, u.broadcast(0.5697080080052906));
    p = p.fma(u, u.broadcast(-0.8196360443517556));
    return p.fma(u, u.broadcast(0.42758357615580705));
  }
}
