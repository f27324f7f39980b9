package org.notegrad.kernel.eval;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.notegrad.kernel.eval.weave.ExitRefused;

/** Describes exceptions by the frames that a person wrote. */
final class Tracebacks {

  private static final int SHOWN_FRAMES = 20;
  private static final int SHOWN_AT_END = 5;
  private static final int MOST_MESSAGE_CHARS = 16 * 1024;

  private static final Pattern WRAPPER =
      Pattern.compile("REPL[./]\\$(JShell|Cell)\\$\\d+[A-Z]*(_\\d+[A-Z]*)*[$.]?");
  private static final Pattern MODULES =
      Pattern.compile(" \\([^()]* in (unnamed )?module [^()]*\\)");
  private static final Pattern ANONYMOUS =
      Pattern.compile(
          "\\$JShell\\$anonymous\\$+\\d+"
              + "|REPL[./]\\$(JShell|Cell)\\$\\d+[A-Z]*(_\\d+[A-Z]*)*\\$\\d+(?![\\w$])");
  private static final Pattern LAMBDA = Pattern.compile("lambda\\$(.*)\\$\\d+");

  private final Sources sources;

  Tracebacks(Sources sources) {
    this.sources = sources;
  }

  CellResult.Failure failure(Throwable thrown) {
    return new CellResult.Failure(name(thrown), message(thrown), describe(thrown));
  }

  /**
   * The failure of a cell that was stopped before memory ran out altogether.
   *
   * @param stopped what stopped it; null if it is not known
   */
  CellResult.Failure outOfMemory(Throwable stopped) {
    var error =
        new OutOfMemoryError("the JVM did nothing but collect garbage: the cell was stopped");
    error.setStackTrace(stopped == null ? new StackTraceElement[0] : stopped.getStackTrace());
    return failure(error);
  }

  /** The class as a person knows it. */
  static String name(Throwable thrown) {
    return thrown instanceof ExitRefused
        ? ExitRefused.class.getSimpleName() // nobody has to catch or import it
        : clean(thrown.getClass().getName());
  }

  private static String message(Throwable thrown) {
    try {
      var message = thrown.getLocalizedMessage();
      return message == null ? "" : clean(cut(message));
    } catch (Exception | StackOverflowError e) {
      return "(its getMessage() threw " + e.getClass().getName() + ")";
    }
  }

  private static String cut(String message) {
    return message.length() <= MOST_MESSAGE_CHARS
        ? message
        : message.substring(0, MOST_MESSAGE_CHARS)
            + "... (%,d more characters)".formatted(message.length() - MOST_MESSAGE_CHARS);
  }

  /** Takes the names of JShell's classes and modules out of a text. */
  static String clean(String text) {
    var named = ANONYMOUS.matcher(text).replaceAll("an anonymous class");
    return MODULES
        .matcher(WRAPPER.matcher(named).replaceAll(""))
        .replaceAll("")
        .replace("do_it$", "");
  }

  /** The whole report, causes included, one line a string. */
  List<String> describe(Throwable thrown) {
    var lines = new ArrayList<String>();
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    describe(thrown, "", lines, seen);
    return lines;
  }

  private void describe(Throwable thrown, String lead, List<String> lines, Set<Throwable> seen) {
    for (var one = thrown; one != null && seen.add(one); one = one.getCause()) {
      headline(one, one == thrown ? lead : "Caused by: ", lines);
      frames(one, lines);
      for (var suppressed : one.getSuppressed()) {
        if (!seen.contains(suppressed)) {
          describe(suppressed, "Suppressed: ", lines, seen);
        }
      }
    }
  }

  private static void headline(Throwable thrown, String lead, List<String> lines) {
    var message = message(thrown);
    var name = Ansi.BOLD.paint(name(thrown));
    (lead + name + (message.isEmpty() ? "" : ": " + message)).lines().forEach(lines::add);
    var hint = hint(thrown);
    if (!hint.isEmpty()) {
      lines.add(hint);
    }
  }

  private static String hint(Throwable thrown) {
    return switch (thrown) {
      case StackOverflowError _ -> "The calls below never come to an end, or go too deep.";
      case OutOfMemoryError _ ->
          "The heap of %,d MB is full. Let go of large variables (x = null), or start the kernel with more: NOTEGRAD_JVM_OPTS=-Xmx4g"
              .formatted(Runtime.getRuntime().maxMemory() >> 20);
      default -> "";
    };
  }

  private void frames(Throwable thrown, List<String> lines) {
    var frames = collapse(userFrames(thrown.getStackTrace()));
    boolean quoted = false;
    for (var frame : frames) {
      lines.add(frame.text);
      var source = quoted || frame.element == null ? null : quote(frame.element);
      if (source != null) {
        lines.add(source);
        quoted = true;
      }
    }
  }

  /** Where in the cells a throwable was thrown; empty if it was outside. */
  List<String> places(Throwable thrown) {
    var lines = new ArrayList<String>();
    frames(thrown, lines);
    return lines;
  }

  /** What a living thread is doing, in one line. */
  String whereIs(Thread thread) {
    var frames = thread.getStackTrace();
    if (frames.length == 0) {
      return "    it has ended meanwhile";
    }
    var user = userFrames(frames);
    var from = user.isEmpty() ? "" : ", called from " + place(user.getFirst());
    var lock = lockOwner(thread);
    return "    in " + frames[0].getClassName() + "." + frames[0].getMethodName() + lock + from;
  }

  private static String lockOwner(Thread thread) {
    var info = ManagementFactory.getThreadMXBean().getThreadInfo(thread.threadId());
    return info == null || info.getLockOwnerName() == null
        ? ""
        : ", waiting for a lock that thread \"" + info.getLockOwnerName() + "\" holds";
  }

  private List<StackTraceElement> userFrames(StackTraceElement[] all) {
    var user = new ArrayList<StackTraceElement>();
    for (var element : all) {
      boolean ours = UserClassLoader.NAME.equals(element.getClassLoaderName());
      if (ours
          && (element.getLineNumber() > 0 || ANONYMOUS.matcher(element.getClassName()).find())) {
        user.add(sources.moved(element));
      }
    }
    return user;
  }

  private record Frame(StackTraceElement element, String text) {}

  /** Frames that repeat become one line, and of a long stack the middle is left out. */
  private static List<Frame> collapse(List<StackTraceElement> elements) {
    var frames = new ArrayList<Frame>();
    for (int at = 0; at < elements.size(); ) {
      var element = elements.get(at);
      int next = at + 1;
      while (next < elements.size() && elements.get(next).equals(element)) {
        next++;
      }
      frames.add(new Frame(element, "    at " + place(element)));
      if (next - at > 1) {
        frames.add(new Frame(null, "    ... and %,d times more".formatted(next - at - 1)));
      }
      at = next;
    }
    if (frames.size() <= SHOWN_FRAMES) {
      return frames;
    }
    var shown = new ArrayList<>(frames.subList(0, SHOWN_FRAMES - SHOWN_AT_END));
    shown.add(new Frame(null, "    ... %,d more".formatted(frames.size() - SHOWN_FRAMES)));
    shown.addAll(frames.subList(frames.size() - SHOWN_AT_END, frames.size()));
    return shown;
  }

  /** Such as {@code Net.forward (cell [3], line 4)}. */
  static String place(StackTraceElement element) {
    var line = element.getLineNumber() > 0 ? ", line " + element.getLineNumber() : "";
    var where = Ansi.BOLD.paint(element.getFileName() + line);
    var method = method(element);
    return method.isEmpty() ? where : method + " (" + where + ")";
  }

  private static String method(StackTraceElement element) {
    var type = clean(element.getClassName());
    var lambda = LAMBDA.matcher(element.getMethodName());
    var name = lambda.matches() ? lambda.group(1) : element.getMethodName();
    var suffix = lambda.matches() ? "lambda" : "";
    name =
        switch (name) {
          case "<init>", "new" -> "new";
          case "<clinit>", "static" -> "static initializer";
          default -> name.startsWith("do_it$") ? "" : name;
        };
    var whole = new ArrayList<String>();
    for (var part : List.of(type, name, suffix)) {
      if (!part.isEmpty()) {
        whole.add(part);
      }
    }
    return String.join(".", whole);
  }

  private String quote(StackTraceElement element) {
    var line = sources.quote(element.getFileName(), element.getLineNumber());
    return line == null ? null : "      %3d | %s".formatted(element.getLineNumber(), line);
  }
}
