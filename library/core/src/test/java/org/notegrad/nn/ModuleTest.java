package org.notegrad.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.notegrad.Autograd.noGrad;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.notegrad.Notegrad;
import org.notegrad.NotegradException;
import org.notegrad.ShapeException;
import org.notegrad.Tensor;

/** What a module holds, saves, loads and tells. */
class ModuleTest {
  private static Sequential net() {
    return new Sequential(new Linear(4, 3), new ReLU(), new Linear(3, 2));
  }

  /** Two layers with one weight, and a buffer. */
  private static final class Tied extends Module {
    final Tensor weight = parameter("weight", Tensor.eye(3));
    final Linear first = child("first", new Linear(3, 3, Linear.Bias.NONE));
    final Module again = child("again", first);
    final Tensor count = buffer("count", Tensor.zeros(1));

    @Override
    protected Tensor compute(Tensor x) {
      return again.forward(first.forward(x.matmul(weight)));
    }
  }

  @Test
  void parametersStandUnderTheirPaths() {
    assertEquals(
        List.of("0.weight", "0.bias", "2.weight", "2.bias"),
        List.copyOf(net().namedParameters().keySet()));
    assertTrue(net().parameters().stream().allMatch(Tensor::requiresGrad));
  }

  @Test
  void sharedParametersStandOnceAndAreSavedUnderEachName() {
    var tied = new Tied();
    assertEquals(List.of("weight", "first.weight"), List.copyOf(tied.namedParameters().keySet()));
    assertEquals(
        List.of("weight", "count", "first.weight", "again.weight"),
        List.copyOf(tied.stateDict().keySet()));
  }

  @Test
  void sharedParametersCollectTheGradientsOfAllUses() {
    var tied = new Tied();
    Tensor x = Tensor.ones(1, 3);
    tied.forward(x).sum().backward();
    Tensor w = tied.first.weight().detach().requiresGrad(true);
    x.matmul(w.t()).matmul(w.t()).sum().backward();
    assertArrayEquals(w.grad().toFloatArray(), tied.first.weight().grad().toFloatArray(), 1e-6f);
  }

  @Test
  void stateGoesFromOneModelToAnother() {
    var from = net();
    var to = net();
    to.loadStateDict(from.stateDict());
    Tensor x = Tensor.randn(5, 4);
    float[] before = from.forward(x).toFloatArray();
    assertArrayEquals(before, to.forward(x).toFloatArray());
    noGrad(() -> to.parameters().forEach(parameter -> parameter.fillInPlace(7)));
    assertArrayEquals(before, from.forward(x).toFloatArray(), "values were copied, not shared");
  }

  @Test
  void wrongStateLeavesTheModelUnchanged() {
    var model = net();
    float[] before = model.parameters().getFirst().toFloatArray();
    Map<String, Tensor> state = new HashMap<>();
    model.stateDict().forEach((name, tensor) -> state.put(name, tensor.add(1.0)));
    Map<String, Tensor> wrongShape = new HashMap<>(state);
    wrongShape.put("2.bias", Tensor.zeros(3));
    var error = assertThrows(ShapeException.class, () -> model.loadStateDict(wrongShape));
    assertTrue(error.getMessage().contains("2.bias"), error.getMessage());
    Map<String, Tensor> missing = new HashMap<>(state);
    missing.remove("0.weight");
    assertThrows(NotegradException.class, () -> model.loadStateDict(missing));
    Map<String, Tensor> unknown = new HashMap<>(state);
    unknown.put("3.weight", Tensor.zeros(1));
    assertThrows(NotegradException.class, () -> model.loadStateDict(unknown));
    assertArrayEquals(before, model.parameters().getFirst().toFloatArray());
  }

  @Test
  void namesAreOnceAndWithoutDots() {
    class Twice extends Module {
      Twice() {
        parameter("a", Tensor.zeros(1));
        child("a", new ReLU());
      }
    }
    class Dotted extends Module {
      Dotted() {
        buffer("a.b", Tensor.zeros(1));
      }
    }
    assertThrows(NotegradException.class, Twice::new);
    assertThrows(NotegradException.class, Dotted::new);
  }

  @Test
  void trainingModeReachesAllInside() {
    var model = new Sequential(net(), new ReLU());
    assertTrue(model.isTraining());
    model.eval();
    assertFalse(model.children().get("0").children().get("2").isTraining());
    model.train();
    assertTrue(model.children().get("0").children().get("2").isTraining());
  }

  @Test
  void frozenModelIsNotTrained() {
    var model = net();
    model.freeze();
    assertFalse(model.forward(Tensor.ones(1, 4)).requiresGrad());
  }

  @Test
  void hooksSeeInputsAndOutputUntilClosed() {
    var layer = new Linear(4, 3);
    List<String> seen = new ArrayList<>();
    var before =
        layer.registerForwardPreHook(
            (module, inputs) -> seen.add("before " + inputs.getFirst().shape()));
    var after =
        layer.registerForwardHook((module, inputs, output) -> {
          assertSame(layer, module);
          seen.add("after " + output.shape());
        });
    layer.forward(Tensor.zeros(2, 4));
    before.close();
    layer.forward(Tensor.zeros(5, 4));
    after.close();
    layer.forward(Tensor.zeros(7, 4));
    assertEquals(List.of("before (2, 4)", "after (2, 3)", "after (5, 3)"), seen);
  }

  @Test
  void hookThatClosesItselfIsCalledOnceAndTheOthersStay() {
    var layer = new ReLU();
    List<String> calls = new ArrayList<>();
    List<Module.Handle> handle = new ArrayList<>();
    handle.add(
        layer.registerForwardHook((module, inputs, output) -> {
          calls.add("closing");
          handle.getFirst().close();
        }));
    layer.registerForwardHook((module, inputs, output) -> calls.add("staying"));
    layer.forward(Tensor.zeros(1));
    layer.forward(Tensor.zeros(1));
    assertEquals(List.of("closing", "staying", "staying"), calls);
  }

  @Test
  void printsTheTreeOfModules() {
    assertEquals(
        """
        Sequential(
          (0): Linear(4 -> 3)
          (1): ReLU()
          (2): Linear(3 -> 2)
        )\
        """,
        net().toString());
    assertEquals("Linear(4 -> 3, no bias)", new Linear(4, 3, Linear.Bias.NONE).toString());
  }

  @Test
  void linearStartsUniformWithinItsBound() {
    Notegrad.manualSeed(3);
    var layer = new Linear(25, 400);
    assertTrue(layer.weight().abs().max().item() <= 0.2);
    assertTrue(layer.weight().abs().max().item() > 0.19);
    assertEquals(0, layer.weight().mean().item(), 0.01);
    assertEquals(0.2 / Math.sqrt(3), layer.weight().flatten().std().item(), 0.005);
    assertTrue(layer.bias().abs().max().item() <= 0.2);
  }

  @Test
  void sameSeedGivesTheSameModel() {
    Notegrad.manualSeed(11);
    float[] first = net().parameters().getFirst().toFloatArray();
    float[] other = net().parameters().getFirst().toFloatArray();
    Notegrad.manualSeed(11);
    assertArrayEquals(first, net().parameters().getFirst().toFloatArray());
    assertFalse(java.util.Arrays.equals(first, other));
  }

  @Test
  void initialValuesHaveTheirSpread() {
    Notegrad.manualSeed(5);
    Tensor weight = Tensor.zeros(300, 200);
    assertEquals(Math.sqrt(6.0 / 500), Init.xavierUniform(weight).abs().max().item(), 1e-4);
    assertEquals(Math.sqrt(6.0 / 200), Init.kaimingUniform(weight).abs().max().item(), 1e-4);
    Init.normal(weight, 2, 0.5);
    assertEquals(2, weight.mean().item(), 0.01);
    assertEquals(0.5, weight.flatten().std().item(), 0.01);
    assertThrows(NotegradException.class, () -> Init.xavierUniform(Tensor.zeros(3)));
  }

  @Test
  void lossesAreTheirFunctions() {
    Tensor x = Tensor.tensor(new double[][] {{1, 2}, {3, 0}});
    assertEquals((1 + 4 + 9) / 4.0, new MSELoss().forward(x, Tensor.zeros(2, 2)).item(), 1e-6);
    double expected = (Math.log1p(Math.exp(1)) + Math.log1p(Math.exp(-3))) / 2;
    assertEquals(expected, new CrossEntropyLoss().forward(x, Tensor.tensor(0L, 0)).item(), 1e-6);
  }
}
