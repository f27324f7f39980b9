package org.notegrad.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.notegrad.DType;

/** Makes a program from a seed: mostly one that both sides accept. */
final class Maker {
  /** Element types; programs name them by their place here, which stays what it is. */
  static final List<DType> TYPES =
      Stream.of("bool", "int64", "float32", "float64", "int32", "float16", "bfloat16")
          .flatMap(name -> Arrays.stream(DType.values()).filter(d -> d.toString().equals(name)))
          .toList();

  private static final int MOST_ELEMENTS = 400;
  private static final int MOST_STEPS = 8;
  private static final double WRONG = 0.03;

  private final Random random;
  private final long seed;
  private final Sizes sizes;
  private final InputMaker elements;
  private final DType main;
  private final List<Program.Input> inputs = new ArrayList<>();
  private final List<Fact> inputFacts = new ArrayList<>();
  private final List<Program.Step> steps = new ArrayList<>();
  private final List<Fact> stepFacts = new ArrayList<>();

  /** How large tensors become: small ones for a set that is kept. */
  enum Sizes {
    SMALL,
    USUAL
  }

  private Maker(long seed, Sizes sizes) {
    this.seed = seed;
    this.sizes = sizes;
    random = new Random(seed * 0x9E3779B97F4A7C15L + 0x632BE59BD9B4E019L);
    elements = new InputMaker(random);
    main = chance(0.6) ? DType.FLOAT64 : DType.FLOAT32;
  }

  /**
   * The program of a seed.
   *
   * @param only the operation that one of the steps must use, or null
   */
  static Program make(long seed, Sizes sizes, String only) {
    var maker = new Maker(seed, sizes);
    int length = 1 + maker.below(MOST_STEPS);
    int at = only == null ? -1 : maker.below(length);
    for (int j = 0; j < length; j++) {
      maker.add(j == at ? Ops.of(only) : null);
    }
    return maker.finished();
  }

  private Program finished() {
    Integer root = null;
    for (int j = 0; j < steps.size(); j++) {
      if (stepFacts.get(j) != null && stepFacts.get(j).grad()) {
        root = ~j;
      }
    }
    return new Program(seed, List.copyOf(inputs), List.copyOf(steps), root);
  }

  /** Adds a step with the operation, or with one drawn; now and then a wrong one. */
  private void add(Op wanted) {
    for (int attempt = 0; attempt < 20; attempt++) {
      Op op = wanted != null ? wanted : drawn();
      int inputsBefore = inputs.size();
      Op.Use use = op.choice().in(this);
      if (use == null) {
        continue;
      }
      var step =
          new Program.Step(
              op.name(), use.of(), use.args().ints(), use.args().longs(), use.args().reals());
      if (chance(WRONG)) {
        steps.add(spoiled(step));
        stepFacts.add(null);
        return;
      }
      Fact result = op.rule().of(facts(use.of()), use.args());
      if (result.numel() <= (sizes == Sizes.SMALL ? 40 : MOST_ELEMENTS)) {
        steps.add(step);
        stepFacts.add(result);
        return;
      }
      while (inputs.size() > inputsBefore) {
        inputs.removeLast();
        inputFacts.removeLast();
      }
    }
  }

  private Op drawn() {
    int total = Ops.FAMILIES.stream().mapToInt(Ops.Family::weight).sum();
    int at = below(total);
    for (Ops.Family family : Ops.FAMILIES) {
      at -= family.weight();
      if (at < 0) {
        return pick(family.ops());
      }
    }
    throw new AssertionError("weights");
  }

  /** The step with an argument or an operand changed. */
  private Program.Step spoiled(Program.Step step) {
    int first = step.writes() ? 1 : 0;
    int[] ints = step.ints().clone();
    int[] of = step.of().clone();
    if (ints.length > first && !step.op().equals("to") && chance(0.6)) {
      ints[first + below(ints.length - first)] += below(7) - 3;
    } else {
      of[below(of.length)] = chance(0.5) ? any() : input(pick(TYPES), shape(), false);
    }
    return new Program.Step(step.op(), of, ints, step.longs(), step.reals());
  }

  // ---- choices -----------------------------------------------------------------------------

  int below(int bound) {
    return random.nextInt(bound);
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  <T> T pick(List<T> list) {
    return list.get(below(list.size()));
  }

  List<DType> types() {
    return TYPES;
  }

  /** The program's main floating type. */
  DType real() {
    return main;
  }

  double number() {
    return elements.number();
  }

  long integer() {
    return elements.integer();
  }

  /** A size of a dimension. */
  int size() {
    if (chance(0.02)) {
      return 0;
    }
    return 1 + (chance(0.5) ? below(3) : below(5));
  }

  int[] shape() {
    int[] ranks = {0, 1, 1, 1, 2, 2, 2, 2, 3, 3, 4};
    int[] shape = new int[ranks[below(ranks.length)]];
    Arrays.setAll(shape, i -> size());
    if (sizes == Sizes.USUAL && shape.length > 0 && shape.length < 3 && chance(0.12)) {
      shape[shape.length - 1] = 6 + below(36); // whole vectors and their tails
    }
    long most = sizes == Sizes.SMALL ? 16 : 120;
    while (Shapes.numel(shape) > most) {
      shape[below(shape.length)] = 1;
    }
    return shape;
  }

  /** A dimension, counted from either end; a scalar takes 0 and -1. */
  int dim(int rank) {
    int bound = Math.max(rank, 1);
    return below(2 * bound) - bound;
  }

  /** Some dimensions, each once, counted from either end. */
  int[] dims(int rank) {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < Math.max(rank, 1); i++) {
      all.add(i);
    }
    Collections.shuffle(all, random);
    int count = 1 + (chance(0.6) ? 0 : below(all.size()));
    int bound = Math.max(rank, 1);
    return all.subList(0, count).stream().mapToInt(d -> chance(0.4) ? d - bound : d).toArray();
  }

  /** All dimensions in some order. */
  int[] order(int rank) {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      all.add(chance(0.3) ? i - rank : i);
    }
    Collections.shuffle(all, random);
    return all.stream().mapToInt(i -> i).toArray();
  }

  /** Sizes whose product is {@code n}. */
  int[] factors(int n) {
    if (n == 0) {
      int[] shape = chance(0.5) ? new int[] {0} : new int[] {size(), 0};
      return shape;
    }
    List<Integer> sizes = new ArrayList<>();
    int left = n;
    while (left > 1) {
      int divisor = 2 + below(left - 1);
      while (left % divisor != 0) {
        divisor++;
        divisor = divisor > left ? 2 : divisor;
      }
      sizes.add(divisor);
      left /= divisor;
    }
    while (sizes.size() < 4 && chance(0.25)) {
      sizes.add(below(sizes.size() + 1), 1);
    }
    return sizes.stream().mapToInt(i -> i).toArray();
  }

  // ---- operands ----------------------------------------------------------------------------

  Fact fact(int operand) {
    return operand >= 0 ? inputFacts.get(operand) : stepFacts.get(~operand);
  }

  private Fact[] facts(int[] operands) {
    return Arrays.stream(operands).mapToObj(this::fact).toArray(Fact[]::new);
  }

  /** A value, the latest most often. */
  int any() {
    Integer found = chance(0.15) ? null : existing(f -> true);
    return found != null ? found : fresh();
  }

  /** A value, real most often. */
  int mostlyReal() {
    Integer found = chance(0.15) ? null : existing(f -> f.isReal() || chance(0.25));
    return found != null ? found : fresh();
  }

  /** A value that fits, or null; a new one first at times. */
  Integer find(Predicate<Fact> fits) {
    if (inputs.isEmpty() || chance(0.2)) {
      int made = fresh();
      if (fits.test(fact(made))) {
        return made;
      }
    }
    return existing(fits);
  }

  Integer ofRank(int rank) {
    return find(f -> f.rank() == rank);
  }

  private Integer existing(Predicate<Fact> fits) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      if (fits.test(inputFacts.get(i))) {
        found.add(i);
      }
    }
    for (int j = 0; j < steps.size(); j++) {
      if (stepFacts.get(j) != null && fits.test(stepFacts.get(j))) {
        found.add(~j);
      }
    }
    return found.isEmpty() ? null : chance(0.6) ? found.getLast() : pick(found);
  }

  private int fresh() {
    double at = random.nextDouble();
    DType type = at < 0.78 ? main : pick(TYPES);
    return input(type, shape(), chance(0.8));
  }

  /** A value that broadcasts with x. */
  int partner(int x) {
    DType type = chance(0.75) ? main : chance(0.5) ? fact(x).dtype() : pick(TYPES);
    return partner(x, type);
  }

  /** A value of the type that broadcasts with x. */
  int partner(int x, DType type) {
    int[] shape = fact(x).shape();
    Integer found =
        chance(0.5) ? existing(f -> f.dtype() == type && Shapes.fit(f.shape(), shape)) : null;
    return found != null ? found : input(type, partnerShape(shape), chance(0.8));
  }

  int[] partnerShape(int[] shape) {
    int dropped = chance(0.3) ? below(shape.length + 1) : 0;
    int[] other = Arrays.copyOfRange(shape, dropped, shape.length);
    for (int i = 0; i < other.length; i++) {
      other[i] = chance(0.25) ? 1 : other[i] == 1 && chance(0.4) ? size() : other[i];
    }
    return chance(0.08) ? Shapes.inserted(other, 0, size()) : other;
  }

  /** A value that can be broadcast to x's shape. */
  int smaller(int x) {
    int[] shape = fact(x).shape();
    int[] other =
        Arrays.copyOfRange(shape, chance(0.3) ? below(shape.length + 1) : 0, shape.length);
    for (int i = 0; i < other.length; i++) {
      other[i] = chance(0.25) ? 1 : other[i];
    }
    DType type = chance(0.85) ? fact(x).dtype() : pick(TYPES);
    return valued(type, other);
  }

  /** A value of this shape, of the main type most often. */
  int likely(int[] shape) {
    return valued(chance(0.85) ? main : pick(TYPES), shape);
  }

  /** A value of this shape, of this type most often. */
  int typed(DType type, int[] shape) {
    return valued(chance(0.92) ? type : pick(TYPES), shape);
  }

  private int valued(DType type, int[] shape) {
    Integer found =
        chance(0.5) ? existing(f -> f.dtype() == type && Arrays.equals(f.shape(), shape)) : null;
    return found != null ? found : input(type, shape, chance(0.8));
  }

  /** New indices below a bound; now and then one outside. */
  int indices(int[] shape, int bound) {
    long[] values = new long[(int) Shapes.numel(shape)];
    Arrays.setAll(values, i -> below(Math.max(bound, 1)));
    if (values.length > 0 && chance(0.02)) {
      values[below(values.length)] = chance(0.5) ? bound : -1;
    }
    inputs.add(new Program.Input("int64", shape, null, values, false));
    inputFacts.add(new Fact(DType.INT64, shape, false));
    return inputs.size() - 1;
  }

  private int input(DType type, int[] shape, boolean grad) {
    int n = (int) Shapes.numel(shape);
    boolean leaf = grad && type.isFloating();
    inputs.add(
        type.isFloating()
            ? new Program.Input(type.toString(), shape, elements.reals(n, type), null, leaf)
            : new Program.Input(type.toString(), shape, null, elements.wholes(n, type), leaf));
    inputFacts.add(new Fact(type, shape, leaf));
    return inputs.size() - 1;
  }
}
