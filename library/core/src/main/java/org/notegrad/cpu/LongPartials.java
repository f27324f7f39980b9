package org.notegrad.cpu;

import java.util.Arrays;
import org.notegrad.backend.ReduceOp;

/** Partial results of integers and of bool, in int64. */
final class LongPartials implements Partials {
  private final ReduceOp op;
  private final LongElements x;
  private final LongElements out;
  private final long[] results;

  LongPartials(ReduceOp op, LongElements x, LongElements out, int count) {
    this.op = op;
    this.x = x;
    this.out = out;
    results = new long[count];
    clear(0, count);
  }

  @Override
  public void clear(int from, int to) {
    Arrays.fill(results, from, to, (long) op.neutral());
  }

  @Override
  public void rows(int at, int rowStep, int rows, int step, int n, int first, int to) {
    long[] block = LongElements.scratch();
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < n; i += LongElements.BLOCK) {
        int length = Math.min(LongElements.BLOCK, n - i);
        x.read(at + row * rowStep + i * step, step, block, length);
        results[to + row] = op.join(results[to + row], one(block, length));
      }
    }
  }

  private long one(long[] block, int n) {
    long result = (long) op.neutral();
    switch (op) {
      case SUM -> {
        for (int i = 0; i < n; i++) {
          result += block[i];
        }
      }
      case PROD -> {
        for (int i = 0; i < n; i++) {
          result *= block[i];
        }
      }
      case MAX -> {
        for (int i = 0; i < n; i++) {
          result = Math.max(result, block[i]);
        }
      }
      case MIN -> {
        for (int i = 0; i < n; i++) {
          result = Math.min(result, block[i]);
        }
      }
    }
    return result;
  }

  @Override
  public void columns(int at, int rowStep, int rows, int n, int first, int together, int to) {
    long[] row = LongElements.scratch();
    for (int i = 0; i < rows; i++) {
      x.read(at + i * rowStep, 1, row, n);
      joinRow(row, n, to);
    }
  }

  private void joinRow(long[] row, int n, int to) {
    switch (op) {
      case SUM -> {
        for (int j = 0; j < n; j++) {
          results[to + j] += row[j];
        }
      }
      case PROD -> {
        for (int j = 0; j < n; j++) {
          results[to + j] *= row[j];
        }
      }
      case MAX -> {
        for (int j = 0; j < n; j++) {
          results[to + j] = Math.max(results[to + j], row[j]);
        }
      }
      case MIN -> {
        for (int j = 0; j < n; j++) {
          results[to + j] = Math.min(results[to + j], row[j]);
        }
      }
    }
  }

  @Override
  public void join(int from, int to) {
    results[to] = op.join(results[to], results[from]);
  }

  @Override
  public void store(int from, int n, int outAt, int outStep) {
    for (int i = 0; i < n; i++) {
      out.write(outAt + i * outStep, results[from + i]);
    }
  }
}
