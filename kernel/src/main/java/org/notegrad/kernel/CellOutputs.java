package org.notegrad.kernel;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.notegrad.kernel.channel.CellInputStream;
import org.notegrad.kernel.channel.CellPrintStream;
import org.notegrad.kernel.channel.Channel;
import org.notegrad.kernel.channel.Json;
import org.notegrad.kernel.channel.Message;
import org.notegrad.kernel.channel.Outbox;
import org.notegrad.kernel.channel.StreamName;
import org.notegrad.kernel.display.Clear;
import org.notegrad.kernel.display.Display;
import org.notegrad.kernel.display.DisplaySink;
import org.notegrad.kernel.display.MimeBundle;
import org.notegrad.kernel.display.Renderers;
import org.notegrad.kernel.eval.JavaEvaluator;
import org.notegrad.viz.Screen;
import org.notegrad.viz.View;

/**
 * What cells print, display and read. Everything goes to the cell that the calling thread works
 * for, also long after that cell has ended; threads of no cell count to the last one.
 */
final class CellOutputs implements DisplaySink, Screen, CellInputStream.LineSource {
  /** Cells whose late output still finds its place. */
  private static final int REMEMBERED = 10_000;

  private final Outbox outbox;
  private final Renderers renderers;
  private final Map<Long, Message> requests = new LinkedHashMap<>();
  private final LinkedBlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final ReentrantLock asking = new ReentrantLock();
  private final CellInputStream input = new CellInputStream(this);
  private final CellPrintStream out;
  private final CellPrintStream err;
  private final List<AtEnd> atEnd = new ArrayList<>();
  private Message last;
  private long running;

  /** What a view wants to do when the cell that showed it ends. */
  private record AtEnd(long cell, Consumer<Screen.Outcome> action) {}

  CellOutputs(Outbox outbox, Renderers renderers) {
    this.outbox = outbox;
    this.renderers = renderers;
    this.out = stream(StreamName.STDOUT);
    this.err = stream(StreamName.STDERR);
  }

  /** Makes the standard streams, displays and views those of the cells. */
  void install() {
    System.setOut(out);
    System.setErr(err);
    System.setIn(input);
    Display.connect(this);
    Screen.use(this);
  }

  /** A cell may put streams of its own in their place, but the compiler fails without any. */
  private void replaceMissingStreams() {
    if (System.out == null) {
      System.setOut(out);
    }
    if (System.err == null) {
      System.setErr(err);
    }
    if (System.in == null) {
      System.setIn(input);
    }
  }

  private CellPrintStream stream(StreamName name) {
    return new CellPrintStream(text -> outbox.stream(name, parent(), text), outbox::flush);
  }

  /** Output of this cell belongs to this request from now on. */
  void begin(long cell, Message request) {
    synchronized (requests) {
      requests.put(cell, request);
      last = request;
      running = cell;
      if (requests.size() > REMEMBERED) {
        requests.remove(requests.keySet().iterator().next());
      }
    }
    input.forget();
    replaceMissingStreams();
  }

  /**
   * What the cell's views still have to do, now that it has ended; each may run code of the cell's.
   */
  List<Runnable> end(long cell, Screen.Outcome outcome) {
    synchronized (requests) {
      var due = atEnd.stream().filter(a -> a.cell == cell).toList();
      atEnd.removeAll(due);
      return due.stream().<Runnable>map(a -> () -> a.action.accept(outcome)).toList();
    }
  }

  private Message request() {
    var cell = JavaEvaluator.currentCell();
    synchronized (requests) {
      return cell.isPresent() ? requests.getOrDefault(cell.getAsLong(), last) : last;
    }
  }

  private JsonObject parent() {
    Message request = request();
    return request == null ? new JsonObject() : request.header();
  }

  @Override
  public void show(MimeBundle bundle, String id) {
    outbox.publishFromCell("display_data", parent(), displayContent(bundle, id));
  }

  @Override
  public void update(MimeBundle bundle, String id) {
    outbox.publishFromCell("update_display_data", parent(), displayContent(bundle, id));
  }

  private static JsonObject displayContent(MimeBundle bundle, String id) {
    return Json.object(
        "data", bundle.data(),
        "metadata", bundle.metadata(),
        "transient", Map.of("display_id", id));
  }

  @Override
  public void clear(Clear when) {
    boolean wait = when == Clear.WHEN_NEXT_OUTPUT_COMES;
    outbox.publishFromCell("clear_output", parent(), Json.object("wait", wait));
  }

  @Override
  public Live show(View view) {
    return new NotebookView(Display.display(view));
  }

  /** A view in a cell's output. */
  private final class NotebookView implements Live {
    private final Display display;

    NotebookView(Display display) {
      this.display = display;
    }

    @Override
    public void update(View view) {
      display.update(view);
    }

    @Override
    public void atEnd(Consumer<Screen.Outcome> action) {
      synchronized (requests) {
        atEnd.add(new AtEnd(JavaEvaluator.currentCell().orElse(running), action));
      }
    }

    @Override
    public void close() {
      // The last frame stays where it is.
    }
  }

  @Override
  public Renderers renderers() {
    return renderers;
  }

  @Override
  public String readLine() throws IOException {
    return ask("", false);
  }

  /**
   * Asks the person who runs the calling thread's cell for a line.
   *
   * @param secret whether what is typed must not be seen
   */
  private String ask(String prompt, boolean secret) throws IOException {
    Message request = request();
    if (request == null || !request.flag("allow_stdin", false)) {
      throw new IOException(
          "this cell can't read input: the program that runs the notebook does not offer it");
    }
    try {
      asking.lockInterruptibly();
      try {
        answers.clear();
        var content = Json.object("prompt", prompt, "password", secret);
        outbox.reply(Channel.STDIN, request, "input_request", content, new JsonObject());
        return answers.take();
      } finally {
        asking.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      var interrupted = new InterruptedIOException("interrupted while waiting for input");
      interrupted.initCause(e);
      throw interrupted;
    }
  }

  /** A person's answer has come. */
  void answered(Message reply) {
    answers.add(reply.text("value", ""));
  }
}
