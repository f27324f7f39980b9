package org.notegrad.fuzz;

import java.util.List;
import org.notegrad.nn.BCEWithLogitsLoss;
import org.notegrad.nn.ELU;
import org.notegrad.nn.GELU;
import org.notegrad.nn.HuberLoss;
import org.notegrad.nn.LeakyReLU;
import org.notegrad.nn.SiLU;

/** Activations and losses that are fused from definitions. */
final class LayerOps {
  private LayerOps() {}

  static List<Op> all() {
    return List.of(
        activation("gelu", "GELU", (in, a) -> GELU.gelu(in[0]), "F.gelu(%s, approximate='tanh')"),
        activation("silu", "SiLU", (in, a) -> SiLU.silu(in[0]), "F.silu(%s)"),
        activation("elu", "ELU", (in, a) -> ELU.elu(in[0], a.reals()[0]), "F.elu(%s, %s)"),
        activation(
            "leakyReLU",
            "LeakyReLU",
            (in, a) -> LeakyReLU.leakyReLU(in[0], a.reals()[0]),
            "F.leaky_relu(%s, %s)"),
        loss(
            "huberLoss",
            (in, a) -> new HuberLoss(a.reals()[0]).forward(in[0], in[1]),
            "new HuberLoss(%3$s).forward(%1$s, %2$s)",
            "F.huber_loss(%1$s, %2$s, delta=%3$s)"),
        loss(
            "bceWithLogits",
            (in, a) -> new BCEWithLogitsLoss().forward(in[0], in[1]),
            "new BCEWithLogitsLoss().forward(%1$s, %2$s)",
            "F.binary_cross_entropy_with_logits(%1$s, %2$s)"));
  }

  /** With a number above 0, which gelu and silu leave alone. */
  private static Op activation(String name, String layer, Op.Body run, String python) {
    boolean takesNumber = python.contains(", %s");
    return new Op(
        name,
        m ->
            Op.Use.of(
                m.mostlyReal(), takesNumber ? Args.reals(0.25 * (1 + m.below(6))) : Args.none()),
        (in, a) -> in[0].real(),
        run,
        (in, a) ->
            takesNumber
                ? "%s.%s(%s, %s)".formatted(layer, name, in[0], Args.java(a.reals()[0]))
                : "%s.%s(%s)".formatted(layer, name, in[0]),
        (in, a) ->
            takesNumber
                ? python.formatted(in[0], Args.python(a.reals()[0]))
                : python.formatted(in[0]));
  }

  private static Op loss(String name, Op.Body run, String java, String python) {
    return new Op(
        name,
        m -> {
          int x = m.mostlyReal();
          int target = m.likely(m.fact(x).shape());
          return Op.Use.of(x, target, Args.reals(0.5 * (1 + m.below(4))));
        },
        (in, a) -> Fact.broadcast(in).real().with(),
        run,
        (in, a) -> java.formatted(in[0], in[1], Args.java(a.reals()[0])),
        (in, a) -> python.formatted(in[0], in[1], Args.python(a.reals()[0])));
  }
}
