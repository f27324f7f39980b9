package org.notegrad.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.notegrad.DType;
import org.notegrad.GradCheck;
import org.notegrad.NotegradException;
import org.notegrad.ShapeException;
import org.notegrad.Tensor;

/** Losses that are the mean of a fused function: values, gradients and ends. */
class FusedLossesTest {
  private static Tensor doubles(double... values) {
    return Tensor.fromArray(values, values.length);
  }

  @Test
  void huberIsSquaredNearAndLinearFar() {
    Tensor x = doubles(0.5, 3, -4, 1);
    Tensor zero = doubles(0, 0, 0, 0);
    double expected = (0.125 + 2.5 + 3.5 + 0.5) / 4;
    assertEquals(expected, new HuberLoss().forward(x, zero).item(), 1e-15);
    double wide = (0.125 + 2 * (3 - 1) + 2 * (4 - 1) + 0.5) / 4;
    assertEquals(wide, new HuberLoss(2).forward(x, zero).item(), 1e-15);
    GradCheck.gradCheck(
        in -> new HuberLoss(0.7).forward(in[0], in[1]), doubles(0.5, 3, -4), doubles(0.1, 0, 0.2));
    assertEquals(
        "HuberLoss: delta 0.0 is not above 0",
        assertThrows(NotegradException.class, () -> new HuberLoss(0)).getMessage());
  }

  @Test
  void huberOfAnInfiniteErrorHasAGradient() {
    Tensor x = doubles(Double.POSITIVE_INFINITY, -1).requiresGrad(true);
    new HuberLoss(2).forward(x, doubles(0, 0)).backward();
    assertEquals(1, x.grad().get(0).item());
    assertEquals(-0.5, x.grad().get(1).item());
  }

  @Test
  void crossEntropyOfLogitsIsThatOfTheirProbabilities() {
    Tensor logits = doubles(-3, -0.2, 0, 1.5, 8);
    Tensor targets = doubles(0, 1, 0.3, 1, 0.9);
    double expected = 0;
    for (int i = 0; i < 5; i++) {
      double p = 1 / (1 + Math.exp(-logits.get(i).item()));
      double t = targets.get(i).item();
      expected -= (t * Math.log(p) + (1 - t) * Math.log1p(-p)) / 5;
    }
    assertEquals(expected, new BCEWithLogitsLoss().forward(logits, targets).item(), 1e-12);
    assertEquals(expected, new BCELoss().forward(logits.sigmoid(), targets).item(), 1e-12);
    GradCheck.gradCheck(in -> new BCEWithLogitsLoss().forward(in[0], in[1]), logits, targets);
    Tensor p = doubles(0.1, 0.5, 0.8);
    GradCheck.gradCheck(in -> new BCELoss().forward(in[0], in[1]), p, doubles(0, 0.25, 1));
    GradCheck.gradGradCheck(in -> new BCELoss().forward(in[0], in[1]), p, doubles(0, 0.25, 1));
  }

  @Test
  void farLogitsAndSureMistakesStayFinite() {
    Tensor logits = doubles(-1e4, 1e4).requiresGrad(true);
    Tensor loss = new BCEWithLogitsLoss().forward(logits, doubles(1, 0));
    assertEquals(1e4, loss.item());
    loss.backward();
    assertEquals(-0.5, logits.grad().get(0).item());
    assertEquals(0.5, logits.grad().get(1).item());
    for (DType type : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      Tensor p = doubles(0, 1, 0, 1).to(type).requiresGrad(true);
      Tensor sure = new BCELoss().forward(p, doubles(1, 0, 0, 1).to(type));
      assertEquals(50, sure.item());
      sure.backward();
      assertEquals(0, p.grad().get(0).item());
    }
  }

  @Test
  void shapesMustBeEqual() {
    Tensor x = Tensor.ones(3);
    Tensor y = Tensor.ones(3, 1);
    for (Loss loss : new Loss[] {new HuberLoss(), new BCELoss(), new BCEWithLogitsLoss()}) {
      var error = assertThrows(ShapeException.class, () -> loss.forward(x, y));
      assertEquals(loss.name() + ": (3,) x (3, 1): the shapes differ", error.getMessage());
    }
  }
}
