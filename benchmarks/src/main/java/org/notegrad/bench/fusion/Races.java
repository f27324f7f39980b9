package org.notegrad.bench.fusion;

import java.util.List;
import java.util.function.UnaryOperator;
import org.notegrad.Fused;
import org.notegrad.Graph;
import org.notegrad.Tensor;
import org.notegrad.optim.Adam;
import org.notegrad.optim.AdamConfig;
import org.notegrad.optim.SGD;
import org.notegrad.optim.SGDConfig;

/** What {@code bench fusion} times: definitions as loops beside what they replace. */
public final class Races {
  private static final int LARGE = 4 << 20;
  private static final double RATE = 1e-3;

  private Races() {}

  /** In the order in which they are shown. */
  public static List<Race> all() {
    return List.of(
        momentum(),
        adam(),
        own("RAdam 4 M", true),
        own("AdamW-AMSGrad 4 M", false),
        gelu("GELU 128x256", 128, 256),
        gelu("GELU 16 M", 4096, 4096));
  }

  private static Tensor parameter(int n) {
    Tensor parameter = Tensor.rand(n).requiresGrad(true);
    parameter.setGrad(Tensor.rand(n).sub(0.5));
    return parameter;
  }

  private static float[] random(int n) {
    return Tensor.rand(n).sub(0.5).toFloatArray();
  }

  private static Race momentum() {
    return new Race(
        "momentum 4 M",
        "by hand",
        1,
        () -> new SGD(List.of(parameter(LARGE)), SGDConfig.of(RATE).momentum(0.9))::step,
        () -> {
          float[] p = random(LARGE);
          float[] g = random(LARGE);
          float[] v = new float[LARGE];
          return () -> HandWritten.momentum(RATE, 0.9, p, g, v);
        });
  }

  private static Race adam() {
    return new Race(
        "Adam 4 M",
        "by hand",
        1,
        () -> new Adam(List.of(parameter(LARGE)), RATE)::step,
        () -> {
          float[] p = random(LARGE);
          float[] g = random(LARGE);
          float[] mean = new float[LARGE];
          float[] square = new float[LARGE];
          long[] steps = {0};
          return () -> {
            var step = new HandWritten.Adam(RATE, 0.9, 0.999, 1e-8, ++steps[0]);
            HandWritten.adam(step, p, g, mean, square);
          };
        });
  }

  private static Optimizers.Own own(boolean isRAdam) {
    Tensor parameter = parameter(LARGE);
    var config = AdamConfig.of(RATE).decoupledWeightDecay(0.01);
    return isRAdam
        ? new Optimizers.RAdam(parameter, config)
        : new Optimizers.AmsGradW(parameter, config);
  }

  private static Race own(String name, boolean isRAdam) {
    return new Race(
        name, "op by op", 0.1, () -> own(isRAdam)::step, () -> own(isRAdam)::stepByOperations);
  }

  private static Tensor gelu(Tensor x) {
    Tensor inner = x.square().mul(0.044715).add(1.0).mul(x).mul(0.7978845608028654);
    return x.mul(inner.tanh().add(1.0)).mul(0.5);
  }

  private static Race gelu(String name, int rows, int columns) {
    Fused fused = Fused.of("gelu", Races::gelu);
    return new Race(
        name,
        "composed",
        0.25,
        () -> forwardAndBackward(fused::apply, rows, columns),
        () -> forwardAndBackward(Races::gelu, rows, columns));
  }

  private static Runnable forwardAndBackward(UnaryOperator<Tensor> f, int rows, int columns) {
    Tensor x = Tensor.randn(rows, columns).requiresGrad(true);
    Tensor gradient = Tensor.randn(rows, columns);
    return () -> {
      x.setGrad(null);
      f.apply(x).backward(Graph.FREE, gradient);
    };
  }
}
