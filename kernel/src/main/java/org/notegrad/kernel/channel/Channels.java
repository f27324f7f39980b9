package org.notegrad.kernel.channel;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The kernel's connection to its clients: messages in, messages out. */
public final class Channels {
  /** Takes messages as they come, on the sockets' thread, so it must return at once. */
  @FunctionalInterface
  public interface Listener {
    void received(Channel channel, Message message);
  }

  private static final int CLOSE_MILLIS = 700;

  private final Outbox outbox;
  private final Sockets sockets;

  /**
   * Binds the channels and begins to serve.
   *
   * @throws org.zeromq.ZMQException if an address can't be bound
   */
  public Channels(ConnectionFile connection, Listener listener) {
    var wire = new WireFormat(new Signer(connection.key(), connection.signatureScheme()));
    outbox = new Outbox(wire);
    sockets = new Sockets(connection, new Adapter(wire, outbox, listener));
    sockets.start();
    outbox.start(sockets);
  }

  public Outbox outbox() {
    return outbox;
  }

  /** Sends what was put out before, then closes the sockets; takes less than a second. */
  public void close() {
    outbox.close();
    try {
      sockets.awaitClosed(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Adapter implements Sockets.Listener {
    private final WireFormat wire;
    private final Outbox outbox;
    private final Listener listener;
    private Optional<Message> undelivered = Optional.empty();

    Adapter(WireFormat wire, Outbox outbox, Listener listener) {
      this.wire = wire;
      this.outbox = outbox;
      this.listener = listener;
    }

    @Override
    public void received(Channel channel, List<byte[]> frames) {
      if (undelivered.isEmpty()) {
        undelivered = wire.decode(frames);
      }
      if (undelivered.isPresent()) {
        listener.received(channel, undelivered.get());
        undelivered = Optional.empty();
      } else {
        Log.warn("dropped a message on " + channel + ": malformed or wrongly signed");
      }
    }

    @Override
    public List<byte[]> subscribed(byte[] topic) {
      var content = Json.object("subscription", new String(topic, StandardCharsets.UTF_8));
      return wire.encode(
          new Outgoing(
              Channel.IOPUB,
              List.of(topic),
              "iopub_welcome",
              new JsonObject(),
              new JsonObject(),
              content,
              List.of()));
    }

    @Override
    public void published(long weight) {
      outbox.published(weight);
    }
  }
}
