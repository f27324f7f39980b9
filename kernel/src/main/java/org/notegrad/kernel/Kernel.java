package org.notegrad.kernel;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.notegrad.kernel.channel.Channel;
import org.notegrad.kernel.channel.Channels;
import org.notegrad.kernel.channel.ConnectionFile;
import org.notegrad.kernel.channel.Json;
import org.notegrad.kernel.channel.KernelThread;
import org.notegrad.kernel.channel.Log;
import org.notegrad.kernel.channel.Message;
import org.notegrad.kernel.channel.Outbox;
import org.notegrad.kernel.channel.Practice;
import org.notegrad.kernel.display.Comm;
import org.notegrad.kernel.display.Renderers;
import org.notegrad.kernel.eval.JavaEvaluator;
import org.notegrad.kernel.magic.NotebookEvaluator;
import org.notegrad.kernel.memory.Enduring;
import org.notegrad.kernel.memory.HeapReserve;
import org.notegrad.kernel.memory.MemoryWatch;

/**
 * A running kernel. Requests on the shell channel are carried out one after the other by one
 * thread; those on the control channel by another, so that a cell can be interrupted. Clients are
 * answered while the evaluator is still starting.
 */
final class Kernel implements AutoCloseable {
  private static final long HISTORY_MILLIS = 200;

  private static final int OUT_OF_MEMORY = 3;
  private static final byte[] OUT_OF_MEMORY_MESSAGE =
      """
      [notegrad] The heap is full of what earlier cells keep, and the kernel could not go on.
      [notegrad] More memory for the next one: NOTEGRAD_JVM_OPTS=-Xmx4g
      """
          .getBytes(StandardCharsets.UTF_8);

  /** A shell request and its place in the order of arrival. */
  private record Arrival(long number, Message message) {}

  private final LinkedBlockingQueue<Arrival> shellQueue = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<Message> controlQueue = new LinkedBlockingQueue<>();
  private final AtomicLong arrivals = new AtomicLong();
  private final CountDownLatch shutdown = new CountDownLatch(1);
  private final CompletableFuture<NotebookEvaluator> evaluator = new CompletableFuture<>();
  private final Consumer<Arrival> shell = this::shell;
  private final Consumer<Message> control = this::control;
  private final Consumer<Message> busy = message -> status(message, "busy");
  private final Consumer<Message> idle = message -> status(message, "idle");

  private final Channels channels;
  private final Outbox outbox;
  private final Renderers renderers;
  private final CellOutputs outputs;
  private final HistoryThread history;
  private final Comms comms;
  private final Requests requests;
  private final Executor executor;
  private long abortBefore;

  /**
   * Binds the channels and begins to answer; cells wait until {@link #evaluateWith}.
   *
   * @throws org.zeromq.ZMQException if an address can't be bound
   */
  Kernel(ConnectionFile connection, History history) {
    channels = new Channels(connection, this::received);
    outbox = channels.outbox();
    this.history = new HistoryThread(history);
    renderers = Renderers.load(Kernel.class.getClassLoader());
    outputs = new CellOutputs(outbox, renderers);
    comms = new Comms(outbox);
    Supplier<NotebookEvaluator> awaited = evaluator::join;
    requests = new Requests(awaited, this.history);
    executor = new Executor(outbox, awaited, renderers, outputs, this.history);
    outputs.install();
    Comm.connect(comms);
    new KernelThread("notegrad-shell", Enduring.loop(this::serveShell)).start();
    new KernelThread("notegrad-control", Enduring.loop(this::serveControl)).start();
  }

  /** Takes the evaluator when it has started; requests that need one wait for it. */
  void evaluateWith(Supplier<JavaEvaluator> start) {
    try {
      var java = start.get();
      var started = new NotebookEvaluator(java, renderers);
      MemoryWatch.start(started::outOfMemory, Kernel::giveUp);
      evaluator.complete(started);
      java.prepare(Practice::run);
    } catch (RuntimeException | Error e) {
      evaluator.completeExceptionally(e);
      Log.error("the evaluator did not start", e);
    }
  }

  /** Ends the process where no memory is left for anything else. */
  private static void giveUp() {
    Log.last(OUT_OF_MEMORY_MESSAGE);
    Runtime.getRuntime().halt(OUT_OF_MEMORY);
  }

  /** Interrupts the running cell, if one runs. */
  void interrupt() {
    if (evaluator.isDone() && !evaluator.isCompletedExceptionally()) {
      evaluator.join().interrupt();
    }
  }

  /** Waits until a client has asked the kernel to end. */
  void awaitShutdown() {
    while (true) {
      try {
        shutdown.await();
        return;
      } catch (InterruptedException e) {
        // A cell has interrupted every thread that it found: no reason to end.
      }
    }
  }

  /** Ends the kernel from within. */
  void shutDown() {
    shutdown.countDown();
  }

  private void received(Channel channel, Message message) {
    switch (channel) {
      case SHELL -> shellQueue.add(new Arrival(arrivals.incrementAndGet(), message));
      case CONTROL -> controlQueue.add(message);
      case STDIN -> outputs.answered(message);
      case IOPUB, HEARTBEAT -> {} // these carry no messages of clients
    }
  }

  private void serveControl() {
    while (true) {
      try {
        Message message = controlQueue.take();
        whileBusy(message, control, message);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void serveShell() {
    while (true) {
      try {
        Arrival arrival = shellQueue.take();
        whileBusy(arrival.message(), shell, arrival);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /**
   * Does a request's work between its two status messages, whatever the work throws. Where memory
   * runs out before the work, the request waits for it.
   */
  private <T> void whileBusy(Message message, Consumer<T> work, T request) {
    Enduring.run(busy, message);
    try {
      work.accept(request);
    } catch (OutOfMemoryError e) {
      HeapReserve.release();
    } catch (Throwable e) {
      Log.error("while answering " + message.type(), e);
    }
    Enduring.run(idle, message);
  }

  private void status(Message parent, String state) {
    outbox.publish("status", parent.header(), Json.object("execution_state", state));
  }

  private void control(Message message) {
    switch (message.type()) {
      case "interrupt_request" -> {
        interrupt();
        answer(Channel.CONTROL, message, () -> Json.object("status", "ok"));
      }
      case "shutdown_request" -> shutdown(Channel.CONTROL, message);
      case "kernel_info_request" -> answer(Channel.CONTROL, message, requests::kernelInfo);
      default -> Log.warn("the control channel has no answer to a " + message.type());
    }
  }

  private void shell(Arrival arrival) {
    Message message = arrival.message();
    switch (message.type()) {
      case "execute_request" -> execute(arrival);
      case "complete_request" -> answer(message, () -> requests.complete(message));
      case "inspect_request" -> answer(message, () -> requests.inspect(message));
      case "is_complete_request" -> answer(message, () -> requests.isComplete(message));
      case "history_request" -> answer(message, () -> requests.history(message));
      case "kernel_info_request" -> answer(message, requests::kernelInfo);
      case "comm_info_request" -> answer(message, () -> comms.info(message));
      case "comm_open" -> inCell(message, () -> comms.opened(message));
      case "comm_msg" -> inCell(message, () -> comms.received(message));
      case "comm_close" -> inCell(message, () -> comms.closed(message));
      case "shutdown_request" -> shutdown(Channel.SHELL, message);
      default -> Log.warn("the shell channel has no answer to a " + message.type());
    }
  }

  private void execute(Arrival arrival) {
    Message message = arrival.message();
    if (arrival.number() < abortBefore) {
      executor.abort(message);
      return;
    }
    var outcome = executor.execute(message);
    boolean stop = message.flag("stop_on_error", true) && !message.flag("silent", false);
    if (outcome == Executor.Outcome.ERROR && stop) {
      abortBefore = arrivals.get() + 1;
    }
  }

  private void inCell(Message message, Runnable handler) {
    executor.runHandler(message, handler);
  }

  private void answer(Message message, Supplier<JsonObject> content) {
    answer(Channel.SHELL, message, content);
  }

  /** A request that fails is answered with the error: nobody waits in vain. */
  private void answer(Channel channel, Message message, Supplier<JsonObject> content) {
    String type = message.type().replace("_request", "_reply");
    JsonObject reply;
    try {
      reply = content.get();
    } catch (RuntimeException | Error e) {
      Log.error("while answering " + message.type(), e);
      reply =
          Json.object(
              "status",
              "error",
              "ename",
              e.getClass().getName(),
              "evalue",
              String.valueOf(e.getMessage()),
              "traceback",
              new com.google.gson.JsonArray());
    }
    outbox.reply(channel, message, type, reply, new JsonObject());
  }

  private void shutdown(Channel channel, Message message) {
    var content = Json.object("status", "ok", "restart", message.flag("restart", false));
    outbox.reply(channel, message, "shutdown_reply", content, new JsonObject());
    outbox.publish("shutdown_reply", message.header(), content);
    shutdown.countDown();
  }

  /** Sends what is under way and closes the channels, in less than a second. */
  @Override
  public void close() {
    try {
      history.close(HISTORY_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    channels.close();
  }
}
