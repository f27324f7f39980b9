package org.notegrad.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.notegrad.Handle;
import org.notegrad.NotegradException;
import org.notegrad.Tensor;

/** How modules are called, who sees it, and what a subclass defines. */
class CallsTest {
  /** As an attention or recurrent layer would: two tensors in, two out, each in its place. */
  private static final class Swap extends Module {
    record Swapped(Tensor first, Tensor second) {}

    Swapped forward(Tensor first, Tensor second) {
      var out = call(in -> List.of(in.get(1), in.get(0)), first, second);
      return new Swapped(out.get(0), out.get(1));
    }
  }

  @Test
  void hooksSeeInputsAndOutputsUntilClosed() {
    var layer = new Linear(4, 3);
    List<String> seen = new ArrayList<>();
    var before =
        layer.registerForwardPreHook((module, inputs) -> {
          seen.add("before " + inputs.getFirst().shape());
          return inputs;
        });
    var after =
        layer.registerForwardHook((module, inputs, outputs) -> {
          assertSame(layer, module);
          seen.add("after " + outputs.getFirst().shape());
          return outputs;
        });
    layer.forward(Tensor.zeros(2, 4));
    before.close();
    layer.forward(Tensor.zeros(5, 4));
    after.close();
    layer.forward(Tensor.zeros(7, 4));
    assertEquals(List.of("before (2, 4)", "after (2, 3)", "after (5, 3)"), seen);
  }

  @Test
  void hooksSeeCallsFromInsideAndOfOtherSignatures() {
    var inner = new ReLU();
    var swap = new Swap();
    List<Integer> counts = new ArrayList<>();
    Module.ForwardHook count =
        (module, inputs, outputs) -> {
          counts.add(inputs.size() * 10 + outputs.size());
          return outputs;
        };
    inner.registerForwardHook(count);
    swap.registerForwardHook(count);
    var loss = new MSELoss();
    loss.registerForwardHook(count);
    new Sequential(inner, inner).forward(Tensor.ones(1));
    Tensor one = Tensor.ones(1);
    Tensor two = Tensor.zeros(2);
    assertEquals(new Swap.Swapped(two, one), swap.forward(one, two));
    loss.forward(one, one);
    assertEquals(List.of(11, 11, 22, 21), counts);
  }

  @Test
  void hooksMayReplaceInputsAndOutputs() {
    var layer = new ReLU();
    layer.registerForwardPreHook((module, inputs) -> List.of(inputs.getFirst().neg()));
    layer.registerForwardPreHook((module, inputs) -> List.of(inputs.getFirst().add(1)));
    layer.registerForwardHook((module, inputs, outputs) -> {
      assertArrayEquals(new float[] {3, -1}, inputs.getFirst().toFloatArray());
      return List.of(outputs.getFirst().mul(10));
    });
    layer.registerForwardHook((module, inputs, outputs) -> List.of(outputs.getFirst().sub(1)));
    assertArrayEquals(new float[] {29, -1}, layer.forward(Tensor.tensor(-2.0, 2.0)).toFloatArray());
  }

  @Test
  void whatHooksReturnIsChecked() {
    var layer = new ReLU();
    var nothing = layer.registerForwardPreHook((module, inputs) -> null);
    says("ReLU: the list with the input of a hook is null; 1 tensor expected", layer);
    nothing.close();
    var two = layer.registerForwardPreHook((m, in) -> List.of(in.get(0), in.get(0)));
    says("ReLU: the list with the input of a hook has 2; 1 tensor expected", layer);
    two.close();
    layer.registerForwardHook((m, in, out) -> java.util.Collections.singletonList(null));
    says("ReLU: output of a hook 0 is null", layer);
  }

  @Test
  void aLayerThatComputesNullIsNamed() {
    class Nothing extends Layer {
      @Override
      protected Tensor compute(Tensor x) {
        return null;
      }
    }
    says("Nothing: output 0 is null", new Nothing());
  }

  private static void says(String message, Layer layer) {
    var e = assertThrows(NotegradException.class, () -> layer.forward(Tensor.ones(1)));
    assertEquals(message, e.getMessage());
  }

  @Test
  void hookThatClosesItselfIsCalledOnceAndTheOthersStay() {
    var layer = new ReLU();
    List<String> calls = new ArrayList<>();
    List<Handle> handle = new ArrayList<>();
    handle.add(
        layer.registerForwardHook((module, inputs, outputs) -> {
          calls.add("closing");
          handle.getFirst().close();
          return outputs;
        }));
    layer.registerForwardHook((module, inputs, outputs) -> {
      calls.add("staying");
      return outputs;
    });
    layer.forward(Tensor.zeros(1));
    layer.forward(Tensor.zeros(1));
    assertEquals(List.of("closing", "staying", "staying"), calls);
  }

  @Test
  void aHandleClosesItsOwnRegistrationOnce() {
    var layer = new ReLU();
    List<Tensor> seen = new ArrayList<>();
    Module.ForwardPreHook hook =
        (module, inputs) -> {
          seen.addAll(inputs);
          return inputs;
        };
    var first = layer.registerForwardPreHook(hook);
    layer.registerForwardPreHook(hook);
    first.close();
    first.close();
    layer.forward(Tensor.zeros(1));
    assertEquals(1, seen.size());
  }

  // ---- what the compiler says -----------------------------------------------------------------

  @TempDir Path classes;

  /** As it stands in every tutorial of PyTorch: it must not compile to something else. */
  @Test
  void whoWritesForwardIsToldToDefineCompute() {
    for (String modifier : List.of("public ", "protected ", "")) {
      List<String> errors =
          errors(
              """
              class Net extends org.notegrad.nn.Layer {
                final org.notegrad.nn.Linear out = child("out", new org.notegrad.nn.Linear(2, 2));
                %sorg.notegrad.Tensor forward(org.notegrad.Tensor x) {
                  return out.forward(x).relu();
                }
              }
              """
                  .formatted(modifier));
      String all = String.join("\n", errors);
      assertTrue(
          all.contains("does not override abstract method compute(org.notegrad.Tensor)"), all);
      assertTrue(all.contains("overridden method is final"), all);
    }
  }

  @Test
  void aModuleIsNoLayerOfASequential() {
    List<String> errors =
        errors(
            """
            class Net extends org.notegrad.nn.Module {
              org.notegrad.Tensor forward(org.notegrad.Tensor x) {
                return x;
              }

              static Object model = new org.notegrad.nn.Sequential(new Net());
            }
            """);
    assertTrue(errors.toString().contains("Net cannot be converted"), errors.toString());
  }

  @Test
  void whoDefinesComputeCompiles() {
    assertEquals(
        List.of(),
        errors(
            """
            class Net extends org.notegrad.nn.Layer {
              protected org.notegrad.Tensor compute(org.notegrad.Tensor x) {
                return x.relu();
              }
            }
            """));
  }

  private List<String> errors(String source) {
    var file =
        new SimpleJavaFileObject(URI.create("string:///Net.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    var found = new DiagnosticCollector<JavaFileObject>();
    String library =
        Path.of(
                URI.create(
                    Layer.class.getProtectionDomain().getCodeSource().getLocation().toString()))
            .toString();
    var options = List.of("--class-path", library, "-d", classes.toString());
    ToolProvider.getSystemJavaCompiler()
        .getTask(null, null, found, options, null, List.of(file))
        .call();
    return found.getDiagnostics().stream()
        .filter(one -> one.getKind() == Diagnostic.Kind.ERROR)
        .map(one -> one.getMessage(Locale.ROOT))
        .toList();
  }
}
