// FloatScalarMath.java is generated from this file (VectorToScalar).
// DoubleMath.java is generated from this file (FloatToDouble).
// DoubleScalarMath.java is generated from this file (FloatToDouble, VectorToScalar).
package org.notegrad.cpu;

import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/**
 * Functions of float32, one formula each. Only operations that IEEE 754 defines to the last bit are
 * used, so that the scalar twin, every vector width, the interpreter and the JIT give the same
 * bits; the Vector API's own exp, log and so on do not. The scalar twin's {@code Math.fma} is fast
 * where the processor has it, as all have that are worth computing on, and very slow elsewhere.
 *
 * <p>All are within 1 unit in the last place. NaN gives NaN, and infinities, zeros and overflow
 * what C's functions give.
 */
final class FloatMath {
  private static final float LOG2_E = 1.442695f; // float64: 1.4426950408889634

  /** The sum of both is ln(2) in twice the precision. */
  private static final float LN2_HIGH = 0x1.62e43p-1f; // float64: 0x1.62e42fefa39efp-1

  private static final float LN2_LOW = -1.9046542e-9f; // float64: 2.3190468138462996e-17

  /** Its products with exponents are exact. */
  private static final float LN2_SHORT = 0.693359375f; // float64: 6.93147180369123816490e-01

  private static final float LN2_REST = -2.1219444e-4f; // float64: 1.90821492927058770002e-10

  /** Adding 1.5 * 2^23 leaves the nearest integer in the lowest bits. */
  private static final float ROUNDER = 0x1.8p23f; // float64: 0x1.8p52

  /** From this size on, a number is an integer. */
  private static final float INTEGERS = 0x1p23f; // float64: 0x1p52

  private static final int EXPONENT = 23; // float64: 52

  /** The largest number whose exponential is finite. */
  private static final float EXP_MAX = 0x1.62e42ep6f; // float64: 0x1.62e42fefa39efp9

  /** Below, exponentials are 0. */
  private static final float EXP_MIN = -104f; // float64: -746.0

  /** Below, {@code e^x - 1} is -1. */
  private static final float EXPM1_MIN = -18f; // float64: -38.0

  /** 2^n with a smaller n are taken in two steps, because they might be subnormal. */
  private static final float SMALL_POWER = -120f; // float64: -1000.0

  /** Much less than the last place of 1. */
  private static final float TINY = 0x1p-25f; // float64: 0x1p-54

  /** The square is much less than the last place of 1. */
  private static final float TINY_ROOT = 0x1p-13f; // float64: 0x1p-28

  /** From here on, the hyperbolic tangent is 1. */
  private static final float TANH_ONE = 9.1f; // float64: 19.5

  private static final float SQRT_2 = 1.4142135f; // float64: 1.4142135623730951
  private static final float TWO_OVER_PI = 0.63661975f; // float64: 0.6366197723675814

  /** The sum of the three is pi / 2. */
  private static final float HALF_PI_1 = 1.5707964f; // float64: 1.5707963267948966

  private static final float HALF_PI_2 = -4.371139e-8f; // float64: 6.123233995736766e-17
  private static final float HALF_PI_3 = -1.7151245e-15f; // float64: -1.4973849048591698e-33

  /** The reduction of larger angles needs more of pi. */
  private static final float HUGE_ANGLE = 0x1p16f; // float64: 0x1p20

  /** From here on, the error function is 1. */
  private static final float ERF_ONE = 4f; // float64: 6.0

  private static final float TWO_THIRDS = 0.6666667f; // float64: 0.6666666666666666
  private static final float TWO_THIRDS_LOW = -1.9868215e-8f; // float64: 3.700743415417188e-17
  private static final int SIGN_SHIFT = 30; // float64: 62
  private static final int MANTISSA = 0x007fffff; // float64: long 0x000fffffffffffffL
  private static final int SIGN = 0x80000000; // float64: long 0x8000000000000000L
  private static final int ONE = 0x3f800000; // float64: long 0x3ff0000000000000L
  private static final int TWO_TO_64 = 0x5f800000; // float64: long 0x43f0000000000000L
  private static final int SQRT_HALF = 0x3f3504f3; // float64: long 0x3fe6a09e667f3bcdL

  /** Exponents put into the lowest bits of this number become a number. */
  private static final int BIASED = 0x4b000000; // float64: long 0x4330000000000000L

  /** What these exponents have too much. */
  private static final float BIAS = 0x1p23f + 127f; // float64: 0x1p52 + 1023

  /** Makes a subnormal number normal. */
  private static final float LIFT = 0x1p24f; // float64: 0x1p54

  private static final float LIFTED_BIAS = BIAS + 24f; // float64: BIAS + 54

  private FloatMath() {}

  static FloatVector round(FloatVector x) {
    FloatVector size = x.abs();
    FloatVector rounded = size.add(INTEGERS).sub(INTEGERS);
    return withSign(rounded, x).blend(x, size.compare(LT, INTEGERS).not());
  }

  static FloatVector floor(FloatVector x) {
    FloatVector near = round(x);
    return near.blend(near.sub(1f), near.compare(GT, x));
  }

  static FloatVector ceil(FloatVector x) {
    return floor(x.neg()).neg();
  }

  /** Zeros and NaN stay what they are. */
  static FloatVector sign(FloatVector x) {
    return x.blend(1f, x.compare(GT, 0f)).blend(-1f, x.compare(LT, 0f));
  }

  /** {@code e^x = 2^n e^r}, {@code |r| <= ln(2) / 2}. */
  static FloatVector exp(FloatVector x) {
    FloatVector shifted = x.fma(LOG2_E, ROUNDER);
    FloatVector n = shifted.sub(ROUNDER);
    FloatVector high = n.fma(n.broadcast(-LN2_HIGH), x);
    FloatVector r = n.fma(n.broadcast(-LN2_LOW), high);
    FloatVector p = FloatSeries.exp(r).fma(r.mul(r), r).add(1f);
    FloatVector result = scale(p, shifted).blend(0f, x.compare(LT, EXP_MIN));
    return x.mul(Float.MAX_VALUE).blend(result, x.compare(LE, EXP_MAX));
  }

  /** {@code p 2^n}, rounded once more where it is subnormal; n is in the lowest bits of shifted. */
  private static FloatVector scale(FloatVector p, FloatVector shifted) {
    VectorMask<Float> small = shifted.compare(LT, ROUNDER + SMALL_POWER);
    FloatVector lifted = shifted.blend(shifted.add(64f), small);
    IntVector power = lifted.reinterpretAsInts().lanewise(LSHL, EXPONENT);
    FloatVector result = p.reinterpretAsInts().add(power).reinterpretAsFloats();
    return result.mul(p.broadcast(1f).blend(0x1p-64f, small));
  }

  /** {@code e^x - 1 = 2 (2^(n-1) (e^r - 1) + (2^(n-1) - 1/2))}: 2^(n-1) does not overflow. */
  static FloatVector expm1(FloatVector x) {
    FloatVector shifted = x.fma(LOG2_E, ROUNDER);
    FloatVector n = shifted.sub(ROUNDER);
    FloatVector high = n.fma(n.broadcast(-LN2_HIGH), x);
    FloatVector r = n.fma(n.broadcast(-LN2_LOW), high);
    FloatVector low = n.fma(n.broadcast(-LN2_LOW), high.sub(r));
    FloatVector tail = FloatSeries.exp(r).fma(r.mul(r), low);
    FloatVector power = halfPower(shifted);
    FloatVector base = power.sub(0.5f);
    FloatVector sum = power.fma(r, base);
    FloatVector lost = power.fma(r, base.sub(sum));
    lost = lost.add(power.sub(base).sub(0.5f));
    FloatVector half = sum.add(power.fma(tail, lost));
    FloatVector result = half.add(half).blend(-1f, x.compare(LT, EXPM1_MIN));
    result = x.mul(Float.MAX_VALUE).blend(result, x.compare(LE, EXP_MAX));
    return result.blend(x, x.abs().compare(LT, TINY));
  }

  /** {@code 2^(n-1)}; n is in the lowest bits of shifted. */
  private static FloatVector halfPower(FloatVector shifted) {
    IntVector power = shifted.sub(1f).reinterpretAsInts().lanewise(LSHL, EXPONENT);
    return power.add(ONE).reinterpretAsFloats();
  }

  /** {@code log(x) = n ln(2) + log(1 + f)}, {@code sqrt(1/2) <= 1 + f < sqrt(2)}. */
  static FloatVector log(FloatVector x) {
    VectorMask<Float> tiny = x.compare(LT, Float.MIN_NORMAL);
    FloatVector normal = x.blend(x.mul(LIFT), tiny);
    IntVector bits = normal.reinterpretAsInts().add(ONE - SQRT_HALF);
    FloatVector biased = bits.lanewise(LSHR, EXPONENT).or(BIASED).reinterpretAsFloats();
    FloatVector n = biased.sub(x.broadcast(BIAS).blend(LIFTED_BIAS, tiny));
    FloatVector f = bits.and(MANTISSA).add(SQRT_HALF).reinterpretAsFloats().sub(1f);
    FloatVector result = logSum(n, f, FloatSeries.log(f));
    return logLimits(result, x, x);
  }

  /** {@code n ln(2) + f + rest}, the first two exactly. */
  private static FloatVector logSum(FloatVector n, FloatVector f, FloatVector rest) {
    FloatVector base = n.mul(LN2_SHORT);
    FloatVector sum = base.add(f);
    FloatVector lost = base.sub(sum).add(f);
    return sum.add(n.fma(n.broadcast(LN2_REST), rest).add(lost));
  }

  /** The logarithm of u for a result that is or is not a number. */
  private static FloatVector logLimits(FloatVector log, FloatVector u, FloatVector x) {
    FloatVector result = log.blend(x, u.compare(EQ, Float.POSITIVE_INFINITY));
    result = result.blend(Float.NaN, u.compare(GE, 0f).not());
    return result.blend(Float.NEGATIVE_INFINITY, u.compare(EQ, 0f));
  }

  /** {@code log(u + lost)}, {@code u = 1 + x} rounded. */
  static FloatVector log1p(FloatVector x) {
    FloatVector u = x.add(1f);
    FloatVector back = u.sub(1f);
    FloatVector lost = x.sub(back).add(u.sub(back).sub(1f).neg());
    IntVector bits = u.reinterpretAsInts().add(ONE - SQRT_HALF);
    IntVector fraction = bits.and(MANTISSA);
    FloatVector biased = bits.lanewise(LSHR, EXPONENT).or(BIASED).reinterpretAsFloats();
    FloatVector n = biased.sub(BIAS);
    FloatVector f = fraction.add(SQRT_HALF).reinterpretAsFloats().sub(1f);
    FloatVector inverse = fraction.sub(bits).add(2 * ONE + MANTISSA + 1).reinterpretAsFloats();
    FloatVector more = lost.mul(0.5f).mul(inverse).mul(f.fma(f.sub(1f), f.broadcast(1f)));
    FloatVector result = logSum(n, f, FloatSeries.log(f).add(more));
    return logLimits(result, u, x).blend(x, x.abs().compare(LT, TINY));
  }

  /** {@code m / (m + 2)}, {@code m = e^2|x| - 1}, in twice the precision where it matters. */
  static FloatVector tanh(FloatVector x) {
    FloatVector size = x.abs();
    FloatVector twice = size.add(size);
    FloatVector shifted = twice.fma(LOG2_E, ROUNDER);
    FloatVector n = shifted.sub(ROUNDER);
    FloatVector high = n.fma(n.broadcast(-LN2_HIGH), twice);
    FloatVector r = n.fma(n.broadcast(-LN2_LOW), high);
    FloatVector low = n.fma(n.broadcast(-LN2_LOW), high.sub(r));
    FloatVector tail = FloatSeries.exp(r).fma(r.mul(r), low);
    FloatVector power = halfPower(shifted);
    FloatVector base = power.sub(0.5f);
    FloatVector sum = power.fma(r, base);
    FloatVector rest = power.fma(tail, power.fma(r, base.sub(sum)));
    FloatVector half = sum.add(rest);
    FloatVector lost = rest.sub(half.sub(sum));
    FloatVector result = quotient(half, lost, half, lost);
    result = result.blend(1f, size.compare(GT, TANH_ONE));
    return withSign(result, x).blend(x, size.compare(LT, TINY_ROOT));
  }

  /** {@code (a + aRest) / (1 + b + bRest)}. */
  private static FloatVector quotient(
      FloatVector a, FloatVector aRest, FloatVector b, FloatVector bRest) {
    FloatVector sum = b.add(1f);
    FloatVector back = sum.sub(b);
    FloatVector lost = b.sub(sum.sub(back)).add(back.sub(1f).neg()).add(bRest);
    FloatVector inverse = sum.broadcast(1f).div(sum);
    FloatVector q = a.mul(inverse);
    FloatVector minus = q.neg();
    FloatVector missing = minus.fma(sum, a).add(minus.fma(lost, aRest));
    return missing.fma(inverse, q);
  }

  /** {@code |x|} with the sign of {@code signed}. */
  private static FloatVector withSign(FloatVector x, FloatVector signed) {
    IntVector sign = signed.reinterpretAsInts().and(SIGN);
    return x.reinterpretAsInts().or(sign).reinterpretAsFloats();
  }

  /**
   * With {@code e = e^-|x|}: {@code 1 / (1 + e)}, or {@code e / (1 + e)} for negative x. The powers
   * of 2 in the latter's numerator come last, so that it is small before it is subnormal.
   */
  static FloatVector sigmoid(FloatVector x) {
    FloatVector bounded = bounded(x);
    FloatVector shifted = bounded.fma(LOG2_E, ROUNDER);
    FloatVector n = shifted.sub(ROUNDER);
    FloatVector high = n.fma(n.broadcast(-LN2_HIGH), bounded);
    FloatVector r = n.fma(n.broadcast(-LN2_LOW), high);
    FloatVector t = FloatSeries.exp(r).fma(r.mul(r), r);
    FloatVector p = t.add(1f);
    FloatVector rest = t.sub(p.sub(1f));
    FloatVector lifted = lifted(shifted);
    FloatVector power = lifted.mul(0x1p-64f);
    FloatVector d = power.fma(p, p.broadcast(1f));
    FloatVector lost = power.fma(rest, power.fma(p, d.sub(1f).neg()));
    FloatVector inverse = d.broadcast(1f).div(d);
    VectorMask<Float> negative = x.compare(LT, 0f);
    FloatVector a = p.broadcast(1f).blend(p, negative);
    FloatVector aRest = p.broadcast(0f).blend(rest, negative);
    FloatVector q = a.mul(inverse);
    FloatVector minus = q.neg();
    FloatVector missing = minus.fma(d, a).add(minus.fma(lost, aRest));
    FloatVector result = missing.fma(inverse, q);
    return result.blend(result.mul(lifted).mul(0x1p-64f), negative);
  }

  /** {@code -|x|}, but not below what has an exponential of 0. */
  private static FloatVector bounded(FloatVector x) {
    FloatVector minus = x.reinterpretAsInts().or(SIGN).reinterpretAsFloats();
    return minus.blend(EXP_MIN, minus.compare(LT, EXP_MIN));
  }

  /** {@code 2^(n + 64)}, normal for n below 0 too; n is in the lowest bits of shifted. */
  private static FloatVector lifted(FloatVector shifted) {
    IntVector power = shifted.reinterpretAsInts().lanewise(LSHL, EXPONENT);
    return power.add(TWO_TO_64).reinterpretAsFloats();
  }

  /**
   * {@code max(x, 0) + log(1 + e)}, {@code e = e^-|x|}. With {@code f = e}, or {@code f = (e - 1) /
   * 2} for larger e, the logarithm is that of {@code 1 + f}, or ln(2) more.
   */
  static FloatVector softplus(FloatVector x) {
    FloatVector bounded = bounded(x);
    FloatVector shifted = bounded.fma(LOG2_E, ROUNDER);
    FloatVector n = shifted.sub(ROUNDER);
    FloatVector high = n.fma(n.broadcast(-LN2_HIGH), bounded);
    FloatVector r = n.fma(n.broadcast(-LN2_LOW), high);
    FloatVector low = n.fma(n.broadcast(-LN2_LOW), high.sub(r));
    FloatVector tail = FloatSeries.exp(r).fma(r.mul(r), low);
    FloatVector t = r.add(tail);
    FloatVector p = t.add(1f);
    FloatVector rest = t.sub(p.sub(1f)).add(tail.sub(t.sub(r)));
    FloatVector lifted = lifted(shifted);
    FloatVector e = p.mul(lifted).mul(0x1p-64f);
    return softplusSum(x, e, rest.mul(lifted).mul(0x1p-64f));
  }

  private static FloatVector softplusSum(FloatVector x, FloatVector e, FloatVector eRest) {
    VectorMask<Float> large = e.compare(GT, SQRT_2 - 1f);
    FloatVector less = e.sub(1f);
    FloatVector lost = e.sub(less.add(1f)).add(eRest);
    FloatVector f = e.blend(less.mul(0.5f), large);
    FloatVector fRest = eRest.blend(lost.mul(0.5f), large);
    FloatVector slope = f.fma(f.sub(1f), f.broadcast(1f));
    FloatVector tail = FloatSeries.log(f).add(fRest.mul(slope));
    tail = tail.add(f.broadcast(0f).blend(LN2_REST, large));
    FloatVector base = f.broadcast(0f).blend(LN2_SHORT, large);
    FloatVector positive = f.broadcast(0f).blend(x, x.compare(LE, 0f).not());
    FloatVector sum = positive.add(base);
    FloatVector back = sum.sub(positive);
    FloatVector sumRest = positive.sub(sum.sub(back)).add(base.sub(back));
    FloatVector all = sum.add(f);
    FloatVector allRest = sum.sub(all).add(f);
    FloatVector result = all.add(sumRest.add(allRest).add(tail));
    return result.blend(x, x.compare(GT, -EXP_MIN));
  }

  static FloatVector sin(FloatVector x) {
    VectorMask<Float> huge = x.abs().compare(GT, HUGE_ANGLE);
    FloatVector shifted = x.fma(TWO_OVER_PI, ROUNDER);
    FloatVector n = shifted.sub(ROUNDER);
    FloatVector high = n.fma(n.broadcast(-HALF_PI_1), x);
    FloatVector next = n.mul(HALF_PI_2);
    FloatVector r = high.sub(next);
    FloatVector low = angleRest(n, high, next, r);
    FloatVector result = wave(r, low, shifted.reinterpretAsInts());
    if (huge.anyTrue()) {
      FloatVector sines = FloatVector.fromArray(x.species(), HugeAngles.sin(x.toArray()), 0);
      result = result.blend(sines, huge);
    }
    return result.blend(x, x.abs().compare(LT, TINY_ROOT));
  }

  static FloatVector cos(FloatVector x) {
    VectorMask<Float> huge = x.abs().compare(GT, HUGE_ANGLE);
    FloatVector shifted = x.fma(TWO_OVER_PI, ROUNDER);
    FloatVector n = shifted.sub(ROUNDER);
    FloatVector high = n.fma(n.broadcast(-HALF_PI_1), x);
    FloatVector next = n.mul(HALF_PI_2);
    FloatVector r = high.sub(next);
    FloatVector low = angleRest(n, high, next, r);
    FloatVector result = wave(r, low, shifted.reinterpretAsInts().add(1));
    if (huge.anyTrue()) {
      FloatVector cosines = FloatVector.fromArray(x.species(), HugeAngles.cos(x.toArray()), 0);
      result = result.blend(cosines, huge);
    }
    return result;
  }

  /** What r, which is {@code high - next}, lacks to {@code high - n (pi / 2 - HALF_PI_1)}. */
  private static FloatVector angleRest(
      FloatVector n, FloatVector high, FloatVector next, FloatVector r) {
    FloatVector back = high.sub(r);
    FloatVector lost = high.sub(r.add(back)).add(back.sub(next));
    FloatVector nextRest = n.fma(n.broadcast(HALF_PI_2), next.neg());
    return n.fma(n.broadcast(-HALF_PI_3), lost.sub(nextRest));
  }

  /** {@code sin(r + low + quarter pi / 2)}, {@code |r| <= pi / 4}, low in its last place. */
  static FloatVector wave(FloatVector r, FloatVector low, IntVector quarter) {
    FloatVector z = r.mul(r);
    FloatVector half = z.mul(0.5f);
    FloatVector lowSine = half.fma(low.neg(), low);
    FloatVector sine = r.add(FloatSeries.sin(z).fma(r.mul(z), lowSine));
    FloatVector near1 = half.sub(1f).neg();
    FloatVector lost = near1.sub(1f).add(half).neg();
    FloatVector lowCosine = r.fma(low.neg(), lost);
    FloatVector cosine = near1.add(FloatSeries.cos(z).fma(z.mul(z), lowCosine));
    FloatVector wave = sine.blend(cosine, quarter.and(1).compare(NE, 0).cast(r.species()));
    IntVector sign = quarter.and(2).lanewise(LSHL, SIGN_SHIFT);
    return wave.reinterpretAsInts().lanewise(XOR, sign).reinterpretAsFloats();
  }

  /** The error function. */
  static FloatVector erf(FloatVector x) {
    FloatVector size = x.abs();
    FloatVector bounded = size.blend(ERF_ONE, size.compare(GT, ERF_ONE));
    FloatVector minus = bounded.mul(bounded).neg();
    FloatVector lost = bounded.fma(bounded, minus);
    FloatVector e = exp(minus);
    e = e.fma(lost.neg(), e);
    FloatVector u = bounded.sub(1f).div(bounded.add(2f));
    FloatVector far = FloatSeries.erfFar(u).neg().fma(e, e.broadcast(1f));
    FloatVector near = FloatSeries.erfNear(x.mul(x)).fma(x, x);
    return withSign(far, x).blend(near, size.compare(LT, 1f));
  }

  /**
   * {@code e^(b log |a|)}, the logarithm and the product in twice the precision. Zeros, infinities
   * and NaN as C's: an exponent of 0 or a base of 1 give 1, even with NaN.
   */
  static FloatVector pow(FloatVector a, FloatVector b) {
    FloatVector size = a.abs();
    VectorMask<Float> tiny = size.compare(LT, Float.MIN_NORMAL);
    FloatVector normal = size.blend(size.mul(LIFT), tiny);
    IntVector bits = normal.reinterpretAsInts().add(ONE - SQRT_HALF);
    FloatVector biased = bits.lanewise(LSHR, EXPONENT).or(BIASED).reinterpretAsFloats();
    FloatVector n = biased.sub(size.broadcast(BIAS).blend(LIFTED_BIAS, tiny));
    FloatVector f = bits.and(MANTISSA).add(SQRT_HALF).reinterpretAsFloats().sub(1f);

    FloatVector d = f.add(2f);
    FloatVector inverse = d.broadcast(1f).div(d);
    FloatVector s = f.mul(inverse);
    FloatVector minus = s.neg();
    FloatVector sRest = minus.fma(f.sub(d.sub(2f)), minus.fma(d, f)).mul(inverse);
    return powLimits(powSeries(size, b, n, s, sRest), a, b);
  }

  /** {@code log |a| = n ln(2) + 2 atanh(s + sRest)}. */
  private static FloatVector powSeries(
      FloatVector size, FloatVector b, FloatVector n, FloatVector s, FloatVector sRest) {
    FloatVector z = s.mul(s);
    FloatVector zRest = s.add(s).fma(sRest, s.fma(s, z.neg()));
    FloatVector u = FloatSeries.atanh(z).mul(z);
    FloatVector v = u.add(TWO_THIRDS);
    FloatVector vRest = u.sub(v.sub(TWO_THIRDS)).add(TWO_THIRDS_LOW);
    FloatVector w = z.mul(v);
    FloatVector wRest = zRest.fma(v, z.fma(vRest, z.fma(v, w.neg())));
    FloatVector t = s.mul(w);
    FloatVector tRest = sRest.fma(w, s.fma(wRest, s.fma(w, t.neg())));

    FloatVector base = n.mul(LN2_SHORT);
    FloatVector twice = s.add(s);
    FloatVector most = base.add(twice);
    FloatVector mostRest = base.sub(most).add(twice);
    FloatVector sum = most.add(t);
    FloatVector sumRest = most.sub(sum).add(t);
    FloatVector rest = n.fma(n.broadcast(LN2_REST), tRest.add(sRest.add(sRest)));
    rest = rest.add(mostRest.add(sumRest));
    FloatVector log = sum.add(rest);
    FloatVector logRest = rest.sub(log.sub(sum));
    log = log.blend(Float.NEGATIVE_INFINITY, size.compare(EQ, 0f));
    log = log.blend(size, size.compare(EQ, Float.POSITIVE_INFINITY));

    FloatVector y = b.mul(log);
    FloatVector yRest = b.fma(logRest, b.fma(log, y.neg()));
    return powExp(y, yRest);
  }

  /** {@code e^(y + yRest)}. */
  private static FloatVector powExp(FloatVector y, FloatVector yRest) {
    FloatVector shifted = y.fma(LOG2_E, ROUNDER);
    FloatVector n = shifted.sub(ROUNDER);
    FloatVector high = n.fma(n.broadcast(-LN2_HIGH), y);
    FloatVector near = n.fma(n.broadcast(-LN2_LOW), high);
    FloatVector nearRest = n.fma(n.broadcast(-LN2_LOW), high.sub(near));
    FloatVector r = near.add(yRest);
    FloatVector low = near.sub(r).add(yRest).add(nearRest);
    FloatVector tail = FloatSeries.exp(r).fma(r.mul(r), r.fma(low, low));
    FloatVector p = r.add(tail).add(1f);
    VectorMask<Float> large = shifted.compare(GT, ROUNDER - SMALL_POWER);
    FloatVector result = scale(p, shifted.blend(shifted.sub(64f), large));
    result = result.mul(p.broadcast(1f).blend(0x1p64f, large)).blend(0f, y.compare(LT, EXP_MIN));
    return result.blend(Float.POSITIVE_INFINITY, y.compare(GT, EXP_MAX + 1f));
  }

  /** Signs, and what is no number. */
  private static FloatVector powLimits(FloatVector power, FloatVector a, FloatVector b) {
    FloatVector size = a.abs();
    VectorMask<Float> broken = b.compare(NE, round(b));
    FloatVector half = b.mul(0.5f);
    VectorMask<Float> odd = half.compare(NE, round(half)).and(broken.not());
    FloatVector result = withSign(power, a.broadcast(0f).blend(a, odd));
    VectorMask<Float> none = broken.and(a.compare(LT, 0f));
    none = none.and(a.compare(GT, Float.NEGATIVE_INFINITY)).or(a.compare(NE, a));
    result = result.blend(Float.NaN, none.or(b.compare(NE, b)));
    VectorMask<Float> one = size.compare(EQ, 1f).and(b.abs().compare(EQ, Float.POSITIVE_INFINITY));
    return result.blend(1f, one.or(a.compare(EQ, 1f)).or(b.compare(EQ, 0f)));
  }
}
