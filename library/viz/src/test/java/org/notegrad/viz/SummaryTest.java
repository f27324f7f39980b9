package org.notegrad.viz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.notegrad.viz.Summary.summary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.notegrad.Autograd;
import org.notegrad.Tensor;
import org.notegrad.nn.Layer;
import org.notegrad.nn.Linear;
import org.notegrad.nn.Module;
import org.notegrad.nn.ReLU;
import org.notegrad.nn.Sequential;

class SummaryTest {
  private static Sequential mlp() {
    return new Sequential(new Linear(64, 128), new ReLU(), new Linear(128, 10));
  }

  @Test
  void parametersMultiplyAddsAndActivationsAreThoseOfTheFormulas() {
    var summary = summary(mlp(), 32, 64);
    assertEquals(64 * 128 + 128 + 128 * 10 + 10, summary.parameters());
    assertEquals(summary.parameters(), summary.trainable());
    assertEquals(32 * (64 * 128 + 128 * 10), summary.multiplyAdds());
    assertEquals(32 * (128 + 128 + 10) * 4, summary.root().outputBytes());
  }

  @Test
  void everyLayerShowsTheShapesThatWentInAndOut() {
    var layers = summary(mlp(), 32, 64).root().children();
    assertEquals("(32, 64)", layers.get(0).ran().input());
    assertEquals("(32, 128)", layers.get(0).ran().output());
    assertEquals("(32, 128)", layers.get(1).ran().output());
    assertEquals("(32, 10)", layers.get(2).ran().output());
  }

  @Test
  void aBareModelIsSummedUpForOneSampleOfItsFirstLayersSize() {
    var text = Views.of(mlp()).orElseThrow().text();
    assertTrue(text.contains("(1, 64)"), text);
    assertTrue(text.contains("parameters 9,610 (37.5 KiB)"), text);
  }

  @Test
  void aModelThatTellsNoInputIsShownWithoutShapes() {
    var view = Views.of(new Sequential(new ReLU())).orElseThrow();
    assertFalse(view.text().contains("input"), view.text());
    assertTrue(view.text().contains("ReLU"), view.text());
    assertTrue(view.html().contains("summary(model, 1, …)"));
  }

  @Test
  void frozenParametersAreCountedApart() {
    var body = mlp();
    body.freeze();
    var summary = summary(new Sequential(body, new Linear(10, 2)), 1, 64);
    assertEquals(9_610 + 22, summary.parameters());
    assertEquals(22, summary.trainable());
    assertTrue(summary.text().contains("frozen 9,610"), summary.text());
    assertTrue(summary.html().contains(">frozen</span>"));
  }

  @Test
  void aLayerThatStandsTwiceIsCountedOnceAndItsCallsAreCounted() {
    var shared = new Linear(8, 8);
    var summary = summary(new Sequential(shared, new ReLU(), shared), 4, 8);
    assertEquals(72, summary.parameters());
    assertEquals(2 * 4 * 64, summary.multiplyAdds());
    assertEquals(2, summary.root().children().getFirst().ran().calls());
  }

  @Test
  void aMismatchShowsTheLayersThatRanAndMarksTheOneThatFailed() {
    var model = new Sequential(new Linear(64, 128), new ReLU(), new Linear(100, 10), new ReLU());
    var summary = summary(model, 8, 64);
    var layers = summary.root().children();
    assertEquals(SummaryRow.State.DONE, layers.get(1).ran().state());
    assertEquals(SummaryRow.State.FAILED, layers.get(2).ran().state());
    assertEquals("(8, 128)", layers.get(2).ran().input());
    assertEquals(SummaryRow.State.NOT_REACHED, layers.get(3).ran().state());
    assertTrue(summary.failure().orElseThrow().getMessage().contains("(8, 128)"));
    assertTrue(summary.text().contains("<-- fails here"), summary.text());
    assertTrue(summary.html().contains("fails here"));
  }

  @Test
  void theModelIsLeftAsItWas() {
    var model = mlp();
    model.children().get("1").eval();
    var modes = new ArrayList<Boolean>();
    summary(model, 2, 64);
    model.children().values().forEach(child -> modes.add(child.isTraining()));
    assertTrue(model.isTraining());
    assertEquals(List.of(true, false, true), modes);
    assertNull(model.parameters().getFirst().grad());
    assertTrue(Autograd.isEnabled());
  }

  @Test
  void theRunRecordsNoGradientAndSeesEvaluationMode() {
    var seen = new ArrayList<Boolean>();
    var model =
        new Layer() {
          @Override
          protected Tensor compute(Tensor x) {
            seen.add(isTraining() || Autograd.isEnabled());
            return x;
          }
        };
    summary(model, 1, 3);
    assertEquals(List.of(false), seen);
  }

  @Test
  void aModelOfAThousandLayersStaysWithinItsBytesAndSaysWhatIsLeftOut() {
    var layers = new Layer[1000];
    for (int i = 0; i < layers.length; i++) {
      layers[i] = new Linear(2, 2);
    }
    var html = summary(new Sequential(layers), 1, 2).html();
    Markup.assertWithinBytes(html);
    assertTrue(html.contains("more layers, not shown"));
    assertTrue(html.contains("6,000"));
    Markup.parse(html);
  }

  /** A layer with settings in letters of three bytes each. */
  private static final class Wide extends Layer {
    @Override
    public String describe() {
      return "層".repeat(60);
    }

    @Override
    protected Tensor compute(Tensor x) {
      return x;
    }
  }

  @Test
  void manyLayersInWideLettersAreCutAsOthersAre() {
    var layers = new Layer[1000];
    Arrays.setAll(layers, i -> new Wide());
    var summary = summary(new Sequential(layers), 1, 2);
    Markup.assertWithinBytes(summary.html());
    Markup.assertWithinBytes(summary.text());
    for (var form : List.of(summary.html(), summary.text())) {
      assertTrue(form.contains("層"), "some layers are shown");
      assertTrue(form.contains("more layers, not shown"));
    }
    Markup.parse(summary.html());
  }

  /** Two tensors in, one out. */
  private static final class Mix extends Module {
    final Linear first = child("first", new Linear(4, 2));

    Tensor forward(Tensor a, Tensor b) {
      return call(in -> List.of(first.forward(in.get(0)).add(in.get(1))), a, b).getFirst();
    }
  }

  @Test
  void aModelOfAnotherSignatureIsSeenByOneCall() {
    var model = new Mix();
    var summary = summary(model, () -> model.forward(Tensor.zeros(3, 4), Tensor.zeros(2)));
    assertEquals("(3, 4), (2,)", summary.root().ran().input());
    assertEquals("(3, 2)", summary.root().ran().output());
    assertEquals(3 * 8, summary.multiplyAdds());
    assertTrue(summary.text().contains("for input (3, 4), (2,)"), summary.text());
    assertTrue(Views.of(model).orElseThrow().text().contains("Linear(4 -> 2)"));
  }
}
