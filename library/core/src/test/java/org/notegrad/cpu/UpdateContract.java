package org.notegrad.cpu;

import static org.notegrad.backend.Operand.of;
import static org.notegrad.cpu.Elements.assertWithin;
import static org.notegrad.cpu.Elements.epsilon;
import static org.notegrad.cpu.Elements.ordinary;
import static org.notegrad.cpu.Operands.REAL;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.notegrad.DType;
import org.notegrad.Tensor;
import org.notegrad.backend.Operand;
import org.notegrad.backend.Update;
import org.notegrad.optim.Adam;
import org.notegrad.optim.SGD;

/** Fused optimizer steps. */
interface UpdateContract extends Contract {
  @Test
  default void fusedStepsEqualTheirDefinitions() {
    List<Update> updates =
        List.of(
            new SGD.Step(0.1, 0, 0, 0, false, false),
            new SGD.Step(0.1, 0, 0, 0.01, false, true),
            new SGD.Step(0.1, 0.9, 0.3, 0.01, false, false),
            new SGD.Step(0.1, 0.9, 0, 0, true, false),
            new Adam.Step(1e-2, 0.9, 0.999, 1e-8, 0, false, false, 1e-2 / 0.19, 0.0447),
            new Adam.Step(1e-2, 0.8, 0.99, 1e-8, 0.1, false, true, 1e-2 / 0.36, 0.141),
            new Adam.Step(1e-2, 0.9, 0.999, 1e-8, 0.1, true, false, 1e-2 / 0.19, 0.0447));
    for (DType dtype : REAL) {
      for (int n : new int[] {0, 1, 7, 16, 33, 66_001}) {
        if (n > 1000 && dtype != DType.FLOAT32) {
          continue; // there for the threads alone
        }
        for (Update update : updates) {
          steps(update, dtype, n);
        }
      }
    }
  }

  private void steps(Update update, DType dtype, int n) {
    Tensor p = ordinary(dtype, 1, n + 3).narrow(0, 3, n);
    Tensor g = ordinary(dtype, 2, n);
    Tensor m = ordinary(dtype, 3, n);
    Tensor v = ordinary(dtype, 4, n).square();
    boolean stateless = update instanceof SGD.Step s && s.momentum() == 0;
    Tensor[] state =
        stateless
            ? new Tensor[0]
            : update instanceof SGD.Step ? new Tensor[] {m} : new Tensor[] {m, v};
    Tensor[] exact = new Tensor[state.length];
    for (int i = 0; i < state.length; i++) {
      exact[i] = state[i].clone().to(DType.FLOAT64).clone();
    }
    Tensor definition = p.to(DType.FLOAT64).clone();
    update.apply(definition, g.to(DType.FLOAT64), exact);
    backend()
        .fused(update, of(p), of(g), Arrays.stream(state).map(Operand::of).toArray(Operand[]::new));
    near(update + " parameter", definition, p, dtype);
    for (int i = 0; i < state.length; i++) {
      near(update + " state " + i, exact[i], state[i], dtype);
    }
  }

  /** All numbers here are near 1, so a handful of roundings is a handful of epsilons. */
  private static void near(String context, Tensor expected, Tensor actual, DType dtype) {
    double[] values = expected.toDoubleArray();
    double[] bound = new double[values.length];
    for (int i = 0; i < bound.length; i++) {
      bound[i] = 16 * epsilon(dtype) * (1 + Math.abs(values[i]));
    }
    assertWithin(context + " " + actual.describe(), values, actual, bound);
  }
}
