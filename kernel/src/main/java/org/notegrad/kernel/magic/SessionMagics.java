package org.notegrad.kernel.magic;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.notegrad.Notegrad;
import org.notegrad.kernel.KernelVersion;
import org.notegrad.kernel.display.Display;
import org.notegrad.kernel.eval.CellResult;
import org.notegrad.kernel.values.Grid;
import org.notegrad.kernel.values.ValueText;

/** What a session holds and what it runs on. */
final class SessionMagics {
  private static final int VALUE_CHARS = 80;
  private static final int DEPTH = 3;

  private SessionMagics() {}

  static List<Magic> all() {
    return List.of(
        Magic.line(
            "who",
            "",
            "Lists the variables, methods and types of this session.",
            SessionMagics::who),
        Magic.line(
                "reset",
                "",
                "Forgets all variables, methods, types and imports of cells.",
                SessionMagics::reset)
            .details(
                """
                The class path stays, and so do the imports that the kernel and jars bring. What still
                runs in threads goes on: only a restart of the kernel ends everything.
                """),
        Magic.line(
                "threads",
                "",
                "Lists the threads that cells have started and that still run.",
                SessionMagics::threads)
            .details(
                """
                A cell that could not be stopped is here too, with the place where it is. To be rid
                of such a thread, restart the kernel.
                """),
        Magic.line(
            "notegrad",
            "doctor",
            "Tells what Notegrad found on this machine: Java, memory, backends.",
            SessionMagics::doctor));
  }

  private static void expectNothing(MagicCall call) {
    if (!call.arguments().isEmpty()) {
      throw new MagicException("takes nothing after it");
    }
  }

  private static CellResult who(MagicCall call) {
    expectNothing(call);
    var variables = call.java().variables();
    var declarations = call.java().declarations();
    return call.inCell(() -> {
      if (variables.isEmpty() && declarations.isEmpty()) {
        System.out.println("no cell has declared anything");
        return;
      }
      if (!variables.isEmpty()) {
        var rows =
            variables.stream()
                .map(v -> List.of(v.type(), v.name(), ValueText.brief(v.value(), VALUE_CHARS)))
                .toList();
        Display.display(new Grid("Variables", List.of("type", "name", "value"), rows, ""));
      }
      if (!declarations.isEmpty()) {
        var rows = declarations.stream().map(List::of).toList();
        Display.display(new Grid("Types and methods", List.of(), rows, ""));
      }
    });
  }

  private static CellResult reset(MagicCall call) {
    expectNothing(call);
    int count = call.java().variables().size() + call.java().declarations().size();
    var ended = call.notebook().reset(call);
    var told =
        call.inCell(
            () -> System.out.println("forgot " + count + (count == 1 ? " name" : " names")));
    return ended instanceof CellResult.Failure ? ended : told;
  }

  private static CellResult threads(MagicCall call) {
    expectNothing(call);
    return call.inCell(() -> {
      var self = Thread.currentThread();
      var cells = self.getThreadGroup();
      var rows =
          Thread.getAllStackTraces().entrySet().stream()
              .filter(entry -> entry.getKey() != self)
              .filter(entry -> entry.getKey().getThreadGroup() == cells)
              .sorted(Comparator.comparing(entry -> entry.getKey().threadId()))
              .map(entry -> row(entry.getKey(), entry.getValue()))
              .toList();
      if (rows.isEmpty()) {
        System.out.println("no thread of a cell is running");
      } else {
        var header = List.of("thread", "state", "CPU", "where");
        Display.display(new Grid("Threads of cells", header, rows, ""));
      }
    });
  }

  private static List<String> row(Thread thread, StackTraceElement[] stack) {
    var where = new ArrayList<String>();
    for (int i = 0; i < Math.min(DEPTH, stack.length); i++) {
      where.add(stack[i].getMethodName() + ":" + Math.max(0, stack[i].getLineNumber()));
    }
    long cpu = ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.threadId());
    return List.of(
        thread.getName(),
        thread.getState().toString().toLowerCase(Locale.ROOT).replace('_', ' '),
        cpu < 0 ? "" : Units.time(cpu),
        String.join(" < ", where));
  }

  private static CellResult doctor(MagicCall call) {
    if (!call.arguments().equals("doctor")) {
      throw new MagicException("expects: %notegrad doctor");
    }
    var added = call.notebook().classPath().entries();
    return call.inCell(() -> {
      var runtime = Runtime.getRuntime();
      long used = runtime.totalMemory() - runtime.freeMemory();
      var rows =
          List.of(
              List.of("Notegrad", KernelVersion.get()),
              List.of("Java", Runtime.version() + ", " + System.getProperty("java.vendor")),
              List.of(
                  "machine",
                  System.getProperty("os.name")
                      + " "
                      + System.getProperty("os.arch")
                      + ", "
                      + runtime.availableProcessors()
                      + " processors"),
              List.of(
                  "heap",
                  Units.bytes(used) + " used of at most " + Units.bytes(runtime.maxMemory())),
              List.of("backends", Notegrad.explain()),
              List.of("threads", Notegrad.threads() + " for one operation at most"),
              List.of(
                  "JVM options",
                  String.join(" ", ManagementFactory.getRuntimeMXBean().getInputArguments())),
              List.of("class path", added.size() + " entries added by cells"));
      Display.display(new Grid("", List.of(), lines(rows), ""));
    });
  }

  /** Gives every line of a text a row of its own. */
  private static List<List<String>> lines(List<List<String>> rows) {
    var split = new ArrayList<List<String>>();
    for (var row : rows) {
      String name = row.getFirst();
      for (String line : row.getLast().lines().toList()) {
        split.add(List.of(name, line));
        name = "";
      }
    }
    return split;
  }
}
