package org.notegrad.kernel.magic;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.google.gson.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.notegrad.kernel.display.Clear;
import org.notegrad.kernel.display.Comm;
import org.notegrad.kernel.display.Display;
import org.notegrad.kernel.display.DisplaySink;
import org.notegrad.kernel.display.MimeBundle;
import org.notegrad.kernel.display.Renderers;
import org.notegrad.kernel.eval.Cell;
import org.notegrad.kernel.eval.CellResult;
import org.notegrad.kernel.eval.EvaluatorOptions;
import org.notegrad.kernel.eval.JavaEvaluator;

/** A notebook's evaluator for a test, with what its cells have printed and displayed. */
final class Notebook implements AutoCloseable, DisplaySink, Comm.Hub {
  final Renderers renderers = new Renderers();
  final JavaEvaluator java = JavaEvaluator.start(EvaluatorOptions.defaults());
  final NotebookEvaluator evaluator = new NotebookEvaluator(java, renderers);
  final List<MimeBundle> displays = new ArrayList<>();
  final Map<String, Comm.Target> targets = new HashMap<>();
  final List<String> comms = new ArrayList<>();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private long count;

  Notebook() {
    var capture = new PrintStream(printed, true, StandardCharsets.UTF_8);
    System.setOut(capture);
    System.setErr(capture);
    Display.connect(this);
    Comm.connect(this);
  }

  CellResult run(String code) {
    printed.reset();
    displays.clear();
    return evaluator.evaluate(new Cell(++count, "cell [1]", code));
  }

  /** Runs a cell that must end well. */
  CellResult done(String code) {
    var result = run(code);
    switch (result) {
      case CellResult.Value _, CellResult.Nothing _ -> {}
      default -> throw new AssertionError(result.toString());
    }
    return result;
  }

  Object value(String code) {
    return assertInstanceOf(CellResult.Value.class, run(code)).value();
  }

  /** The report of a cell that must fail, without its colours. */
  List<String> failure(String code) {
    var result = run(code);
    return assertInstanceOf(CellResult.Failure.class, result, result::toString).traceback().stream()
        .map(line -> line.replaceAll("\u001b\\[[\\d;]*m", ""))
        .toList();
  }

  /** What the last cell printed. */
  String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  /** The text of what the last cell displayed. */
  String displayed() {
    return String.join("\n", displays.stream().map(MimeBundle::plainText).toList());
  }

  @Override
  public synchronized void show(MimeBundle bundle, String id) {
    displays.add(bundle);
  }

  @Override
  public synchronized void update(MimeBundle bundle, String id) {
    displays.add(bundle);
  }

  @Override
  public void clear(Clear when) {}

  @Override
  public void register(String target, Comm.Target opened) {
    targets.put(target, opened);
  }

  @Override
  public void open(Comm comm, JsonObject data) {
    comms.add("open " + comm.id() + " " + comm.target() + " " + data);
  }

  @Override
  public void send(Comm comm, JsonObject data, JsonObject metadata, List<byte[]> buffers) {
    comms.add("send " + comm.id() + " " + data + " " + metadata + " " + buffers.size());
  }

  @Override
  public void close(Comm comm, JsonObject data) {
    comms.add("close " + comm.id());
  }

  @Override
  public Renderers renderers() {
    return renderers;
  }

  @Override
  public void close() {
    System.setOut(out);
    System.setErr(err);
    java.close();
  }
}
