package org.notegrad.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.notegrad.Autograd.noGrad;

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
  private static final class Tied extends Layer {
    final Tensor weight = parameter("weight", Tensor.eye(3));
    final Linear first = child("first", new Linear(3, 3, Linear.Bias.NONE));
    final Linear again = child("again", first);
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
    says(
        "loadStateDict: Sequential misses [0.weight] in the state, and knows no []",
        () -> model.loadStateDict(missing));
    Map<String, Tensor> unknown = new HashMap<>(state);
    unknown.put("3.weight", Tensor.zeros(1));
    says(
        "loadStateDict: Sequential misses [] in the state, and knows no [3.weight]",
        () -> model.loadStateDict(unknown));
    Map<String, Tensor> nothing = new HashMap<>(state);
    nothing.put("2.bias", null);
    says("loadStateDict: 2.bias is null", () -> model.loadStateDict(nothing));
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
  void frozenModelIsNotTrainedUntilItIsUnfrozen() {
    var model = net();
    assertSame(model, model.freeze());
    assertFalse(model.forward(Tensor.ones(1, 4)).requiresGrad());
    model.unfreeze().unfreeze();
    assertTrue(model.parameters().stream().allMatch(Tensor::requiresGrad));
    assertTrue(model.forward(Tensor.ones(1, 4)).requiresGrad());
  }

  @Test
  void aStateDictIsOfItsMomentAndKeepsWhatIsShared() {
    var model = new Tied();
    Map<String, Tensor> state = model.stateDict();
    float[] before = model.first.weight().toFloatArray();
    noGrad(() -> model.first.weight().fillInPlace(7));
    model.count.fillInPlace(3);
    assertArrayEquals(before, state.get("first.weight").toFloatArray());
    assertEquals(0, state.get("count").item());
    assertSame(state.get("first.weight"), state.get("again.weight"));
    assertFalse(state.get("first.weight").requiresGrad());
    state.get("count").fillInPlace(5);
    assertEquals(3, model.count.item());
  }

  @Test
  void modulesStandOnceParentsFirst() {
    var tied = new Tied();
    assertEquals(List.of(tied, tied.first), tied.modules());
  }

  @Test
  void evaluatingGivesEachModuleItsModeBack() {
    var inner = new ReLU();
    var model = new Sequential(inner, new Tanh());
    inner.eval();
    assertEquals(5, model.evaluating(() -> model.isTraining() ? 4 : 5));
    assertThrows(
        IllegalStateException.class,
        () ->
            model.evaluating(() -> {
              throw new IllegalStateException();
            }));
    assertTrue(model.isTraining());
    assertFalse(inner.isTraining());
    assertTrue(model.layers().get(1).isTraining());
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

  /** A module that takes others after it was made. */
  private static final class Box extends Layer {
    Box put(String name, Module module) {
      child(name, module);
      return this;
    }

    @Override
    protected Tensor compute(Tensor x) {
      return x;
    }
  }

  @Test
  void aModuleInItselfIsRefused() {
    var box = new Box();
    String message = "Box: 'a' is a module in which this one is: a model would have no end";
    says(message, () -> box.put("a", box));
    var inner = new Box();
    var outer = new Box().put("b", new Sequential(inner));
    says(message, () -> inner.put("a", outer));
    assertEquals(Map.of(), inner.children(), "nothing was registered");
    assertEquals(3, outer.modules().size());
    outer.put("again", inner); // twice is no cycle
  }

  @Test
  void whatIsNullIsNamed() {
    says("Sequential: '1' is null", () -> new Sequential(new ReLU(), null));
    says("Sequential: the layers are null", () -> new Sequential((Layer[]) null));
    says("Linear: input 0 is null", () -> new Linear(1, 1).forward(null));
    class Without extends Layer {
      Without() {
        parameter("weight", null);
      }

      @Override
      protected Tensor compute(Tensor x) {
        return x;
      }
    }
    says("Without: 'weight' is null", Without::new);
  }

  @Test
  void linearNamesItself() {
    says("Linear: -1 -> 2 features; 0 or more expected", () -> new Linear(-1, 2));
    says("Linear: 2 -> -1 features; 0 or more expected", () -> new Linear(2, -1));
    assertEquals(List.of(3, 0), shape(new Linear(2, 0).forward(Tensor.ones(3, 2))));
    assertEquals(List.of(3, 2), shape(new Linear(0, 2).forward(Tensor.ones(3, 0))));
  }

  private static List<Integer> shape(Tensor tensor) {
    return java.util.Arrays.stream(tensor.shape().toArray()).boxed().toList();
  }

  @Test
  void wrongSpreadsAreNamedAndNothingNeedsNone() {
    Tensor weight = Tensor.zeros(2, 2);
    says("uniform: [1.0, 0.0) is empty", () -> Init.uniform(weight, 1, 0));
    says("uniform: [0.0, NaN) is empty", () -> Init.uniform(weight, 0, Double.NaN));
    says("normal: standard deviation -1.0; 0 or more expected", () -> Init.normal(weight, 0, -1));
    assertEquals(0, Init.kaimingUniform(Tensor.zeros(0, 3)).numel());
    assertEquals(0, Init.xavierUniform(Tensor.zeros(3, 0)).numel());
  }

  /** A chain in which each module holds the next one twice: 2^40 paths. */
  @Test
  void namesOfParametersCostNoMoreThanTheModulesThatHoldThem() {
    Layer inner = new Linear(1, 1);
    for (int i = 0; i < 40; i++) {
      inner = new Box().put("a", inner).put("b", inner);
    }
    assertEquals(2, inner.namedParameters().size());
    assertEquals(41, inner.eval().modules().size());
  }

  private static void says(String message, org.junit.jupiter.api.function.Executable code) {
    assertEquals(message, assertThrows(NotegradException.class, code).getMessage());
  }
}
