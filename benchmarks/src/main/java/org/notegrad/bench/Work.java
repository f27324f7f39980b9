package org.notegrad.bench;

import java.util.List;
import java.util.function.Supplier;
import org.notegrad.DType;
import org.notegrad.Functional;
import org.notegrad.Graph;
import org.notegrad.Tensor;
import org.notegrad.nn.GELU;
import org.notegrad.nn.Layer;
import org.notegrad.nn.Linear;
import org.notegrad.nn.ReLU;
import org.notegrad.nn.Sequential;
import org.notegrad.optim.Adam;
import org.notegrad.optim.Optimizer;
import org.notegrad.optim.SGD;
import org.notegrad.optim.SGDConfig;

/**
 * Something to be timed, which every {@link Side} knows by the same name.
 *
 * @param name as {@code gemm-1024}; float32 unless it says {@code -float64}
 * @param size what the rate counts, for one repeat: floating-point operations, bytes; 0 for none
 * @param unit the rate's unit, in 1e9 a second
 * @param make sets the work up, and gives one repeat of it
 */
record Work(String name, double size, String unit, Supplier<Runnable> make) {
  /** What {@code bench} times, in this order. */
  static List<Work> all() {
    return List.of(
        gemm(256, DType.FLOAT32),
        gemm(512, DType.FLOAT32),
        gemm(1024, DType.FLOAT32),
        gemm(2048, DType.FLOAT32),
        gemm(256, DType.FLOAT64),
        gemm(512, DType.FLOAT64),
        gemm(1024, DType.FLOAT64),
        gemm(2048, DType.FLOAT64),
        add(4096),
        add(1 << 24),
        exp(4096),
        exp(1 << 24),
        new Work("small-sgd", 0, "", () -> small(p -> new SGD(p, 0.01))),
        new Work("small-adam", 0, "", () -> small(p -> new Adam(p, 1e-3))),
        new Work("mlp-adam", 0, "", Work::mlp));
  }

  /** What {@code bench fusion} times beside PyTorch. */
  static List<Work> fusion() {
    return List.of(
        step("momentum", p -> new SGD(p, SGDConfig.of(1e-3).momentum(0.9))),
        step("adam", p -> new Adam(p, 1e-3)),
        gelu(128 * 256),
        gelu(1 << 24),
        new Work("small-sgd", 0, "", () -> small(p -> new SGD(p, 0.01))),
        new Work("small-adam", 0, "", () -> small(p -> new Adam(p, 1e-3))));
  }

  /** One step of 4 M elements. */
  private static Work step(String name, Optimizers optimizers) {
    return new Work(
        name + "-" + (4 << 20),
        0,
        "",
        () -> {
          Tensor parameter = Tensor.rand(4 << 20).requiresGrad(true);
          parameter.setGrad(Tensor.rand(4 << 20).sub(0.5));
          return optimizers.of(List.of(parameter))::step;
        });
  }

  /** Forward and backward. */
  private static Work gelu(int n) {
    return new Work(
        "gelu-" + n,
        0,
        "",
        () -> {
          Tensor x = Tensor.randn(n).requiresGrad(true);
          Tensor gradient = Tensor.randn(n);
          return () -> {
            x.setGrad(null);
            GELU.gelu(x).backward(Graph.FREE, gradient);
          };
        });
  }

  private static Work gemm(int n, DType dtype) {
    return new Work(
        "gemm-" + n + (dtype == DType.FLOAT64 ? "-float64" : ""),
        2.0 * n * n * n,
        "GFLOP/s",
        () -> {
          Tensor a = Tensor.rand(dtype, n, n).sub(0.5);
          Tensor b = Tensor.rand(dtype, n, n).sub(0.5);
          return () -> a.matmul(b);
        });
  }

  private static Work add(int n) {
    return new Work(
        "add-" + n,
        12.0 * n,
        "GB/s",
        () -> {
          Tensor a = Tensor.rand(n);
          Tensor b = Tensor.rand(n);
          return () -> a.add(b);
        });
  }

  private static Work exp(int n) {
    return new Work(
        "exp-" + n,
        n,
        "G/s",
        () -> {
          Tensor a = Tensor.rand(n);
          return () -> a.exp();
        });
  }

  /** Makes an optimizer of parameters. */
  private interface Optimizers {
    Optimizer<?> of(List<Tensor> parameters);
  }

  /** Linear(10, 20), Linear(20, 10), mean squared error, batch 32. */
  private static Runnable small(Optimizers optimizers) {
    Layer model = new Sequential(new Linear(10, 20), new Linear(20, 10));
    Optimizer<?> optimizer = optimizers.of(model.parameters());
    Tensor x = Tensor.rand(32, 10);
    Tensor y = Tensor.rand(32, 10);
    return () -> {
      Tensor loss = Functional.mseLoss(model.forward(x), y);
      optimizer.zeroGrad();
      loss.backward();
      optimizer.step();
    };
  }

  /** 784-256-128-10 with ReLU, cross entropy and Adam, batch 128. */
  private static Runnable mlp() {
    Layer model =
        new Sequential(
            new Linear(784, 256),
            new ReLU(),
            new Linear(256, 128),
            new ReLU(),
            new Linear(128, 10));
    Optimizer<?> adam = new Adam(model.parameters(), 1e-3);
    Tensor x = Tensor.rand(128, 784);
    Tensor y = Tensor.randint(0, 10, 128);
    return () -> {
      Tensor loss = Functional.crossEntropy(model.forward(x), y);
      adam.zeroGrad();
      loss.backward();
      adam.step();
    };
  }
}
