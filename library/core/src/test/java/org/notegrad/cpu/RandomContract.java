package org.notegrad.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.notegrad.backend.Operand.of;
import static org.notegrad.cpu.Elements.assertSame;
import static org.notegrad.cpu.Operands.REAL;

import org.junit.jupiter.api.Test;
import org.notegrad.DType;
import org.notegrad.Notegrad;
import org.notegrad.Tensor;
import org.notegrad.backend.Distribution;
import org.notegrad.backend.Philox;

/** Random numbers are those of Philox, whoever draws them. */
interface RandomContract extends Contract {
  @Test
  default void uniformsAreTheWordsOfPhilox() {
    for (int n : new int[] {0, 1, 3, 4, 5, 1001, 70_000}) {
      Tensor single = Tensor.zeros(n);
      backend().random(new Distribution.Uniform(), 42, 5, of(single));
      Tensor twice = Tensor.zeros(DType.FLOAT64, n);
      backend().random(new Distribution.Uniform(), 42, 5, of(twice));
      int[] words = new int[4];
      for (int i = 0; i < n; i += Math.max(1, n / 500)) {
        Philox.words(42, 5 + i / 4, words, 0);
        assertEquals((words[i % 4] >>> 8) * 0x1p-24, single.get(i).item());
        long word = Philox.word64(42, 5, i);
        assertEquals((word >>> 11) * 0x1p-53, twice.get(i).item());
      }
    }
  }

  @Test
  default void randomNumbersDoNotDependOnTheNumberOfThreads() {
    int before = Notegrad.threads();
    try {
      for (DType dtype : REAL) {
        Notegrad.setThreads(1);
        Tensor one = Tensor.zeros(dtype, 100_003);
        backend().random(new Distribution.Normal(), 7, 0, of(one));
        Notegrad.setThreads(3);
        Tensor three = Tensor.zeros(dtype, 100_003);
        backend().random(new Distribution.Normal(), 7, 0, of(three));
        assertSame("normals", one, three);
      }
    } finally {
      Notegrad.setThreads(before);
    }
  }
}
