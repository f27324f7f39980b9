package org.notegrad.cpu;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;

/**
 * Functions of float64 vectors: rounding, exact, and exponential functions and logarithms, within 2
 * units in the last place. Exponentials are Taylor polynomials; the logarithm's is that of FDLIBM
 * (Sun Microsystems, 1993).
 */
final class DoubleMath {
  private static final double LOG2_E = 1.4426950408889634;
  private static final double LN2_HIGH = 6.93147180369123816490e-01;
  private static final double LN2_LOW = 1.90821492927058770002e-10;

  /** 1.5 * 2^52: adding it leaves the nearest integer in the lowest bits. */
  private static final double ROUNDER = 6_755_399_441_055_744.0;

  private static final long ROUNDER_BITS = Double.doubleToRawLongBits(ROUNDER);
  private static final double EXP_MIN = -746;
  private static final double EXP_MAX = 710;

  /** From this size on, a number is an integer. */
  private static final double INTEGERS = 0x1p52;

  private DoubleMath() {}

  static DoubleVector round(DoubleVector x) {
    DoubleVector size = x.abs();
    DoubleVector rounded = size.add(INTEGERS).sub(INTEGERS);
    DoubleVector signed = rounded.blend(rounded.neg(), x.compare(LT, 0));
    return signed.blend(x, size.compare(GE, INTEGERS).or(x.compare(EQ, 0)));
  }

  static DoubleVector floor(DoubleVector x) {
    DoubleVector near = round(x);
    return near.blend(near.sub(1), near.compare(GT, x));
  }

  /** Zeros and NaN stay what they are. */
  static DoubleVector sign(DoubleVector x) {
    return x.blend(1, x.compare(GT, 0)).blend(-1, x.compare(LT, 0));
  }

  /** {@code e^x = 2^n e^r}, {@code |r| <= ln(2) / 2}. */
  static DoubleVector exp(DoubleVector x) {
    DoubleVector bounded = x.max(EXP_MIN).min(EXP_MAX);
    DoubleVector shifted = bounded.mul(LOG2_E).add(ROUNDER);
    DoubleVector n = shifted.sub(ROUNDER);
    DoubleVector p = expm1Near0(remainder(bounded, n)).add(1);
    LongVector power = shifted.reinterpretAsLongs().sub(ROUNDER_BITS);
    LongVector half = power.lanewise(ASHR, 1);
    return p.mul(powerOf2(half)).mul(powerOf2(power.sub(half)));
  }

  /** {@code e^x - 1 = 2^n (e^r - 1) + (2^n - 1)}. */
  static DoubleVector expm1(DoubleVector x) {
    DoubleVector bounded = x.max(-40).min(700);
    DoubleVector shifted = bounded.mul(LOG2_E).add(ROUNDER);
    DoubleVector n = shifted.sub(ROUNDER);
    DoubleVector p = expm1Near0(remainder(bounded, n));
    DoubleVector scale = powerOf2(shifted.reinterpretAsLongs().sub(ROUNDER_BITS));
    DoubleVector result = p.fma(scale, scale.sub(1));
    return result.blend(x, x.compare(EQ, 0)).blend(exp(x), x.compare(GT, 700));
  }

  private static DoubleVector remainder(DoubleVector x, DoubleVector n) {
    DoubleVector high = n.fma(n.broadcast(-LN2_HIGH), x);
    return n.fma(n.broadcast(-LN2_LOW), high);
  }

  private static DoubleVector expm1Near0(DoubleVector r) {
    DoubleVector p = r.broadcast(1 / 6_227_020_800.0);
    p = p.fma(r, r.broadcast(1 / 479_001_600.0));
    p = p.fma(r, r.broadcast(1 / 39_916_800.0));
    p = p.fma(r, r.broadcast(1 / 3_628_800.0));
    p = p.fma(r, r.broadcast(1 / 362_880.0));
    p = p.fma(r, r.broadcast(1 / 40_320.0));
    p = p.fma(r, r.broadcast(1 / 5_040.0));
    p = p.fma(r, r.broadcast(1 / 720.0));
    p = p.fma(r, r.broadcast(1 / 120.0));
    p = p.fma(r, r.broadcast(1 / 24.0));
    p = p.fma(r, r.broadcast(1 / 6.0));
    p = p.fma(r, r.broadcast(0.5));
    return p.fma(r.mul(r), r);
  }

  private static DoubleVector powerOf2(LongVector n) {
    return n.add(1023).lanewise(LSHL, 52).reinterpretAsDoubles();
  }

  /** {@code log(x) = n ln(2) + log(m)}, {@code sqrt(1/2) <= m < sqrt(2)}. */
  static DoubleVector log(DoubleVector x) {
    VectorMask<Double> tiny = x.compare(LT, Double.MIN_NORMAL);
    DoubleVector normal = x.blend(x.mul(0x1p54), tiny);
    LongVector bits = normal.reinterpretAsLongs();
    LongVector rebased = bits.sub(0x3fe6a09e667f3bcdL); // the bits of sqrt(1/2)
    LongVector n = rebased.lanewise(ASHR, 52);
    DoubleVector m = bits.sub(n.lanewise(LSHL, 52)).reinterpretAsDoubles();
    DoubleVector power = n.add(ROUNDER_BITS).reinterpretAsDoubles().sub(ROUNDER);
    power = power.blend(power.sub(54), tiny);
    DoubleVector result = logNear1(m.sub(1), power);
    result = result.blend(x, x.compare(EQ, Double.POSITIVE_INFINITY));
    result = result.blend(Double.NaN, x.compare(GE, 0).not());
    return result.blend(Double.NEGATIVE_INFINITY, x.compare(EQ, 0));
  }

  /** {@code log(1 + f) + n ln(2)}, by a polynomial in {@code s = f / (2 + f)}. */
  private static DoubleVector logNear1(DoubleVector f, DoubleVector n) {
    DoubleVector s = f.div(f.add(2));
    DoubleVector z = s.mul(s);
    DoubleVector p = z.broadcast(1.479819860511658591e-01);
    p = p.fma(z, z.broadcast(1.531383769920937332e-01));
    p = p.fma(z, z.broadcast(1.818357216161805012e-01));
    p = p.fma(z, z.broadcast(2.222219843214978396e-01));
    p = p.fma(z, z.broadcast(2.857142874366239149e-01));
    p = p.fma(z, z.broadcast(3.999999999940941908e-01));
    p = p.fma(z, z.broadcast(6.666666666666735130e-01)).mul(z);
    DoubleVector half = f.mul(f).mul(0.5);
    DoubleVector tail = s.mul(p.add(half));
    tail = n.fma(n.broadcast(LN2_LOW), tail).sub(half);
    return n.fma(n.broadcast(LN2_HIGH), tail.add(f));
  }

  /** {@code log(u) + (x - (u - 1)) / u}, {@code u = 1 + x} rounded. */
  static DoubleVector log1p(DoubleVector x) {
    DoubleVector u = x.add(1);
    DoubleVector lost = x.sub(u.sub(1)).div(u);
    DoubleVector result = log(u).add(lost);
    VectorMask<Double> exact = u.compare(EQ, 0).or(u.compare(EQ, Double.POSITIVE_INFINITY));
    return result.blend(log(u), exact).blend(x, x.compare(EQ, 0));
  }

  /** {@code m / (m + 2)}, {@code m = e^2x - 1}. */
  static DoubleVector tanh(DoubleVector x) {
    DoubleVector size = x.abs().min(22);
    DoubleVector m = expm1(size.add(size));
    DoubleVector result = m.div(m.add(2));
    return result.blend(result.neg(), x.compare(LT, 0)).blend(x, x.compare(EQ, 0));
  }

  /** With {@code e = e^-|x|}: {@code 1 / (1 + e)}, or {@code e / (1 + e)} for negative x. */
  static DoubleVector sigmoid(DoubleVector x) {
    DoubleVector e = exp(x.abs().neg());
    DoubleVector numerator = e.broadcast(1).blend(e, x.compare(LT, 0));
    return numerator.div(e.add(1));
  }
}
