package org.notegrad.cpu;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/**
 * Functions of float32 vectors: rounding, exact, and exponential functions and logarithms, within 2
 * units in the last place. The polynomials are those of S. Moshier's Cephes library, single
 * precision (1992).
 */
final class FloatMath {
  private static final float LOG2_E = 1.442695f;
  private static final float LN2_HIGH = 0.693359375f;
  private static final float LN2_LOW = -2.1219444e-4f;

  /** 1.5 * 2^23: adding it leaves the nearest integer in the lowest bits. */
  private static final float ROUNDER = 12_582_912f;

  private static final int ROUNDER_BITS = Float.floatToRawIntBits(ROUNDER);
  private static final float EXP_MIN = -104f;
  private static final float EXP_MAX = 89f;

  /** From this size on, a number is an integer. */
  private static final float INTEGERS = 0x1p23f;

  private FloatMath() {}

  static FloatVector round(FloatVector x) {
    FloatVector size = x.abs();
    FloatVector rounded = size.add(INTEGERS).sub(INTEGERS);
    FloatVector signed = rounded.blend(rounded.neg(), x.compare(LT, 0f));
    return signed.blend(x, size.compare(GE, INTEGERS).or(x.compare(EQ, 0f)));
  }

  static FloatVector floor(FloatVector x) {
    FloatVector near = round(x);
    return near.blend(near.sub(1f), near.compare(GT, x));
  }

  /** Zeros and NaN stay what they are. */
  static FloatVector sign(FloatVector x) {
    return x.blend(1f, x.compare(GT, 0f)).blend(-1f, x.compare(LT, 0f));
  }

  /** {@code e^x = 2^n e^r}, {@code |r| <= ln(2) / 2}. */
  static FloatVector exp(FloatVector x) {
    FloatVector bounded = x.max(EXP_MIN).min(EXP_MAX);
    FloatVector shifted = bounded.mul(LOG2_E).add(ROUNDER);
    FloatVector n = shifted.sub(ROUNDER);
    FloatVector p = expm1Near0(remainder(bounded, n)).add(1f);
    IntVector power = shifted.reinterpretAsInts().sub(ROUNDER_BITS);
    IntVector half = power.lanewise(ASHR, 1);
    return p.mul(powerOf2(half)).mul(powerOf2(power.sub(half)));
  }

  /** {@code e^x - 1 = 2^n (e^r - 1) + (2^n - 1)}. */
  static FloatVector expm1(FloatVector x) {
    FloatVector bounded = x.max(-20f).min(80f);
    FloatVector shifted = bounded.mul(LOG2_E).add(ROUNDER);
    FloatVector n = shifted.sub(ROUNDER);
    FloatVector p = expm1Near0(remainder(bounded, n));
    FloatVector scale = powerOf2(shifted.reinterpretAsInts().sub(ROUNDER_BITS));
    FloatVector result = p.fma(scale, scale.sub(1f));
    return result.blend(x, x.compare(EQ, 0f)).blend(exp(x), x.compare(GT, 80f));
  }

  private static FloatVector remainder(FloatVector x, FloatVector n) {
    FloatVector high = n.fma(n.broadcast(-LN2_HIGH), x);
    return n.fma(n.broadcast(-LN2_LOW), high);
  }

  private static FloatVector expm1Near0(FloatVector r) {
    FloatVector p = r.broadcast(1.9875691500e-4f);
    p = p.fma(r, r.broadcast(1.3981999507e-3f));
    p = p.fma(r, r.broadcast(8.3334519073e-3f));
    p = p.fma(r, r.broadcast(4.1665795894e-2f));
    p = p.fma(r, r.broadcast(1.6666665459e-1f));
    p = p.fma(r, r.broadcast(5.0000001201e-1f));
    return p.fma(r.mul(r), r);
  }

  private static FloatVector powerOf2(IntVector n) {
    return n.add(127).lanewise(LSHL, 23).reinterpretAsFloats();
  }

  /** {@code log(x) = n ln(2) + log(m)}, {@code sqrt(1/2) <= m < sqrt(2)}. */
  static FloatVector log(FloatVector x) {
    VectorMask<Float> tiny = x.compare(LT, Float.MIN_NORMAL);
    FloatVector normal = x.blend(x.mul(0x1p23f), tiny);
    IntVector bits = normal.reinterpretAsInts();
    IntVector rebased = bits.sub(0x3f3504f3); // the bits of sqrt(1/2)
    IntVector n = rebased.lanewise(ASHR, 23);
    FloatVector m = bits.sub(n.lanewise(LSHL, 23)).reinterpretAsFloats();
    FloatVector power = (FloatVector) n.convert(I2F, 0);
    power = power.blend(power.sub(23f), tiny);
    FloatVector result = logNear1(m.sub(1f), power);
    result = result.blend(x, x.compare(EQ, Float.POSITIVE_INFINITY));
    result = result.blend(Float.NaN, x.compare(GE, 0f).not());
    return result.blend(Float.NEGATIVE_INFINITY, x.compare(EQ, 0f));
  }

  /** {@code log(1 + f) + n ln(2)}. */
  private static FloatVector logNear1(FloatVector f, FloatVector n) {
    FloatVector p = f.broadcast(7.0376836292e-2f);
    p = p.fma(f, f.broadcast(-1.1514610310e-1f));
    p = p.fma(f, f.broadcast(1.1676998740e-1f));
    p = p.fma(f, f.broadcast(-1.2420140846e-1f));
    p = p.fma(f, f.broadcast(1.4249322787e-1f));
    p = p.fma(f, f.broadcast(-1.6668057665e-1f));
    p = p.fma(f, f.broadcast(2.0000714765e-1f));
    p = p.fma(f, f.broadcast(-2.4999993993e-1f));
    p = p.fma(f, f.broadcast(3.3333331174e-1f));
    FloatVector square = f.mul(f);
    FloatVector tail = p.mul(f).mul(square);
    tail = n.fma(n.broadcast(LN2_LOW), tail);
    tail = square.fma(square.broadcast(-0.5f), tail);
    return n.fma(n.broadcast(LN2_HIGH), tail.add(f));
  }

  /** {@code log(u) + (x - (u - 1)) / u}, {@code u = 1 + x} rounded. */
  static FloatVector log1p(FloatVector x) {
    FloatVector u = x.add(1f);
    FloatVector lost = x.sub(u.sub(1f)).div(u);
    FloatVector result = log(u).add(lost);
    VectorMask<Float> exact = u.compare(EQ, 0f).or(u.compare(EQ, Float.POSITIVE_INFINITY));
    return result.blend(log(u), exact).blend(x, x.compare(EQ, 0f));
  }

  /** {@code 1 - 2 / (e^2x + 1)}, and a polynomial near 0, where that loses digits. */
  static FloatVector tanh(FloatVector x) {
    FloatVector size = x.abs();
    FloatVector e = exp(size.add(size));
    FloatVector far = e.broadcast(1f).sub(e.broadcast(2f).div(e.add(1f)));
    FloatVector square = x.mul(x);
    FloatVector p = square.broadcast(-5.70498872745e-3f);
    p = p.fma(square, square.broadcast(2.06390887954e-2f));
    p = p.fma(square, square.broadcast(-5.37397155531e-2f));
    p = p.fma(square, square.broadcast(1.33314422036e-1f));
    p = p.fma(square, square.broadcast(-3.33332819422e-1f));
    FloatVector near = p.mul(square).fma(x, x);
    FloatVector signed = far.blend(far.neg(), x.compare(LT, 0f));
    return signed.blend(near, size.compare(LE, 0.625f)).blend(x, x.compare(EQ, 0f));
  }

  /** With {@code e = e^-|x|}: {@code 1 / (1 + e)}, or {@code e / (1 + e)} for negative x. */
  static FloatVector sigmoid(FloatVector x) {
    FloatVector e = exp(x.abs().neg());
    FloatVector numerator = e.broadcast(1f).blend(e, x.compare(LT, 0f));
    return numerator.div(e.add(1f));
  }
}
