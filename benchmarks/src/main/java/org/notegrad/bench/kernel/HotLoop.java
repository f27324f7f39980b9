package org.notegrad.bench.kernel;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.notegrad.kernel.eval.Cell;
import org.notegrad.kernel.eval.CellResult;
import org.notegrad.kernel.eval.EvaluatorOptions;
import org.notegrad.kernel.eval.JavaEvaluator;

/**
 * What a loop costs in a cell, where it can be interrupted, beside the same source in a class that
 * javac compiled. Both are compiled anew for every round, so both meet a cold JIT.
 */
final class HotLoop {

  private static final int ROUNDS = 5;

  /** Loops over locals; each leaves its result in {@code sink}, which keeps the JIT honest. */
  private static final Map<String, String> LOOPS = new LinkedHashMap<>();

  static {
    LOOPS.put(
        "integer chain",
        """
        long x = 1;
        for (int i = 0; i < 400_000_000; i++) x = x * 6364136223846793005L + i;
        sink = x;
        """);
    LOOPS.put(
        "float array sum of two",
        """
        float[] a = new float[4096], b = new float[4096];
        for (int round = 0; round < 1_000_000; round++)
          for (int i = 0; i < a.length; i++) a[i] = a[i] + b[i];
        sink = (long) a[17];
        """);
    LOOPS.put(
        "matrix product, plain",
        """
        int n = 384;
        float[][] p = new float[n][n], q = new float[n][n], r = new float[n][n];
        for (int round = 0; round < 40; round++)
          for (int i = 0; i < n; i++)
            for (int k = 0; k < n; k++) {
              float v = p[i][k];
              for (int j = 0; j < n; j++) r[i][j] += v * q[k][j];
            }
        sink = (long) r[1][1];
        """);
    LOOPS.put(
        "Vector API, fused multiply-add",
        """
        var species = jdk.incubator.vector.FloatVector.SPECIES_PREFERRED;
        float[] a = new float[4096], b = new float[4096];
        for (int round = 0; round < 800_000; round++)
          for (int i = 0; i < a.length; i += species.length()) {
            var va = jdk.incubator.vector.FloatVector.fromArray(
                jdk.incubator.vector.FloatVector.SPECIES_PREFERRED, a, i);
            var vb = jdk.incubator.vector.FloatVector.fromArray(
                jdk.incubator.vector.FloatVector.SPECIES_PREFERRED, b, i);
            va.fma(vb, va).intoArray(a, i);
          }
        sink = (long) a[17];
        """);
    LOOPS.put(
        "calls of a lambda",
        """
        java.util.function.IntUnaryOperator step = v -> v * 31 + 7;
        int y = 0;
        for (int i = 0; i < 400_000_000; i++) y = step.applyAsInt(y);
        sink = y;
        """);
  }

  /**
   * A loop's processor time, medians of the rounds.
   *
   * @param ratio the cell's over the class's
   */
  record Cost(String loop, double classMillis, double cellMillis, double ratio) {}

  private HotLoop() {}

  /** Times every loop. */
  static List<Cost> measure() throws ReflectiveOperationException {
    List<Cost> costs = new ArrayList<>();
    try (var evaluator = JavaEvaluator.start(EvaluatorOptions.defaults())) {
      evaluator.evaluate(new Cell(1, "long sink = 0;"));
      for (var loop : LOOPS.entrySet()) {
        double[] compiled = new double[ROUNDS];
        double[] cell = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
          compiled[round] = inClass(loop.getValue());
          cell[round] = inCell(evaluator, loop.getValue());
        }
        double a = median(compiled);
        double b = median(cell);
        costs.add(new Cost(loop.getKey(), a, b, b / a));
      }
    }
    return costs;
  }

  /** Takes the thread's processor time, which other work on the machine disturbs less. */
  private static String timed(String loop) {
    var clock =
        "java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime()";
    return "long begin = " + clock + ";\n" + loop + "took = (" + clock + " - begin) / 1e6;\n";
  }

  private static double inCell(JavaEvaluator evaluator, String loop) {
    var code = "double took = 0;\n{\n" + timed(loop) + "}\ntook";
    return switch (evaluator.evaluate(new Cell(2, code))) {
      case CellResult.Value(Double millis) -> millis;
      case CellResult result -> throw new IllegalStateException("loop failed: " + result);
    };
  }

  private static double inClass(String loop) throws ReflectiveOperationException {
    var source =
        "public class Loop { static long sink; static double took;\n"
            + "public static double run() {\n"
            + timed(loop)
            + "return took; } }";
    var classes = new CompiledClasses(source);
    return (double) classes.loadClass("Loop").getMethod("run").invoke(null);
  }

  private static double median(double[] values) {
    var sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** Compiles one source in memory and defines what comes out. */
  private static final class CompiledClasses extends ClassLoader {

    private final Map<String, byte[]> classes;

    CompiledClasses(String source) {
      super(HotLoop.class.getClassLoader());
      var compiler = ToolProvider.getSystemJavaCompiler();
      var output = new MemoryOutput(compiler.getStandardFileManager(null, null, null));
      var options = List.of("--add-modules", "jdk.incubator.vector", "-proc:none", "-nowarn");
      var unit =
          new SimpleJavaFileObject(URI.create("memory:///Loop.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
              return source;
            }
          };
      if (!compiler.getTask(null, output, null, options, null, List.of(unit)).call()) {
        throw new IllegalStateException("does not compile:\n" + source);
      }
      classes = output.classes();
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      var bytes = classes.get(name);
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, bytes, 0, bytes.length);
    }
  }
}
