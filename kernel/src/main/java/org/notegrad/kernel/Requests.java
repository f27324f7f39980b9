package org.notegrad.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Map;
import java.util.function.Supplier;
import org.notegrad.kernel.channel.Json;
import org.notegrad.kernel.channel.Message;
import org.notegrad.kernel.eval.Completeness;
import org.notegrad.kernel.eval.Completion;
import org.notegrad.kernel.eval.Inspection;
import org.notegrad.kernel.magic.NotebookEvaluator;

/** Answers requests about code, and about the kernel, that run nothing. */
final class Requests {
  private final Supplier<NotebookEvaluator> evaluator;
  private final HistoryThread history;

  Requests(Supplier<NotebookEvaluator> evaluator, HistoryThread history) {
    this.evaluator = evaluator;
    this.history = history;
  }

  JsonObject kernelInfo() {
    String java = Runtime.version().toString();
    String notegrad = KernelVersion.get();
    return Json.object(
        "status",
        "ok",
        "protocol_version",
        "5.5",
        "implementation",
        "notegrad",
        "implementation_version",
        notegrad,
        "language_info",
        Json.object(
            "name", "java",
            "version", java,
            "mimetype", "text/x-java-source",
            "file_extension", ".jshell",
            "pygments_lexer", "java",
            "codemirror_mode", "text/x-java",
            "nbconvert_exporter", "script"),
        "banner",
        "Notegrad " + notegrad + " on Java " + java,
        "debugger",
        false,
        "supported_features",
        new JsonArray(),
        "help_links",
        KernelVersion.helpLinks());
  }

  /** Candidates, with their kinds and signatures as JupyterLab reads them. */
  JsonObject complete(Message request) {
    String code = request.text("code", "");
    int cursor = Offsets.toUtf16(code, request.number("cursor_pos", Integer.MAX_VALUE));
    Completion completion = evaluator.get().complete(code, cursor);
    int start = Offsets.toCodePoints(code, completion.start());
    int end = Offsets.toCodePoints(code, completion.end());
    var matches = new JsonArray();
    var types = new JsonArray();
    for (Completion.Candidate candidate : completion.candidates()) {
      matches.add(candidate.text());
      types.add(
          Json.object(
              "start", start,
              "end", end,
              "text", candidate.text(),
              "type", candidate.kind().jupyterName(),
              "signature", candidate.signature()));
    }
    return Json.object(
        "status", "ok",
        "matches", matches,
        "cursor_start", start,
        "cursor_end", end,
        "metadata", Map.of("_jupyter_types_experimental", types));
  }

  JsonObject inspect(Message request) {
    String code = request.text("code", "");
    int cursor = Offsets.toUtf16(code, request.number("cursor_pos", Integer.MAX_VALUE));
    var inspection = evaluator.get().inspect(code, cursor, request.number("detail_level", 0));
    return Json.object(
        "status", "ok",
        "found", inspection.isPresent(),
        "data", inspection.map(Requests::data).orElse(Map.of()),
        "metadata", Map.of());
  }

  /** An inspection as a MIME bundle. */
  static Map<String, String> data(Inspection inspection) {
    return Map.of("text/plain", inspection.text(), "text/html", inspection.html());
  }

  JsonObject isComplete(Message request) {
    return switch (evaluator.get().isComplete(request.text("code", ""))) {
      case Completeness.Complete _ -> Json.object("status", "complete");
      case Completeness.Incomplete(String indent) ->
          Json.object("status", "incomplete", "indent", indent);
      case Completeness.Invalid _ -> Json.object("status", "invalid");
    };
  }

  JsonObject history(Message request) {
    boolean output = request.flag("output", false);
    var entries = new JsonArray();
    for (History.Entry e : history.find(request)) {
      var entry = new JsonArray();
      entry.add(e.session());
      entry.add(e.line());
      if (output) {
        var pair = new JsonArray();
        pair.add(e.input());
        pair.add(Json.of(e.output().isEmpty() ? null : e.output()));
        entry.add(pair);
      } else {
        entry.add(e.input());
      }
      entries.add(entry);
    }
    return Json.object("status", "ok", "history", entries);
  }
}
