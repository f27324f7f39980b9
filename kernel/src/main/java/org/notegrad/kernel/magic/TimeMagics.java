package org.notegrad.kernel.magic;

import java.util.EnumSet;
import java.util.List;
import org.notegrad.kernel.display.Display;
import org.notegrad.kernel.eval.CellResult;
import org.notegrad.kernel.eval.Excerpt;
import org.notegrad.kernel.magic.Magic.Form;
import org.notegrad.kernel.magic.Magic.Operands;

/** {@code %time} and {@code %timeit}. */
final class TimeMagics {
  private static final String OPEN =
      "(org.notegrad.kernel.magic.Repeated) (long notegrad$runs) -> {"
          + " for (; notegrad$runs > 0; notegrad$runs--) { ";
  private static final String CLOSE = " org.notegrad.kernel.magic.Repeated.barrier(); } }";

  private TimeMagics() {}

  static List<Magic> all() {
    return List.of(
        Magic.line(
                "time", "STATEMENT", "Runs Java once and tells how long it took.", TimeMagics::time)
            .forms(EnumSet.allOf(Form.class))
            .operands(Operands.JAVA)
            .details(
                """
                Shows the wall time, the processor time of all threads and the memory allocated;
                compiling the code is not counted. The value is shown as without `%time`.
                A first run is mostly the JVM's warming up: `%timeit` measures what it is like after.

                ```
                %time x.matmul(w)
                %%time
                for (int i = 0; i < 10; i++) model.forward(x);
                ```
                """),
        Magic.line(
                "timeit",
                "[-n RUNS] [-r SAMPLES] CODE",
                "Runs Java until its time is steady, then measures it.",
                TimeMagics::timeit)
            .forms(EnumSet.allOf(Form.class))
            .operands(Operands.JAVA)
            .details(
                """
                A JVM interprets code first and compiles what is used often, so first runs say
                little. Samples are taken until they agree and the compiler rests (4 seconds at
                most), then for a second. Shown are the median and the middle half of the samples,
                and what a run allocates. The result of an expression is used, so that the compiler
                can't leave the work out.

                `-n` sets how many runs make a sample, `-r` how many samples count.

                ```
                %timeit x.matmul(w)
                %%timeit -r 20
                var y = x.mul(2);
                y.sum();
                ```
                """));
  }

  private static CellResult time(MagicCall call) {
    if (!call.isWholeCell() && call.arguments().isEmpty()) {
      throw new MagicException("expects Java after it: %time x.matmul(w)");
    }
    var meter = new RunCost.Meter();
    CellResult result;
    try (var _ = call.java().meter(meter)) {
      result = call.isWholeCell() ? call.evaluateBody() : call.evaluateArguments();
    }
    return switch (result) {
      case CellResult.Value _, CellResult.Nothing _ -> {
        var shown = call.inCell(() -> Display.display(new CostView(meter.sum())));
        yield shown instanceof CellResult.Nothing ? result : shown;
      }
      case CellResult.Failure _, CellResult.Interrupted _, CellResult.Abandoned _ -> result;
    };
  }

  private static CellResult timeit(MagicCall call) {
    var options = TimeitOptions.of(call.arguments());
    int start;
    int end;
    if (call.isWholeCell()) {
      if (options.length() < call.arguments().length()) {
        throw new MagicException(
            "takes only -n RUNS and -r SAMPLES on its line; the code stands below it");
      }
      start = call.part().bodyStart();
      end = call.cell().code().length();
    } else {
      start = call.part().argumentsStart() + options.length();
      end = call.part().end();
    }
    if (call.cell().code().substring(start, end).isBlank()) {
      throw new MagicException("expects Java to measure: %timeit x.matmul(w)");
    }
    return switch (repeated(call, start, end)) {
      case CellResult.Value(Repeated code) ->
          call.inCell(() -> Display.display(new TimingView(measure(code, options))));
      case CellResult.Value _, CellResult.Nothing _ ->
          throw new IllegalStateException("the code to measure did not become a loop");
      case CellResult other -> other;
    };
  }

  private static Timing measure(Repeated code, TimeitOptions options) throws Exception {
    try {
      return new Stopwatch(code, options.runs(), options.samples()).measure();
    } catch (Exception | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new MagicException("the code threw " + e, e);
    }
  }

  /** The code as a loop: as an expression whose value is used, or else as statements. */
  private static CellResult repeated(MagicCall call, int start, int end) {
    String code = call.cell().code();
    int last = end;
    while (last > start
        && (Character.isWhitespace(code.charAt(last - 1)) || code.charAt(last - 1) == ';')) {
      last--;
    }
    if (code.substring(start, last).indexOf(';') < 0) {
      var expression =
          new Excerpt(
              start, last, OPEN + "org.notegrad.kernel.magic.Repeated.keep(", "\n);" + CLOSE);
      var result = call.java().evaluate(call.cell(), expression);
      if (!(result instanceof CellResult.Failure) || call.notebook().isInterrupted()) {
        return result;
      }
    }
    return call.java().evaluate(call.cell(), new Excerpt(start, last, OPEN, "\n;" + CLOSE));
  }
}
