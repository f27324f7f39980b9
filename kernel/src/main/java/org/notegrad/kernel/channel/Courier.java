package org.notegrad.kernel.channel;

import com.google.gson.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.notegrad.kernel.memory.Enduring;
import org.zeromq.ZMQ;

/**
 * The outbox's thread: encodes and signs what leaves the kernel, and hands it to the sockets. A
 * full heap makes messages wait, not disappear; only one that is too large for the heap is dropped,
 * and the cell that made it told so.
 */
final class Courier {
  private static final int TRIES = 100;

  private final Outbox outbox;
  private final WireFormat wire;
  private final Sockets sockets;
  private final ZMQ.Socket bell;
  private final Deque<Outbox.Item> taken = new ArrayDeque<>();
  private Sockets.Parcel parcel; // of the first one taken
  private boolean handedOver;
  private int failures;
  private boolean more = true;

  Courier(Outbox outbox, WireFormat wire, Sockets sockets) {
    this.outbox = outbox;
    this.wire = wire;
    this.sockets = sockets;
    this.bell = sockets.connectBell();
  }

  void work() {
    while (more || !taken.isEmpty()) {
      try {
        if (taken.isEmpty()) {
          more = outbox.take(taken);
        }
        while (!taken.isEmpty()) {
          deliver(taken.peekFirst());
        }
      } catch (OutOfMemoryError e) {
        failures++;
        Enduring.awaitMemory();
      }
    }
    sockets.stop(bell);
  }

  /** Each step is done once, however often memory runs out between them. */
  private void deliver(Outbox.Item item) {
    if (parcel == null) {
      parcel = failures < TRIES ? parcel(item) : tooLarge(item);
    }
    if (!handedOver) {
      sockets.handOver(parcel);
      handedOver = true;
    }
    sockets.ring(bell);
    taken.removeFirst();
    parcel = null;
    handedOver = false;
    failures = 0;
  }

  private Sockets.Parcel parcel(Outbox.Item item) {
    return switch (item) {
      case Outbox.Ready(Outgoing message, long weight) ->
          new Sockets.Parcel(message.channel(), wire.encode(message), weight);
      case Outbox.Text(StreamName name, JsonObject parent, StringBuilder text, long _) ->
          stream(name, parent, text, text.length());
    };
  }

  private Sockets.Parcel stream(
      StreamName name, JsonObject parent, CharSequence text, long weight) {
    var content = Json.object("name", name.wireName(), "text", text);
    var message = outbox.iopub("stream", parent, content, new JsonObject(), List.of());
    return new Sockets.Parcel(Channel.IOPUB, wire.encode(message), weight);
  }

  private Sockets.Parcel tooLarge(Outbox.Item item) {
    return switch (item) {
      case Outbox.Ready(Outgoing message, long weight) when message.channel() == Channel.IOPUB ->
          stream(
              StreamName.STDERR,
              message.parent(),
              "An output is too large for the heap, and was left out.\n",
              weight);
      case Outbox.Ready(Outgoing message, long weight) -> {
        var error =
            Json.object(
                "status",
                "error",
                "ename",
                OutOfMemoryError.class.getName(),
                "evalue",
                "the reply is too large for the heap",
                "traceback",
                List.of());
        var reply =
            new Outgoing(
                message.channel(),
                message.route(),
                message.type(),
                message.parent(),
                new JsonObject(),
                error,
                List.of());
        yield new Sockets.Parcel(message.channel(), wire.encode(reply), weight);
      }
      case Outbox.Text text -> parcel(text);
    };
  }
}
