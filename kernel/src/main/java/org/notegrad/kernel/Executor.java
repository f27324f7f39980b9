package org.notegrad.kernel;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.notegrad.kernel.channel.Channel;
import org.notegrad.kernel.channel.Json;
import org.notegrad.kernel.channel.Message;
import org.notegrad.kernel.channel.Outbox;
import org.notegrad.kernel.channel.StreamName;
import org.notegrad.kernel.display.Display;
import org.notegrad.kernel.display.MimeBundle;
import org.notegrad.kernel.display.Renderers;
import org.notegrad.kernel.eval.Cell;
import org.notegrad.kernel.eval.CellResult;
import org.notegrad.kernel.eval.Ran;
import org.notegrad.kernel.magic.NotebookEvaluator;
import org.notegrad.kernel.memory.Enduring;
import org.notegrad.kernel.memory.HeapReserve;
import org.notegrad.viz.Screen;

/** Carries out execute requests: runs the code, shows its result, answers. */
final class Executor {
  /** How the code of a request ended, as its reply tells it. */
  enum Outcome {
    OK,
    ERROR
  }

  private static final String OUT_OF_MEMORY = OutOfMemoryError.class.getName();
  private static final String FULL_HEAP =
      "The heap is full. Let go of large variables (x = null), or restart the kernel.";

  private final Outbox outbox;
  private final Supplier<NotebookEvaluator> evaluator;
  private final Renderers renderers;
  private final CellOutputs outputs;
  private final HistoryThread history;
  private final Consumer<Message> fullHeap = this::replyFullHeap;
  private long cells;
  private int nextCount = 1;
  private boolean replied;

  Executor(
      Outbox outbox,
      Supplier<NotebookEvaluator> evaluator,
      Renderers renderers,
      CellOutputs outputs,
      HistoryThread history) {
    this.outbox = outbox;
    this.evaluator = evaluator;
    this.renderers = renderers;
    this.outputs = outputs;
    this.history = history;
  }

  /** Carries out a request and answers it, whatever happens. */
  Outcome execute(Message request) {
    replied = false;
    try {
      return carryOut(request);
    } catch (OutOfMemoryError e) {
      if (!replied) {
        Enduring.run(fullHeap, request);
      }
      return Outcome.ERROR;
    }
  }

  private void replyFullHeap(Message request) {
    var content = error(OUT_OF_MEMORY, FULL_HEAP, List.of(OUT_OF_MEMORY, FULL_HEAP)).content();
    content.addProperty("status", "error");
    content.addProperty("execution_count", nextCount - 1);
    reply(request, content, Instant.now().toString());
  }

  private Outcome carryOut(Message request) {
    String started = Instant.now().toString();
    String code = request.text("code", "");
    boolean silent = request.flag("silent", false);
    boolean store = !silent && request.flag("store_history", true);
    int count = nextCount;
    if (store) {
      nextCount++;
    }
    if (!silent) {
      var input = Json.object("code", code, "execution_count", count);
      outbox.publish("execute_input", request.header(), input);
    }
    var help = HelpQuery.in(code);
    Shown shown = help.isPresent() ? new Shown.Nothing() : run(request, code, count);
    if (shown instanceof Shown.Result(MimeBundle bundle) && !silent) {
      var content =
          Json.object(
              "execution_count", count, "data", bundle.data(), "metadata", bundle.metadata());
      outbox.publish("execute_result", request.header(), content);
    }
    JsonObject reply =
        switch (shown) {
          case Shown.Error(JsonObject error) -> {
            outbox.publish("error", request.header(), error);
            var content = error.deepCopy();
            content.addProperty("status", "error");
            content.add("user_expressions", new JsonObject());
            yield content;
          }
          case Shown.Result _, Shown.Nothing _ ->
              Json.object("status", "ok", "user_expressions", userExpressions(request, count));
        };
    reply.addProperty("execution_count", count);
    reply.add("payload", Json.of(help.map(this::pages).orElse(List.of())));
    reply(request, reply, started);
    if (store) {
      history.add(count, code, shown instanceof Shown.Result(var bundle) ? bundle.plainText() : "");
    }
    return shown instanceof Shown.Error ? Outcome.ERROR : Outcome.OK;
  }

  /** What {@code name?} opens beside the notebook. */
  private List<JsonObject> pages(HelpQuery help) {
    var data =
        evaluator
            .get()
            .inspect(help.name(), help.name().length(), help.level())
            .map(Requests::data)
            .orElse(Map.of(MimeBundle.TEXT, "Nothing is known of " + help.name()));
    return List.of(Json.object("source", "page", "data", data, "start", 0));
  }

  /** Answers a request that will not be carried out, since one before it failed. */
  void abort(Message request) {
    var content = Json.object("status", "aborted", "execution_count", nextCount - 1);
    reply(request, content, Instant.now().toString());
  }

  private void reply(Message request, JsonObject content, String started) {
    var metadata = Json.object("started", started, "status", content.get("status"));
    outbox.reply(Channel.SHELL, request, "execute_reply", content, metadata);
    replied = true;
  }

  /** Runs a widget's handler under a cell's rules; what it throws is shown on stderr. */
  void runHandler(Message message, Runnable handler) {
    long id = ++cells;
    outputs.begin(id, message);
    var cell = new Cell(id, "comm", "");
    if (evaluator.get().runInCell(cell, Executors.callable(handler))
            instanceof Ran.Ended<Object>(CellResult result)
        && shown(cell, result) instanceof Shown.Error(JsonObject error)) {
      var lines = new StringBuilder();
      error.getAsJsonArray("traceback").forEach(l -> lines.append(l.getAsString()).append('\n'));
      outbox.stream(StreamName.STDERR, message.header(), lines.toString());
    }
  }

  /** What a client shows of a cell. */
  private sealed interface Shown {
    record Result(MimeBundle bundle) implements Shown {}

    record Nothing() implements Shown {}

    record Error(JsonObject content) implements Shown {}
  }

  private Shown run(Message request, String code, int count) {
    long id = ++cells;
    outputs.begin(id, request);
    var cell = new Cell(id, "cell [" + count + "]", code);
    HeapReserve.balance();
    CellResult result = evaluate(cell);
    HeapReserve.balanceIfGiven();
    Shown shown = shown(cell, result);
    for (Runnable ending : outputs.end(id, outcome(result))) {
      evaluator.get().runInCell(cell, Executors.callable(ending));
    }
    return shown;
  }

  private CellResult evaluate(Cell cell) {
    try {
      return evaluator.get().evaluate(cell);
    } catch (OutOfMemoryError e) { // not even the report of the cell's own error had room
      HeapReserve.release();
      return new CellResult.Failure(OUT_OF_MEMORY, FULL_HEAP, List.of(OUT_OF_MEMORY, FULL_HEAP));
    }
  }

  private static Screen.Outcome outcome(CellResult result) {
    return switch (result) {
      case CellResult.Value _, CellResult.Nothing _ -> Screen.Outcome.COMPLETED;
      case CellResult.Failure _ -> Screen.Outcome.FAILED;
      case CellResult.Interrupted _, CellResult.Abandoned _ -> Screen.Outcome.INTERRUPTED;
    };
  }

  private Shown shown(Cell cell, CellResult result) {
    return switch (result) {
      case CellResult.Value(Display _), CellResult.Nothing _ -> new Shown.Nothing();
      case CellResult.Value(Object value) ->
          switch (evaluator.get().runInCell(cell, () -> renderers.render(value))) {
            case Ran.Returned<MimeBundle>(MimeBundle bundle) -> new Shown.Result(bundle);
            case Ran.Ended<MimeBundle>(CellResult ended) -> shown(cell, ended);
          };
      case CellResult.Failure(String name, String message, List<String> traceback) ->
          error(name, message, traceback);
      case CellResult.Interrupted(List<String> traceback) ->
          error("Interrupted", "the cell was interrupted", traceback);
      case CellResult.Abandoned(String thread, List<String> traceback) ->
          error("Abandoned", "thread " + thread + " did not stop and goes on", traceback);
    };
  }

  private static Shown.Error error(String name, String message, List<String> traceback) {
    return new Shown.Error(Json.object("ename", name, "evalue", message, "traceback", traceback));
  }

  private JsonObject userExpressions(Message request, int count) {
    var values = new JsonObject();
    if (request.content().get("user_expressions") instanceof JsonObject expressions) {
      for (var expression : expressions.entrySet()) {
        Shown shown = run(request, expression.getValue().getAsString(), count);
        values.add(
            expression.getKey(),
            switch (shown) {
              case Shown.Result(MimeBundle bundle) ->
                  Json.object("status", "ok", "data", bundle.data(), "metadata", bundle.metadata());
              case Shown.Nothing _ ->
                  Json.object("status", "ok", "data", Map.of(), "metadata", Map.of());
              case Shown.Error(JsonObject error) -> {
                error.addProperty("status", "error");
                yield error;
              }
            });
      }
    }
    return values;
  }
}
