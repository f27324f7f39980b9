package org.notegrad.viz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.notegrad.viz.GradientGraph.gradientGraph;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.notegrad.Tensor;
import org.notegrad.nn.Linear;

class GradientGraphTest {
  private static String texts(View view) {
    return Markup.elements(Markup.pictures(view.html()).getFirst(), "text").stream()
        .map(text -> text.getTextContent())
        .collect(Collectors.joining("|"));
  }

  @Test
  void operationsLeavesShapesAndNamesAreDrawn() {
    var layer = new Linear(3, 2);
    var loss = layer.forward(Tensor.ones(4, 3)).relu().sum();
    var text = texts(gradientGraph(loss, layer));
    assertTrue(text.contains("linear|(4, 2)"), text);
    assertTrue(text.contains("relu|(4, 2)"), text);
    assertTrue(text.contains("weight|(2, 3)"), text);
    assertTrue(text.contains("bias|(2,)"), text);
  }

  @Test
  void afterBackwardTheLeavesTellTheNormsOfTheirGradients() {
    var x = Tensor.tensor(1.0, 1.0).requiresGrad(true);
    var y = x.mul(Tensor.tensor(3.0, 4.0)).sum();
    assertTrue(!texts(gradientGraph(y)).contains("grad"));
    y.backward();
    assertTrue(texts(gradientGraph(y)).contains("(2,) · ‖grad‖ 5"), texts(gradientGraph(y)));
  }

  @Test
  void aSharedLeafIsDrawnOnceAboveAllThatUseIt() {
    var x = Tensor.tensor(1.0, 2.0).requiresGrad(true);
    var view = gradientGraph(x.exp().add(x.mul(2)));
    assertEquals(4, Markup.elements(Markup.pictures(view.html()).getFirst(), "rect").size());
    assertEquals(4, Markup.elements(Markup.pictures(view.html()).getFirst(), "path").size());
  }

  @Test
  void ofALongChainTheEndIsDrawnAndTheRestNamed() {
    var x = Tensor.scalar(1).requiresGrad(true);
    for (int i = 0; i < 100_000; i++) {
      x = x.add(1);
    }
    var view = gradientGraph(x);
    assertTrue(view.html().contains("nearest to the output; there are more"));
    Markup.assertSurvivesSanitising(view.html());
  }

  @Test
  void aTensorWithoutAGraphIsRefused() {
    var e = assertThrows(IllegalArgumentException.class, () -> gradientGraph(Tensor.ones(2)));
    assertEquals(
        "gradientGraph: given a tensor that was not computed from one that requires a gradient",
        e.getMessage());
  }
}
