package org.notegrad;

import java.util.Locale;
import java.util.Objects;
import org.notegrad.backend.ArgOp;
import org.notegrad.backend.BinaryOp;
import org.notegrad.backend.CompareOp;
import org.notegrad.backend.Distribution;
import org.notegrad.backend.Operand;
import org.notegrad.backend.ReduceOp;
import org.notegrad.backend.UnaryOp;
import org.notegrad.ops.Copies;
import org.notegrad.ops.Creation;
import org.notegrad.ops.Elementwise;
import org.notegrad.ops.InPlace;
import org.notegrad.ops.Indexing;
import org.notegrad.ops.Products;
import org.notegrad.ops.Reductions;
import org.notegrad.ops.Selection;
import org.notegrad.ops.Slices;
import org.notegrad.ops.Softmaxes;
import org.notegrad.ops.Views;

/**
 * An array of numbers of one type, in any number of dimensions, that remembers how it was computed
 * so that gradients can be taken.
 *
 * <p>A tensor is a storage seen through a layout; views share the storage. Operations return new
 * tensors and leave their operands alone, except those named {@code ...InPlace}. Operands of
 * different shapes are broadcast, operands of different types meet in the later type of {@link
 * DType}; a plain number takes the tensor's type (but makes an integer tensor float32 if it is a
 * real one). Tensors are freed by the garbage collector.
 *
 * <p>Dimensions are numbered from 0; negative numbers count from the last.
 */
public final class Tensor implements Cloneable {
  private Operand operand;
  private int replaced; // makes the version rise where a storage of a lower one takes the place
  private boolean requiresGrad;
  private volatile Node producer;
  private int output;
  private Tensor grad;

  private Tensor(Operand operand) {
    this.operand = operand;
  }

  // ---- creation -------------------------------------------------------------------------------

  /** The numbers as a float32 vector, {@code (n,)}. */
  public static Tensor tensor(double... values) {
    return Creation.vector(values);
  }

  /** The rows as a float32 matrix, {@code (rows, columns)}. */
  public static Tensor tensor(double[][] rows) {
    return Creation.matrix(rows);
  }

  /** The integers as an int64 vector, {@code (n,)}. */
  public static Tensor tensor(long... values) {
    return fromArray(values, values.length);
  }

  /** The truth values as a bool vector, {@code (n,)}. */
  public static Tensor tensor(boolean... values) {
    return fromArray(values, values.length);
  }

  /** A float32 scalar, {@code ()}. */
  public static Tensor scalar(double value) {
    return scalar(DType.FLOAT32, value);
  }

  /** A scalar, {@code ()}. */
  public static Tensor scalar(DType dtype, double value) {
    return Creation.zeros("scalar", dtype).fillInPlace(value);
  }

  /** A scalar, {@code ()}, exact in int64. */
  public static Tensor scalar(DType dtype, long value) {
    return Creation.scalar(dtype, value);
  }

  /** A float32 tensor with a copy of {@code values} in row-major order. */
  public static Tensor fromArray(float[] values, int... shape) {
    return Creation.fromArray(DType.FLOAT32, values, values == null ? 0 : values.length, shape);
  }

  /** A float64 tensor with a copy of {@code values} in row-major order. */
  public static Tensor fromArray(double[] values, int... shape) {
    return Creation.fromArray(DType.FLOAT64, values, values == null ? 0 : values.length, shape);
  }

  /** An int64 tensor with a copy of {@code values} in row-major order. */
  public static Tensor fromArray(long[] values, int... shape) {
    return Creation.fromArray(DType.INT64, values, values == null ? 0 : values.length, shape);
  }

  /** An int32 tensor with a copy of {@code values} in row-major order. */
  public static Tensor fromArray(int[] values, int... shape) {
    return Creation.fromArray(DType.INT32, values, values == null ? 0 : values.length, shape);
  }

  /** A bool tensor with a copy of {@code values} in row-major order. */
  public static Tensor fromArray(boolean[] values, int... shape) {
    return Creation.fromArray(DType.BOOL, values, values == null ? 0 : values.length, shape);
  }

  /** Zeros, float32. */
  public static Tensor zeros(int... shape) {
    return zeros(DType.FLOAT32, shape);
  }

  /** Zeros. */
  public static Tensor zeros(DType dtype, int... shape) {
    return Creation.zeros("zeros", dtype, shape);
  }

  /** Ones, float32. */
  public static Tensor ones(int... shape) {
    return ones(DType.FLOAT32, shape);
  }

  /** Ones. */
  public static Tensor ones(DType dtype, int... shape) {
    return Creation.zeros("ones", dtype, shape).fillInPlace(1);
  }

  /** {@code value} everywhere, float32. */
  public static Tensor full(double value, int... shape) {
    return full(DType.FLOAT32, value, shape);
  }

  /** {@code value} everywhere. */
  public static Tensor full(DType dtype, double value, int... shape) {
    return Creation.zeros("full", dtype, shape).fillInPlace(value);
  }

  /** {@code value} everywhere, exact in int64. */
  public static Tensor full(DType dtype, long value, int... shape) {
    return Creation.zeros("full", dtype, shape).fillInPlace(value);
  }

  /** Zeros of these options' type, on their device. */
  public static Tensor zeros(TensorOptions options, int... shape) {
    return Creation.zeros("zeros", options, shape);
  }

  /** Ones of these options' type, on their device. */
  public static Tensor ones(TensorOptions options, int... shape) {
    return full(options, 1, shape);
  }

  /** {@code value} everywhere, of these options' type, on their device. */
  public static Tensor full(TensorOptions options, double value, int... shape) {
    return zeros(options, shape).fillInPlace(value);
  }

  /** Zeros of the other's shape and type, on its device. */
  public static Tensor zerosLike(Tensor other) {
    return Creation.empty(other.dtype(), other.shape(), other);
  }

  /** Ones of the other's shape and type, on its device. */
  public static Tensor onesLike(Tensor other) {
    return zerosLike(other).fillInPlace(1);
  }

  /** The identity matrix, {@code (n, n)}, float32. */
  public static Tensor eye(int n) {
    return Creation.eye(n);
  }

  /** {@code 0, 1, ..., end - 1}, int64. */
  public static Tensor arange(long end) {
    return arange(0, end, 1);
  }

  /** {@code start, start + step, ...} before {@code end}, int64. */
  public static Tensor arange(long start, long end, long step) {
    return Creation.arange(start, end, step);
  }

  /** {@code start, start + step, ...} before {@code end}, float32. */
  public static Tensor arange(double start, double end, double step) {
    return Creation.arange(start, end, step);
  }

  /**
   * {@code count} numbers evenly spaced from {@code start} to {@code end}, both included, float32.
   */
  public static Tensor linspace(double start, double end, int count) {
    return Creation.linspace(start, end, count);
  }

  /** Uniform in [0, 1), float32, from the stream that {@link Notegrad#manualSeed} sets. */
  public static Tensor rand(int... shape) {
    return rand(DType.FLOAT32, shape);
  }

  /** Uniform in [0, 1). */
  public static Tensor rand(DType dtype, int... shape) {
    return Generator.current()
        .fill(new Distribution.Uniform(), Creation.zeros("rand", dtype, shape));
  }

  /** Uniform in [0, 1), of these options' type, on their device. */
  public static Tensor rand(TensorOptions options, int... shape) {
    return Generator.current().fill(new Distribution.Uniform(), zeros(options, shape));
  }

  /** Normal with mean 0 and variance 1, of these options' type, on their device. */
  public static Tensor randn(TensorOptions options, int... shape) {
    return Generator.current().fill(new Distribution.Normal(), zeros(options, shape));
  }

  /** Normal with mean 0 and variance 1, float32. */
  public static Tensor randn(int... shape) {
    return randn(DType.FLOAT32, shape);
  }

  /** Normal with mean 0 and variance 1. */
  public static Tensor randn(DType dtype, int... shape) {
    return Generator.current()
        .fill(new Distribution.Normal(), Creation.zeros("randn", dtype, shape));
  }

  /** Integers, uniform in [low, high), int64. */
  public static Tensor randint(long low, long high, int... shape) {
    if (low >= high) {
      throw new NotegradException("randint", "[%d, %d) is empty", low, high);
    }
    Tensor out = Creation.zeros("randint", DType.INT64, shape);
    return Generator.current().fill(new Distribution.Integers(low, high), out);
  }

  /** {@code 0, ..., n - 1} in random order, int64. */
  public static Tensor randperm(int n) {
    return tensor(Generator.current().permutation(n));
  }

  // ---- facts ----------------------------------------------------------------------------------

  /** The sizes of the dimensions. */
  public Shape shape() {
    return operand.shape();
  }

  /** The size of one dimension. */
  public int size(int dim) {
    return operand.shape().size(dim);
  }

  /** The number of dimensions. */
  public int rank() {
    return operand.rank();
  }

  /** The number of elements. */
  public long numel() {
    return operand.shape().numel();
  }

  /** The type of the elements. */
  public DType dtype() {
    return operand.dtype();
  }

  /** Where the elements lie. */
  public Device device() {
    return operand.backend().device();
  }

  /** For {@link Operand}, which alone can make a key. */
  public static Operand.Access access(Operand.Key key) {
    Objects.requireNonNull(key);
    return new Operand.Access() {
      @Override
      public Operand operand(Tensor tensor) {
        return tensor.operand;
      }

      @Override
      public Tensor tensor(Operand operand) {
        return new Tensor(operand);
      }
    };
  }

  /** Whether the elements lie in row-major order without gaps. */
  public boolean isContiguous() {
    return operand.isContiguous();
  }

  /** How often the elements were written in place or replaced. */
  public int version() {
    return operand.storage().version() + replaced;
  }

  /** The only element. */
  public double item() {
    return Creation.item(this);
  }

  /** The only element, as an integer. */
  public long itemLong() {
    return ((long[]) Creation.array(requireOne("itemLong").to(DType.INT64)))[0];
  }

  private Tensor requireOne(String operation) {
    if (numel() != 1) {
      throw new ShapeException(operation, shape(), "one element expected");
    }
    return this;
  }

  /** The elements in row-major order, as a new array. */
  public float[] toFloatArray() {
    return (float[]) Creation.array(to(DType.FLOAT32));
  }

  /** The elements in row-major order, as a new array. */
  public double[] toDoubleArray() {
    return (double[]) Creation.array(to(DType.FLOAT64));
  }

  /** The elements in row-major order, as a new array; real numbers are truncated. */
  public long[] toLongArray() {
    return (long[]) Creation.array(to(DType.INT64));
  }

  /** As {@link #toLongArray}; integers beyond an int's range wrap around. */
  public int[] toIntArray() {
    return (int[]) Creation.array(to(DType.INT32));
  }

  /** The elements in row-major order, as a new array; what is not 0 is true. */
  public boolean[] toBooleanArray() {
    return (boolean[]) Creation.array(to(DType.BOOL));
  }

  // ---- gradients ------------------------------------------------------------------------------

  /** Whether gradients flow to this tensor. */
  public boolean requiresGrad() {
    return requiresGrad;
  }

  /**
   * Makes this leaf one that collects gradients, or no longer. What was recorded while it collected
   * them still leads here: a frozen leaf collects nothing, a thawed one does again. Returns this.
   */
  public Tensor requiresGrad(boolean required) {
    if (required && !dtype().isFloating()) {
      throw new NotegradException("requiresGrad", "a tensor of %s has no gradients", dtype());
    }
    if (!isLeaf()) {
      throw new NotegradException(
          "requiresGrad", "the result of %s follows its inputs; detach() it first", producer);
    }
    requiresGrad = required;
    return this;
  }

  /** Whether this tensor was not computed from others that require gradients. */
  public boolean isLeaf() {
    return producer == null || producer instanceof AccumulateGrad;
  }

  /** The collected gradient of this leaf, or null if no backward pass has reached it. */
  public Tensor grad() {
    return grad;
  }

  /** Replaces the collected gradient; null clears it. */
  public void setGrad(Tensor gradient) {
    if (gradient != null && !gradient.shape().equals(shape())) {
      throw new ShapeException("setGrad", shape(), gradient.shape(), "the shapes differ");
    }
    if (gradient != null && gradient.dtype() != dtype()) {
      throw new NotegradException(
          "setGrad", "a gradient of %s for a tensor of %s", gradient.dtype(), dtype());
    }
    grad = gradient;
  }

  /** The operation that made this tensor, or null for a leaf. */
  public Node gradFn() {
    return isLeaf() ? null : producer;
  }

  /** What made this tensor. A leaf has one accumulator, also when several threads use it first. */
  Node producer() {
    Node made = producer;
    if (made == null) {
      synchronized (this) {
        if (producer == null) {
          producer = new AccumulateGrad(this);
        }
        made = producer;
      }
    }
    return made;
  }

  /** Which of the producer's outputs this is. */
  int output() {
    return output;
  }

  void attach(Node operation, int index) {
    requiresGrad = true;
    output = index;
    producer = operation;
  }

  /**
   * Adds the gradients of this scalar to the {@code grad()} of all leaves it depends on.
   *
   * @throws ShapeException if this is not a scalar
   */
  public void backward() {
    backward(Graph.FREE);
  }

  /** As {@link #backward()}, saying what becomes of the graph. */
  public void backward(Graph graph) {
    backward(graph, Backward.seed("backward", this));
  }

  /**
   * As {@link #backward()} for a tensor of any shape, from the gradient of some scalar with respect
   * to it.
   */
  public void backward(Graph graph, Tensor gradient) {
    Backward.accumulate(this, gradient, graph);
  }

  /**
   * Makes this leaf another tensor that stays the same object: it takes the other's elements,
   * shape, type and device, and shares the other's memory from then on. So a parameter may grow,
   * shrink, move or be put together, and modules, optimizers (as the key of its state) and hooks
   * hold it as before. It requires a gradient as it did, and has none yet; views of the old
   * elements keep them.
   *
   * <p>This is refused while a graph that was recorded with this tensor may still bring it a
   * gradient. Those that a backward pass has freed don't, nor do those that nobody holds any more:
   * to tell, the garbage collector runs if there are graphs that no pass has gone through (with
   * {@code -XX:+DisableExplicitGC} they count as held). A graph that holds the old elements without
   * a gradient for them, as of a frozen parameter, is refused by its backward pass, as after any
   * write in place.
   *
   * @return this
   * @throws NotegradException if a graph needs the old elements, or this is the result of an
   *     operation, or requires a gradient that a tensor of the other's type has not
   */
  public Tensor become(Tensor other) {
    if (other == this) {
      return this;
    }
    if (!isLeaf()) {
      throw new NotegradException("become", "the result of %s follows its inputs", producer);
    }
    if (requiresGrad && !other.dtype().isFloating()) {
      throw new NotegradException(
          "become", "this requires a gradient, which a tensor of %s has not", other.dtype());
    }
    if (producer instanceof AccumulateGrad accumulator && accumulator.isAwaited()) {
      throw new NotegradException(
          "become",
          "a graph that was recorded with this tensor of shape %s needs it as it is; call"
              + " backward() on its result first, or let the result go",
          shape());
    }
    int version = version();
    operand = other.operand;
    replaced = version + 1 - operand.storage().version();
    producer = null;
    grad = null;
    return this;
  }

  /** A view of the same elements, without their history: a leaf that requires no gradient. */
  public Tensor detach() {
    return new Tensor(operand);
  }

  // ---- elementwise ----------------------------------------------------------------------------

  /** {@code this + other}, broadcast; of truth values, whether either is true. */
  public Tensor add(Tensor other) {
    return Elementwise.binary(BinaryOp.ADD, this, other);
  }

  /** {@code this + other}; integers become float32. */
  public Tensor add(double other) {
    return Elementwise.binary(BinaryOp.ADD, this, other);
  }

  /** {@code this + other} in this type; truth values count as int64. */
  public Tensor add(long other) {
    return Elementwise.binary(BinaryOp.ADD, this, other);
  }

  /** {@code this - other}, broadcast; not of two bool tensors. */
  public Tensor sub(Tensor other) {
    return Elementwise.binary(BinaryOp.SUB, this, other);
  }

  /** {@code this - other}; integers become float32. */
  public Tensor sub(double other) {
    return Elementwise.binary(BinaryOp.SUB, this, other);
  }

  /** {@code this - other} in this type; truth values count as int64. */
  public Tensor sub(long other) {
    return Elementwise.binary(BinaryOp.SUB, this, other);
  }

  /** {@code other - this}; integers become float32. */
  public Tensor rsub(double other) {
    return Elementwise.reversed(BinaryOp.SUB, other, this);
  }

  /** {@code other - this} in this type; truth values count as int64. */
  public Tensor rsub(long other) {
    return Elementwise.reversed(BinaryOp.SUB, other, this);
  }

  /** {@code this * other}, broadcast; of truth values, whether both are true. */
  public Tensor mul(Tensor other) {
    return Elementwise.binary(BinaryOp.MUL, this, other);
  }

  /** {@code this * other}; integers become float32. */
  public Tensor mul(double other) {
    return Elementwise.binary(BinaryOp.MUL, this, other);
  }

  /** {@code this * other} in this type; truth values count as int64. */
  public Tensor mul(long other) {
    return Elementwise.binary(BinaryOp.MUL, this, other);
  }

  /** True division: integers give float32. */
  public Tensor div(Tensor other) {
    return Elementwise.binary(BinaryOp.DIV, this, other);
  }

  /** True division: integers give float32. */
  public Tensor div(double other) {
    return Elementwise.binary(BinaryOp.DIV, this, other);
  }

  /** {@code other / this}; integers give float32. */
  public Tensor rdiv(double other) {
    return Elementwise.reversed(BinaryOp.DIV, other, this);
  }

  /**
   * {@code this} to the power {@code exponent}, broadcast, as IEEE 754 has it: 1 where this is 1 or
   * the exponent 0, whatever the other is. Of integers exact, wrapping around; a negative exponent
   * leaves what is whole (0, 1 or -1).
   */
  public Tensor pow(Tensor exponent) {
    return Elementwise.binary(BinaryOp.POW, this, exponent);
  }

  /** {@code this} to the power {@code exponent}; integers become float32. */
  public Tensor pow(double exponent) {
    return Elementwise.binary(BinaryOp.POW, this, exponent);
  }

  /**
   * {@code this} to the power {@code exponent} in this type: of integers exact, wrapping around.
   *
   * @throws NotegradException if integers are raised to a negative power
   */
  public Tensor pow(long exponent) {
    return Elementwise.binary(BinaryOp.POW, this, exponent);
  }

  /** The larger, element by element; NaN if either is. */
  public Tensor maximum(Tensor other) {
    return Elementwise.binary(BinaryOp.MAXIMUM, this, other);
  }

  /** The larger, element by element; integers become float32. */
  public Tensor maximum(double other) {
    return Elementwise.binary(BinaryOp.MAXIMUM, this, other);
  }

  /** The larger, element by element, in this type. */
  public Tensor maximum(long other) {
    return Elementwise.binary(BinaryOp.MAXIMUM, this, other);
  }

  /** The smaller, element by element; NaN if either is. */
  public Tensor minimum(Tensor other) {
    return Elementwise.binary(BinaryOp.MINIMUM, this, other);
  }

  /** The smaller, element by element; integers become float32. */
  public Tensor minimum(double other) {
    return Elementwise.binary(BinaryOp.MINIMUM, this, other);
  }

  /** The smaller, element by element, in this type. */
  public Tensor minimum(long other) {
    return Elementwise.binary(BinaryOp.MINIMUM, this, other);
  }

  /**
   * {@code min(max(x, min), max)}: {@code max} where the bounds are the wrong way round, NaN where
   * x or a bound is. Integers between fractions become float32.
   */
  public Tensor clamp(double min, double max) {
    return Elementwise.clamp(this, min, max);
  }

  /** As {@link #clamp(double, double)}; integers stay exact. */
  public Tensor clamp(long min, long max) {
    return Elementwise.clamp(this, min, max);
  }

  /** {@code -this}; not of truth values. */
  public Tensor neg() {
    return Elementwise.unary(UnaryOp.NEG, this);
  }

  /** The magnitude; of the least integer itself, as its opposite is too large. */
  public Tensor abs() {
    return Elementwise.unary(UnaryOp.ABS, this);
  }

  /** -1, 0 or 1, and NaN for NaN: where PyTorch says 0, a mistake would be lost. */
  public Tensor sign() {
    return Elementwise.unary(UnaryOp.SIGN, this);
  }

  /** {@code this * this}; truth values count as int64. */
  public Tensor square() {
    return Elementwise.unary(UnaryOp.SQUARE, this);
  }

  /** The square root, NaN below 0. */
  public Tensor sqrt() {
    return Elementwise.unary(UnaryOp.SQRT, this);
  }

  /** {@code 1 / sqrt(x)}. */
  public Tensor rsqrt() {
    return Elementwise.unary(UnaryOp.RSQRT, this);
  }

  /** {@code 1 / x}. */
  public Tensor reciprocal() {
    return Elementwise.unary(UnaryOp.RECIPROCAL, this);
  }

  /** {@code e} to the power {@code this}. */
  public Tensor exp() {
    return Elementwise.unary(UnaryOp.EXP, this);
  }

  /** {@code exp(x) - 1}, exact near 0. */
  public Tensor expm1() {
    return Elementwise.unary(UnaryOp.EXPM1, this);
  }

  /** The natural logarithm. */
  public Tensor log() {
    return Elementwise.unary(UnaryOp.LOG, this);
  }

  /** {@code log(1 + x)}, exact near 0. */
  public Tensor log1p() {
    return Elementwise.unary(UnaryOp.LOG1P, this);
  }

  /** The sine of radians. */
  public Tensor sin() {
    return Elementwise.unary(UnaryOp.SIN, this);
  }

  /** The cosine of radians. */
  public Tensor cos() {
    return Elementwise.unary(UnaryOp.COS, this);
  }

  /** The hyperbolic tangent. */
  public Tensor tanh() {
    return Elementwise.unary(UnaryOp.TANH, this);
  }

  /** {@code 1 / (1 + exp(-x))}. */
  public Tensor sigmoid() {
    return Elementwise.unary(UnaryOp.SIGMOID, this);
  }

  /** {@code log(1 + exp(x))}, without overflow. */
  public Tensor softplus() {
    return Elementwise.unary(UnaryOp.SOFTPLUS, this);
  }

  /** {@code max(x, 0)}. */
  public Tensor relu() {
    return Elementwise.unary(UnaryOp.RELU, this);
  }

  /** The nearest integer that is not larger; integers stay themselves. */
  public Tensor floor() {
    return Elementwise.unary(UnaryOp.FLOOR, this);
  }

  /** The nearest integer that is not smaller; integers stay themselves. */
  public Tensor ceil() {
    return Elementwise.unary(UnaryOp.CEIL, this);
  }

  /** To the nearest integer, halves to even. */
  public Tensor round() {
    return Elementwise.unary(UnaryOp.ROUND, this);
  }

  // ---- comparison -----------------------------------------------------------------------------

  /** Where this is equal to {@code other}, broadcast; bool. NaN is unequal to everything. */
  public Tensor eq(Tensor other) {
    return Elementwise.compare(CompareOp.EQ, this, other);
  }

  /** Where this is equal to {@code other}, bool; integers are compared exactly. */
  public Tensor eq(double other) {
    return Elementwise.compare(CompareOp.EQ, this, other);
  }

  /** Where this is equal to {@code other}, bool; integers are compared exactly. */
  public Tensor eq(long other) {
    return Elementwise.compare(CompareOp.EQ, this, other);
  }

  /** Where this is unequal to {@code other}, broadcast; bool. NaN is unequal to everything. */
  public Tensor ne(Tensor other) {
    return Elementwise.compare(CompareOp.NE, this, other);
  }

  /** Where this is unequal to {@code other}, bool; integers are compared exactly. */
  public Tensor ne(double other) {
    return Elementwise.compare(CompareOp.NE, this, other);
  }

  /** Where this is unequal to {@code other}, bool; integers are compared exactly. */
  public Tensor ne(long other) {
    return Elementwise.compare(CompareOp.NE, this, other);
  }

  /** Where this is less than {@code other}, broadcast; bool. */
  public Tensor lt(Tensor other) {
    return Elementwise.compare(CompareOp.LT, this, other);
  }

  /** Where this is less than {@code other}, bool; integers are compared exactly. */
  public Tensor lt(double other) {
    return Elementwise.compare(CompareOp.LT, this, other);
  }

  /** Where this is less than {@code other}, bool; integers are compared exactly. */
  public Tensor lt(long other) {
    return Elementwise.compare(CompareOp.LT, this, other);
  }

  /** Where this is less than or equal to {@code other}, broadcast; bool. */
  public Tensor le(Tensor other) {
    return Elementwise.compare(CompareOp.LE, this, other);
  }

  /** Where this is less than or equal to {@code other}, bool; integers are compared exactly. */
  public Tensor le(double other) {
    return Elementwise.compare(CompareOp.LE, this, other);
  }

  /** Where this is less than or equal to {@code other}, bool; integers are compared exactly. */
  public Tensor le(long other) {
    return Elementwise.compare(CompareOp.LE, this, other);
  }

  /** Where this is greater than {@code other}, broadcast; bool. */
  public Tensor gt(Tensor other) {
    return Elementwise.compare(CompareOp.GT, this, other);
  }

  /** Where this is greater than {@code other}, bool; integers are compared exactly. */
  public Tensor gt(double other) {
    return Elementwise.compare(CompareOp.GT, this, other);
  }

  /** Where this is greater than {@code other}, bool; integers are compared exactly. */
  public Tensor gt(long other) {
    return Elementwise.compare(CompareOp.GT, this, other);
  }

  /** Where this is greater than or equal to {@code other}, broadcast; bool. */
  public Tensor ge(Tensor other) {
    return Elementwise.compare(CompareOp.GE, this, other);
  }

  /** Where this is greater than or equal to {@code other}, bool; integers are compared exactly. */
  public Tensor ge(double other) {
    return Elementwise.compare(CompareOp.GE, this, other);
  }

  /** Where this is greater than or equal to {@code other}, bool; integers are compared exactly. */
  public Tensor ge(long other) {
    return Elementwise.compare(CompareOp.GE, this, other);
  }

  /** Where this is not a number, bool. */
  public Tensor isNaN() {
    return ne(this);
  }

  /** Neither NaN nor infinite. */
  public Tensor isFinite() {
    return Elementwise.isFinite(this);
  }

  /** Where this is 0, bool. */
  public Tensor logicalNot() {
    return to(DType.BOOL).eq(0);
  }

  /** Where neither is 0, bool. */
  public Tensor logicalAnd(Tensor other) {
    return to(DType.BOOL).minimum(other.to(DType.BOOL));
  }

  /** Where not both are 0, bool. */
  public Tensor logicalOr(Tensor other) {
    return to(DType.BOOL).maximum(other.to(DType.BOOL));
  }

  // ---- reductions -----------------------------------------------------------------------------

  /** The sum of all elements, a scalar; int64 for integers and bool. */
  public Tensor sum() {
    return sum(Reductions.all(this), Keep.DROP);
  }

  /** The sum along each of {@code dims}, which go; over nothing it is 0. */
  public Tensor sum(int... dims) {
    return sum(dims, Keep.DROP);
  }

  /** The sum along {@code dim}, which goes or stays with size 1. */
  public Tensor sum(int dim, Keep keep) {
    return sum(new int[] {dim}, keep);
  }

  /** The sum along {@code dims}, which go or stay with size 1. */
  public Tensor sum(int[] dims, Keep keep) {
    return Reductions.reduce(ReduceOp.SUM, this, dims, keep);
  }

  /** The mean of all elements, a scalar; float32 for integers and bool, NaN of nothing. */
  public Tensor mean() {
    return mean(Reductions.all(this), Keep.DROP);
  }

  /** The mean along {@code dims}, which go. */
  public Tensor mean(int... dims) {
    return mean(dims, Keep.DROP);
  }

  /** The mean along {@code dim}, which goes or stays with size 1. */
  public Tensor mean(int dim, Keep keep) {
    return mean(new int[] {dim}, keep);
  }

  /** The mean along {@code dims}, which go or stay with size 1. */
  public Tensor mean(int[] dims, Keep keep) {
    return Reductions.mean(this, dims, keep);
  }

  /** The variance of all elements, unbiased (divided by n - 1): NaN of one element or none. */
  public Tensor var() {
    return var(Reductions.all(this), Keep.DROP);
  }

  /** The variance along {@code dims}, which go. */
  public Tensor var(int... dims) {
    return var(dims, Keep.DROP);
  }

  /** The variance along {@code dim}, which goes or stays with size 1. */
  public Tensor var(int dim, Keep keep) {
    return var(new int[] {dim}, keep);
  }

  /** The variance along {@code dims}, which go or stay with size 1. */
  public Tensor var(int[] dims, Keep keep) {
    return Reductions.var(this, dims, keep);
  }

  /** The square root of {@link #var()}; its gradient is 0 where all elements are equal. */
  public Tensor std() {
    return std(Reductions.all(this), Keep.DROP);
  }

  /** The standard deviation along {@code dims}, which go. */
  public Tensor std(int... dims) {
    return std(dims, Keep.DROP);
  }

  /** The standard deviation along {@code dim}, which goes or stays with size 1. */
  public Tensor std(int dim, Keep keep) {
    return std(new int[] {dim}, keep);
  }

  /** The standard deviation along {@code dims}, which go or stay with size 1. */
  public Tensor std(int[] dims, Keep keep) {
    return Reductions.std(this, dims, keep);
  }

  /** The Euclidean norm of all elements, without overflow; its gradient at 0 is 0. */
  public Tensor norm() {
    return norm(Reductions.all(this), Keep.DROP);
  }

  /** The Euclidean norm along {@code dims}, which go. */
  public Tensor norm(int... dims) {
    return norm(dims, Keep.DROP);
  }

  /** The Euclidean norm along {@code dim}, which goes or stays with size 1. */
  public Tensor norm(int dim, Keep keep) {
    return norm(new int[] {dim}, keep);
  }

  /** The Euclidean norm along {@code dims}, which go or stay with size 1. */
  public Tensor norm(int[] dims, Keep keep) {
    return Reductions.norm(this, dims, keep);
  }

  /** The product of all elements, a scalar; int64 for integers and bool. */
  public Tensor prod() {
    return prod(Reductions.all(this), Keep.DROP);
  }

  /** The product along {@code dims}, which go; over nothing it is 1. */
  public Tensor prod(int... dims) {
    return prod(dims, Keep.DROP);
  }

  /** The product along {@code dim}, which goes or stays with size 1. */
  public Tensor prod(int dim, Keep keep) {
    return prod(new int[] {dim}, keep);
  }

  /** The product along {@code dims}, which go or stay with size 1. */
  public Tensor prod(int[] dims, Keep keep) {
    return Reductions.reduce(ReduceOp.PROD, this, dims, keep);
  }

  /**
   * The largest element, NaN if there is one; equal ones share the gradient.
   *
   * @throws ShapeException if there is no element to choose
   */
  public Tensor max() {
    return max(Reductions.all(this), Keep.DROP);
  }

  /**
   * The largest elements along {@code dims}, which go.
   *
   * @throws ShapeException if there is no element to choose
   */
  public Tensor max(int... dims) {
    return max(dims, Keep.DROP);
  }

  /** The largest element along {@code dim}, which goes or stays with size 1. */
  public Tensor max(int dim, Keep keep) {
    return max(new int[] {dim}, keep);
  }

  /** The largest element along {@code dims}, which go or stay with size 1. */
  public Tensor max(int[] dims, Keep keep) {
    return Reductions.reduce(ReduceOp.MAX, this, dims, keep);
  }

  /**
   * The smallest element, NaN if there is one; equal ones share the gradient.
   *
   * @throws ShapeException if there is no element to choose
   */
  public Tensor min() {
    return min(Reductions.all(this), Keep.DROP);
  }

  /**
   * The smallest elements along {@code dims}, which go.
   *
   * @throws ShapeException if there is no element to choose
   */
  public Tensor min(int... dims) {
    return min(dims, Keep.DROP);
  }

  /** The smallest element along {@code dim}, which goes or stays with size 1. */
  public Tensor min(int dim, Keep keep) {
    return min(new int[] {dim}, keep);
  }

  /** The smallest element along {@code dims}, which go or stay with size 1. */
  public Tensor min(int[] dims, Keep keep) {
    return Reductions.reduce(ReduceOp.MIN, this, dims, keep);
  }

  /**
   * Where the first largest of all elements lies, a scalar of int64: its index in row-major order.
   *
   * @throws ShapeException if there is no element to choose
   */
  public Tensor argmax() {
    return Reductions.arg(ArgOp.ARGMAX, this);
  }

  /** The index of the first largest element (or the first NaN) along {@code dim}, int64. */
  public Tensor argmax(int dim) {
    return argmax(dim, Keep.DROP);
  }

  /** As {@link #argmax(int)}; the dimension goes or stays with size 1. */
  public Tensor argmax(int dim, Keep keep) {
    return Reductions.arg(ArgOp.ARGMAX, this, dim, keep);
  }

  /**
   * Where the first smallest of all elements lies, a scalar of int64: its index in row-major order.
   *
   * @throws ShapeException if there is no element to choose
   */
  public Tensor argmin() {
    return Reductions.arg(ArgOp.ARGMIN, this);
  }

  /** The index of the first smallest element (or the first NaN) along {@code dim}, int64. */
  public Tensor argmin(int dim) {
    return argmin(dim, Keep.DROP);
  }

  /** As {@link #argmin(int)}; the dimension goes or stays with size 1. */
  public Tensor argmin(int dim, Keep keep) {
    return Reductions.arg(ArgOp.ARGMIN, this, dim, keep);
  }

  /** Whether any element is not 0; false of nothing. */
  public boolean any() {
    return any(Reductions.all(this), Keep.DROP).item() != 0;
  }

  /** Whether any element is not 0 along {@code dim}, which goes; bool. */
  public Tensor any(int dim) {
    return any(dim, Keep.DROP);
  }

  /** Whether any element is not 0 along {@code dim}, which goes or stays with size 1; bool. */
  public Tensor any(int dim, Keep keep) {
    return any(new int[] {dim}, keep);
  }

  /** Whether any element is not 0 along {@code dims}, which go or stay with size 1; bool. */
  public Tensor any(int[] dims, Keep keep) {
    return Reductions.truth("any", ReduceOp.MAX, this, dims, keep);
  }

  /** Whether no element is 0; true of nothing. */
  public boolean all() {
    return all(Reductions.all(this), Keep.DROP).item() != 0;
  }

  /** Whether no element is 0 along {@code dim}, which goes; bool. */
  public Tensor all(int dim) {
    return all(dim, Keep.DROP);
  }

  /** Whether no element is 0 along {@code dim}, which goes or stays with size 1; bool. */
  public Tensor all(int dim, Keep keep) {
    return all(new int[] {dim}, keep);
  }

  /** Whether no element is 0 along {@code dims}, which go or stay with size 1; bool. */
  public Tensor all(int[] dims, Keep keep) {
    return Reductions.truth("all", ReduceOp.MIN, this, dims, keep);
  }

  // ---- views ----------------------------------------------------------------------------------

  /**
   * The same elements in row-major order under another shape, one of whose sizes may be -1; a view
   * if possible.
   */
  public Tensor reshape(int... shape) {
    return Views.reshape(this, shape);
  }

  /** As one dimension. */
  public Tensor flatten() {
    return reshape(-1);
  }

  /** With dimensions from {@code startDim} on joined into one. */
  public Tensor flatten(int startDim) {
    return Views.flatten(this, startDim);
  }

  /** With dimensions {@code a} and {@code b} exchanged: a view. */
  public Tensor transpose(int a, int b) {
    return Views.transpose(this, a, b);
  }

  /** A matrix, transposed. */
  public Tensor t() {
    if (rank() != 2) {
      throw new ShapeException("t", shape(), "a matrix expected; use transpose or permute");
    }
    return transpose(0, 1);
  }

  /** Dimension {@code i} of the result is dimension {@code order[i]} of this. */
  public Tensor permute(int... order) {
    return Views.permute(this, order);
  }

  /** Repeats dimensions of size 1 (and new ones in front) without copying; -1 keeps a size. */
  public Tensor expand(int... shape) {
    return Views.expand(this, shape);
  }

  /** As {@link #expand(int...)}. */
  public Tensor expand(Shape shape) {
    return Views.expand(this, shape);
  }

  /** Without the dimensions of size 1. */
  public Tensor squeeze() {
    return Views.squeeze(this);
  }

  /** Without dimension {@code dim}, which must have size 1; a scalar stays a scalar. */
  public Tensor squeeze(int dim) {
    return Views.squeeze(this, dim);
  }

  /** With a new dimension of size 1 at {@code dim}. */
  public Tensor unsqueeze(int dim) {
    return Views.unsqueeze(this, dim);
  }

  /** The part at {@code index} along {@code dim}, which goes. */
  public Tensor select(int dim, int index) {
    return Slices.select(this, dim, index);
  }

  /** The part at these indices of the first dimensions: {@code x.get(i, j)}. */
  public Tensor get(int... indices) {
    Tensor part = this;
    for (int index : indices) {
      part = part.select(0, index);
    }
    return part;
  }

  /** {@code length} elements from {@code start} along {@code dim}. */
  public Tensor narrow(int dim, int start, int length) {
    return Slices.narrow(this, dim, start, length);
  }

  /**
   * Python's {@code x[start:end]} along {@code dim}: negative bounds count from the end, and bounds
   * are clipped.
   */
  public Tensor slice(int dim, int start, int end) {
    return slice(dim, start, end, 1);
  }

  /** Python's {@code x[start:end:step]} along {@code dim}; step is positive. */
  public Tensor slice(int dim, int start, int end, int step) {
    return Slices.slice(this, dim, start, end, step);
  }

  /** One view for each index along dimension 0, which goes. */
  public Tensor[] unbind() {
    return unbind(0);
  }

  /** One view for each index along {@code dim}, which goes: {@code select} of all of them. */
  public Tensor[] unbind(int dim) {
    return Slices.unbind(this, dim);
  }

  /** Views of {@code size} neighbours each along dimension 0; the last may be smaller. */
  public Tensor[] split(int size) {
    return split(size, 0);
  }

  /** Views of {@code size} neighbours each along {@code dim}; the last may be smaller. */
  public Tensor[] split(int size, int dim) {
    return Slices.split(this, size, dim);
  }

  /**
   * Views of {@code sizes[0]}, {@code sizes[1]}, ... neighbours along {@code dim}.
   *
   * @throws ShapeException if the sizes do not add up to the dimension's
   */
  public Tensor[] split(int[] sizes, int dim) {
    return Slices.split(this, sizes, dim);
  }

  /** {@code chunks} views along dimension 0. */
  public Tensor[] chunk(int chunks) {
    return chunk(chunks, 0);
  }

  /**
   * {@code chunks} views along {@code dim}, all of one size but the last; fewer if the dimension is
   * used up before.
   */
  public Tensor[] chunk(int chunks, int dim) {
    return Slices.chunk(this, chunks, dim);
  }

  /** This, or a copy in row-major order. */
  public Tensor contiguous() {
    return isContiguous() ? this : clone();
  }

  // ---- other ----------------------------------------------------------------------------------

  /** A copy with a storage of its own, in row-major order; gradients flow through it. */
  @Override
  public Tensor clone() {
    return Copies.clone(this);
  }

  /**
   * Converted to another type; this if it has that type. Real to integer truncates, anything but 0
   * is true.
   */
  public Tensor to(DType dtype) {
    return Copies.to(this, dtype);
  }

  /**
   * On another device: this if it lies there. Gradients flow back to where this lies.
   *
   * @throws NotegradException if there is no such device here
   */
  public Tensor to(Device device) {
    return Copies.to(this, device);
  }

  /**
   * The matrix product {@code (..., m, k) x (..., k, n) -> (..., m, n)}. Leading dimensions
   * broadcast; a vector counts as a row on the left and as a column on the right.
   *
   * @throws ShapeException if the inner dimensions differ
   */
  public Tensor matmul(Tensor other) {
    return Products.matmul(this, other);
  }

  /** {@code exp(x)}, divided by its sum along {@code dim}. */
  public Tensor softmax(int dim) {
    return Softmaxes.softmax(this, dim);
  }

  /** The logarithm of {@link #softmax}, computed without overflow. */
  public Tensor logSoftmax(int dim) {
    return Softmaxes.logSoftmax(this, dim);
  }

  /** The {@code k} largest elements along the last dimension, from the largest on. */
  public TopK topk(int k) {
    return topk(k, -1);
  }

  /**
   * The {@code k} largest elements along {@code dim}, from the largest on; NaN counts as the
   * largest, and of equal elements the first comes first.
   *
   * @throws ShapeException if there are fewer than k
   */
  public TopK topk(int k, int dim) {
    return topk(k, dim, TopK.Order.LARGEST);
  }

  /** As {@link #topk(int, int)}, or the smallest, from the smallest on. */
  public TopK topk(int k, int dim, TopK.Order order) {
    return Selection.topK(this, k, dim, order);
  }

  /** {@code out[i][j] = x[index[i][j]][j]} for {@code dim} 0, and so on; index is int64. */
  public Tensor gather(int dim, Tensor index) {
    return Indexing.gather(this, dim, index);
  }

  /** The parts at the indices (int64, one dimension) along {@code dim}. */
  public Tensor indexSelect(int dim, Tensor index) {
    return Indexing.indexSelect(this, dim, index);
  }

  /**
   * A copy with {@code source} added: {@code out[index[i][j]][j] += source[i][j]} for {@code dim}
   * 0, and so on.
   */
  public Tensor scatterAdd(int dim, Tensor index, Tensor source) {
    return Indexing.scatterAdd(this, dim, index, source);
  }

  // ---- in place -------------------------------------------------------------------------------

  /** {@code this += other}, broadcast to this shape. Returns this. */
  public Tensor addInPlace(Tensor other) {
    return InPlace.binary(BinaryOp.ADD, this, other);
  }

  /** {@code this += alpha * other}. */
  public Tensor addInPlace(Tensor other, double alpha) {
    return InPlace.add(this, other, alpha);
  }

  /** {@code this += other}; a tensor of integers takes whole numbers only. */
  public Tensor addInPlace(double other) {
    return InPlace.binary(BinaryOp.ADD, this, other);
  }

  /** {@code this += other}, exact in integers. */
  public Tensor addInPlace(long other) {
    return InPlace.binary(BinaryOp.ADD, this, other);
  }

  /** {@code this -= other}, broadcast to this shape. Returns this. */
  public Tensor subInPlace(Tensor other) {
    return InPlace.binary(BinaryOp.SUB, this, other);
  }

  /** {@code this -= other}; a tensor of integers takes whole numbers only. */
  public Tensor subInPlace(double other) {
    return InPlace.binary(BinaryOp.SUB, this, other);
  }

  /** {@code this -= other}, exact in integers. */
  public Tensor subInPlace(long other) {
    return InPlace.binary(BinaryOp.SUB, this, other);
  }

  /** {@code this *= other}, broadcast to this shape. Returns this. */
  public Tensor mulInPlace(Tensor other) {
    return InPlace.binary(BinaryOp.MUL, this, other);
  }

  /** {@code this *= other}; a tensor of integers takes whole numbers only. */
  public Tensor mulInPlace(double other) {
    return InPlace.binary(BinaryOp.MUL, this, other);
  }

  /** {@code this *= other}, exact in integers. */
  public Tensor mulInPlace(long other) {
    return InPlace.binary(BinaryOp.MUL, this, other);
  }

  /** {@code this /= other}, broadcast to this shape; not in integers. Returns this. */
  public Tensor divInPlace(Tensor other) {
    return InPlace.binary(BinaryOp.DIV, this, other);
  }

  /** {@code this /= other}; not in integers. */
  public Tensor divInPlace(double other) {
    return InPlace.binary(BinaryOp.DIV, this, other);
  }

  /** {@code this /= other}; not in integers. */
  public Tensor divInPlace(long other) {
    return InPlace.binary(BinaryOp.DIV, this, other);
  }

  /** {@code this = source}, broadcast and converted. */
  public Tensor copyInPlace(Tensor source) {
    return InPlace.copy(this, source);
  }

  /** {@code this = value} everywhere. */
  public Tensor fillInPlace(double value) {
    return InPlace.fill(this, value);
  }

  /** {@code this = value} everywhere, exact in int64. */
  public Tensor fillInPlace(long value) {
    return InPlace.fill(this, value);
  }

  /** {@code this = 0} everywhere. */
  public Tensor zeroInPlace() {
    return fillInPlace(0);
  }

  /**
   * As PyTorch prints tensors: values in rows, long dimensions abbreviated, then what is not the
   * default.
   */
  @Override
  public String toString() {
    return TensorText.of(this);
  }

  /** {@code "float32 (2, 3)"}: type and shape, for messages. */
  public String describe() {
    return String.format(Locale.ROOT, "%s %s", dtype(), shape());
  }
}
