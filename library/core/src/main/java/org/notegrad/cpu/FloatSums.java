// DoubleSums.java is generated from this file (FloatToDouble).
package org.notegrad.cpu;

import java.util.Arrays;
import org.notegrad.backend.ArgOp;
import org.notegrad.backend.ReduceOp;

/**
 * In which order float32 are reduced, as plain loops. Every provider follows it to the bit, with
 * every width of vectors and every number of threads.
 *
 * <p>Of a row, blocks of {@link #BLOCK} elements are summed in {@link #LANES} float32 lanes,
 * element {@code i} in lane {@code i % LANES}: eight elements of a lane are added as a tree, and
 * their sum to the lane; what is left over is added one by one. The lanes are joined as a tree,
 * too, and the sums of blocks in float64. Columns are summed alike, {@link #ROWS} rows at a time,
 * each column in a lane of its own.
 *
 * <p>So an element takes part in at most 46 float32 additions (3 in a tree of eight, 31 of such
 * trees, 8 of what is left, 4 in the lanes' tree): the error of a sum of n elements is at most 46
 * times 2^-24 times the sum of their absolute values, and one rounding of the result. Products are
 * made in float64.
 */
final class FloatSums {
  /** As many as the widest vectors have. */
  static final int LANES = 64 / Float.BYTES;

  /** So many elements of a row are summed in float32. */
  static final int BLOCK = 4096; // float64: 2048

  /** So many rows are summed in float32. */
  static final int ROWS = 256;

  /** So many elements of a lane, or rows, are added as a tree. */
  static final int TREE = 8;

  private static final ThreadLocal<float[]> SCRATCH =
      ThreadLocal.withInitial(() -> new float[BLOCK]);

  private static final ThreadLocal<float[]> OF_LANES =
      ThreadLocal.withInitial(() -> new float[LANES]);

  private FloatSums() {}

  /** This thread's {@link #LANES} lanes. */
  static float[] lanes() {
    return OF_LANES.get();
  }

  /** This thread's room for {@link #BLOCK} elements. */
  static float[] scratch() {
    return SCRATCH.get();
  }

  /** The sum of at most {@link #BLOCK} elements; {@code lanes} has room for {@link #LANES}. */
  static float sum(float[] x, int at, int n, float[] lanes) {
    Arrays.fill(lanes, 0);
    int trees = n / (TREE * LANES) * TREE * LANES;
    for (int i = 0; i < trees; i += TREE * LANES) {
      for (int lane = 0; lane < LANES; lane++) {
        lanes[lane] += tree(x, at + i + lane, LANES);
      }
    }
    for (int i = trees; i < n; i++) {
      lanes[i % LANES] += x[at + i];
    }
    return joined(lanes);
  }

  /** The lanes' sum: those half their number apart are added until one is left. */
  static float joined(float[] lanes) {
    return ((lane(lanes, 0) + lane(lanes, 4)) + (lane(lanes, 2) + lane(lanes, 6)))
        + ((lane(lanes, 1) + lane(lanes, 5)) + (lane(lanes, 3) + lane(lanes, 7)));
  }

  /** Of eight lanes. */
  private static float lane(float[] lanes, int i) {
    return LANES == 16 ? lanes[i] + lanes[i + 8] : lanes[i];
  }

  private static float tree(float[] x, int at, int step) {
    float low = (x[at] + x[at + step]) + (x[at + 2 * step] + x[at + 3 * step]);
    int next = at + 4 * step;
    return low + ((x[next] + x[next + step]) + (x[next + 2 * step] + x[next + 3 * step]));
  }

  /** Adds at most {@link #ROWS} rows to {@code sums}: the columns {@code from} to {@code to}. */
  static void addRows(float[] x, int at, int rowStep, int rows, int from, int to, float[] sums) {
    int trees = rows / TREE * TREE;
    for (int i = 0; i < trees; i += TREE) {
      for (int j = from; j < to; j++) {
        sums[j] += tree(x, at + i * rowStep + j, rowStep);
      }
    }
    for (int i = trees; i < rows; i++) {
      for (int j = from; j < to; j++) {
        sums[j] += x[at + i * rowStep + j];
      }
    }
  }

  /** Joins each of {@code n} parts into its result. */
  static void join(ReduceOp op, float[] parts, int n, double[] results, int at) {
    if (op == ReduceOp.SUM) {
      for (int j = 0; j < n; j++) { // apart, so that it becomes a loop of vectors
        results[at + j] += parts[j];
      }
    } else {
      for (int j = 0; j < n; j++) {
        results[at + j] = op.join(results[at + j], parts[j]);
      }
    }
  }

  /** The product of a row's elements, in eight lanes. */
  static double product(float[] x, int at, int n) {
    double p0 = 1;
    double p1 = 1;
    double p2 = 1;
    double p3 = 1;
    double p4 = 1;
    double p5 = 1;
    double p6 = 1;
    double p7 = 1;
    int i = at;
    for (int end = at + n / 8 * 8; i < end; i += 8) {
      p0 *= x[i];
      p1 *= x[i + 1];
      p2 *= x[i + 2];
      p3 *= x[i + 3];
      p4 *= x[i + 4];
      p5 *= x[i + 5];
      p6 *= x[i + 6];
      p7 *= x[i + 7];
    }
    for (; i < at + n; i++) {
      p0 *= x[i];
    }
    return ((p0 * p4) * (p2 * p6)) * ((p1 * p5) * (p3 * p7));
  }

  /** Multiplies each of {@code n} results by the elements of its column. */
  static void multiplyRows(
      float[] x, int at, int rowStep, int rows, int n, double[] results, int to) {
    for (int i = 0; i < rows; i++) {
      int row = at + i * rowStep;
      for (int j = 0; j < n; j++) {
        results[to + j] *= x[row + j];
      }
    }
  }

  static float max(float[] x, int at, int n) {
    float best = Float.NEGATIVE_INFINITY;
    for (int i = at; i < at + n; i++) {
      best = Math.max(best, x[i]);
    }
    return best;
  }

  static float min(float[] x, int at, int n) {
    float best = Float.POSITIVE_INFINITY;
    for (int i = at; i < at + n; i++) {
      best = Math.min(best, x[i]);
    }
    return best;
  }

  /** The largest of each of the columns {@code from} to {@code to}, and of what stood there. */
  static void maxRows(float[] x, int at, int rowStep, int rows, int from, int to, float[] best) {
    for (int i = 0; i < rows; i++) {
      int row = at + i * rowStep;
      for (int j = from; j < to; j++) {
        best[j] = Math.max(best[j], x[row + j]);
      }
    }
  }

  /** The smallest of each of the columns {@code from} to {@code to}, and of what stood there. */
  static void minRows(float[] x, int at, int rowStep, int rows, int from, int to, float[] best) {
    for (int i = 0; i < rows; i++) {
      int row = at + i * rowStep;
      for (int j = from; j < to; j++) {
        best[j] = Math.min(best[j], x[row + j]);
      }
    }
  }

  /** What makes an operation look for the largest element. */
  static float sign(ArgOp op) {
    return switch (op) {
      case ARGMAX -> 1;
      case ARGMIN -> -1;
    };
  }

  /** Whether {@code value} takes the place of one that stands before it: NaN does, but of NaN. */
  static boolean better(float value, float than) {
    return !(value <= than) && than == than;
  }

  /** The first NaN, or the first largest of {@code sign x}. */
  static int first(float[] x, int at, int n, float sign) {
    int place = 0;
    float best = sign * x[at];
    for (int i = 1; i < n; i++) {
      float value = sign * x[at + i];
      if (better(value, best)) {
        best = value;
        place = i;
      }
    }
    return place;
  }

  /** Of the columns {@code from} to {@code to}; {@code best} becomes {@code sign x}. */
  static void firstRows(
      float[] x,
      int at,
      int rowStep,
      int rows,
      int from,
      int to,
      float sign,
      float[] best,
      float[] places) {
    for (int j = from; j < to; j++) {
      best[j] = sign * x[at + j];
      places[j] = 0;
    }
    for (int i = 1; i < rows; i++) {
      int row = at + i * rowStep;
      for (int j = from; j < to; j++) {
        float value = sign * x[row + j];
        if (better(value, best[j])) {
          best[j] = value;
          places[j] = i;
        }
      }
    }
  }
}
