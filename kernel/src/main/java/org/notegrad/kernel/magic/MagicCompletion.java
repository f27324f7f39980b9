package org.notegrad.kernel.magic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.notegrad.kernel.eval.Completion;
import org.notegrad.kernel.eval.Completion.Candidate;
import org.notegrad.kernel.eval.Completion.Kind;
import org.notegrad.kernel.magic.CellParts.Part;
import org.notegrad.kernel.magic.Magic.Form;
import org.notegrad.kernel.magic.Magic.Operands;

/** Completes names of magics and their arguments. */
final class MagicCompletion {
  private static final int MOST_FILES = 200;

  private final NotebookEvaluator notebook;

  MagicCompletion(NotebookEvaluator notebook) {
    this.notebook = notebook;
  }

  Completion complete(List<Part> parts, String code, int cursor) {
    int lineStart = code.lastIndexOf('\n', cursor - 1) + 1;
    String before = code.substring(lineStart, cursor);
    if (before.strip().matches("%%?[\\p{L}\\p{N}_]*") && !before.endsWith(" ")) {
      return names(code, cursor - before.strip().length(), cursor);
    }
    for (Part part : parts) {
      if (part instanceof Part.Call call) {
        if (call.start() <= cursor && cursor <= Math.max(call.end(), lineEnd(code, call))) {
          return arguments(call, code, cursor);
        }
        if (call.form() == Form.CELL) {
          return body(call, code, cursor);
        }
      }
    }
    return notebook.java().complete(notebook.javaOf(code), cursor);
  }

  private static int lineEnd(String code, Part.Call call) {
    int end = code.indexOf('\n', call.start());
    return end < 0 ? code.length() : end;
  }

  private Completion names(String code, int start, int end) {
    String written = code.substring(start, end);
    boolean atTop = code.substring(0, start).isBlank();
    var candidates = new ArrayList<Candidate>();
    for (Magic magic : notebook.magics().all()) {
      for (Form form : magic.forms()) {
        String name = form.sign() + magic.name();
        if (name.startsWith(written) && (form == Form.LINE || atTop)) {
          candidates.add(new Candidate(name, Kind.FUNCTION, magic.summary()));
        } else if (form == Form.CELL && atTop && name.startsWith("%" + written)) {
          candidates.add(new Candidate(name, Kind.FUNCTION, magic.summary()));
        }
      }
    }
    return new Completion(start, end, candidates);
  }

  private Completion arguments(Part.Call call, String code, int cursor) {
    var operands = notebook.magics().find(call.name()).map(Magic::operands);
    return switch (operands.orElse(Operands.OTHER)) {
      case JAVA -> {
        int start = Math.min(call.argumentsStart(), cursor);
        String java = CellParts.only(code, start, Math.max(cursor, call.end()));
        yield notebook.java().complete(java, cursor);
      }
      case FILES -> files(code, cursor);
      case MAGICS -> {
        int start = wordStart(code, cursor);
        String prefix = code.substring(start, cursor);
        yield new Completion(
            start,
            cursor,
            notebook.magics().all().stream()
                .filter(magic -> magic.name().startsWith(prefix))
                .map(magic -> new Candidate(magic.name(), Kind.FUNCTION, magic.summary()))
                .toList());
      }
      case OTHER -> new Completion(cursor, cursor, List.of());
    };
  }

  private Completion body(Part.Call call, String code, int cursor) {
    boolean java =
        notebook.magics().find(call.name()).filter(m -> m.operands() == Operands.JAVA).isPresent();
    if (!java) {
      return new Completion(cursor, cursor, List.of());
    }
    return notebook.complete(CellParts.only(code, call.bodyStart(), code.length()), cursor);
  }

  private static int wordStart(String code, int cursor) {
    int start = cursor;
    while (start > 0 && !Character.isWhitespace(code.charAt(start - 1))) {
      start--;
    }
    return start;
  }

  private static Completion files(String code, int cursor) {
    int start = wordStart(code, cursor);
    String written = code.substring(start, cursor);
    int slash = written.lastIndexOf('/') + 1;
    String prefix = written.substring(slash);
    Path folder = FileMagics.path(slash == 0 ? "." : written.substring(0, slash));
    if (!Files.isDirectory(folder)) {
      return new Completion(cursor, cursor, List.of());
    }
    try (Stream<Path> inside = Files.list(folder)) {
      return new Completion(
          start + slash,
          cursor,
          inside
              .filter(file -> file.getFileName().toString().startsWith(prefix))
              .filter(file -> !prefix.isEmpty() || !file.getFileName().toString().startsWith("."))
              .limit(MOST_FILES)
              .map(MagicCompletion::candidate)
              .sorted(Comparator.comparing(Candidate::text))
              .toList());
    } catch (IOException | UncheckedIOException | DirectoryIteratorException e) {
      return new Completion(cursor, cursor, List.of());
    }
  }

  private static Candidate candidate(Path file) {
    boolean folder = Files.isDirectory(file);
    return new Candidate(
        file.getFileName() + (folder ? "/" : ""), folder ? Kind.MODULE : Kind.INSTANCE, "");
  }
}
