package org.notegrad.bench;

import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.openblas.presets.openblas_nolapack;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.ReLUImpl;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.SequentialImpl;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The same work in libtorch, called through JavaCPP in this process. */
public final class LibtorchPeer implements Side {
  static {
    // Where the native libraries are unpacked: 400 MB, which stay inside the clone.
    Path cache = Path.of(System.getProperty("notegrad.root", ".")).resolve(".notegrad/javacpp");
    System.setProperty("org.bytedeco.javacpp.cachedir", cache.toAbsolutePath().toString());
  }

  private Work work;
  private Runnable repeat;

  @Override
  public String describe() {
    return "libtorch "
        + torch.class.getPackage().getImplementationVersion()
        + " with OpenBLAS, through JavaCPP";
  }

  @Override
  public double seconds(Work wanted, int threads, int repeats) {
    torch.set_num_threads(threads);
    openblas_nolapack.blas_set_num_threads(threads); // has threads of its own, beside OpenMP's
    if (work != wanted) {
      work = wanted;
      repeat = make(wanted.name());
    }
    long start = System.nanoTime();
    for (int i = 0; i < repeats; i++) {
      try (var _ = new PointerScope()) {
        repeat.run();
      }
    }
    return (System.nanoTime() - start) / 1e9;
  }

  @Override
  public void close() {
    repeat = null;
  }

  private static Runnable make(String name) {
    String[] parts = name.split("-");
    return switch (parts[0]) {
      case "gemm" -> gemm(Long.parseLong(parts[1]), parts.length > 2 ? "float64" : "float32");
      case "add" -> add(Long.parseLong(parts[1]));
      case "exp" -> exp(Long.parseLong(parts[1]));
      case "small" -> small(parts[1]);
      case "mlp" -> mlp();
      default -> throw new IllegalArgumentException("work unknown to libtorch: " + name);
    };
  }

  private static Runnable gemm(long n, String dtype) {
    ScalarType type = dtype.equals("float64") ? ScalarType.Double : ScalarType.Float;
    Tensor a = torch.rand(n, n).sub(new Scalar(0.5)).to(type);
    Tensor b = torch.rand(n, n).sub(new Scalar(0.5)).to(type);
    return () -> a.matmul(b);
  }

  private static Runnable add(long n) {
    Tensor a = torch.rand(n);
    Tensor b = torch.rand(n);
    return () -> a.add(b);
  }

  private static Runnable exp(long n) {
    Tensor a = torch.rand(n);
    return () -> a.exp();
  }

  private static Runnable small(String optimizer) {
    var model = new SequentialImpl();
    model.push_back(new LinearImpl(10, 20));
    model.push_back(new LinearImpl(20, 10));
    Tensor x = torch.rand(32, 10);
    Tensor y = torch.rand(32, 10);
    return training(
        model,
        parameters ->
            switch (optimizer) {
              case "sgd" -> new SGD(parameters, new SGDOptions(0.01));
              case "adam" -> new Adam(parameters, new AdamOptions(1e-3));
              default -> throw new IllegalArgumentException("no optimizer " + optimizer);
            },
        () -> torch.mse_loss(model.forward(x), y));
  }

  private static Runnable mlp() {
    var model = new SequentialImpl();
    model.push_back(new LinearImpl(784, 256));
    model.push_back(new ReLUImpl());
    model.push_back(new LinearImpl(256, 128));
    model.push_back(new ReLUImpl());
    model.push_back(new LinearImpl(128, 10));
    Tensor x = torch.rand(128, 784);
    Tensor y = torch.randint(10, new long[] {128}).to(ScalarType.Long);
    return training(
        model,
        parameters -> new Adam(parameters, new AdamOptions(1e-3)),
        () -> torch.cross_entropy_loss(model.forward(x), y));
  }

  private static Runnable training(
      SequentialImpl model, Function<TensorVector, Optimizer> optimizers, Supplier<Tensor> loss) {
    Optimizer optimizer = optimizers.apply(model.parameters());
    return () -> {
      Tensor value = loss.get();
      optimizer.zero_grad();
      value.backward();
      optimizer.step();
    };
  }
}
