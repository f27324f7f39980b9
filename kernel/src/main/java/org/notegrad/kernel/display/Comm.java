package org.notegrad.kernel.display;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A channel between a widget in the notebook and code in a cell, as the Jupyter protocol has them.
 * Messages from the widget are handed over between cells.
 */
public final class Comm {
  /** What happens when a widget opens a comm. */
  @FunctionalInterface
  public interface Target {
    void opened(Comm comm, JsonObject data);
  }

  /** Where comms are registered and opened. */
  public interface Hub {
    void register(String target, Target opened);

    Comm open(String target, JsonObject data);

    void send(Comm comm, JsonObject data, List<byte[]> buffers);

    void close(Comm comm, JsonObject data);
  }

  private final Hub hub;
  private final String id;
  private final String target;
  private volatile BiConsumer<JsonObject, List<byte[]>> onMessage = (data, buffers) -> {};
  private volatile Consumer<JsonObject> onClose = data -> {};

  public Comm(Hub hub, String id, String target) {
    this.hub = hub;
    this.id = id;
    this.target = target;
  }

  public String id() {
    return id;
  }

  public String target() {
    return target;
  }

  /** Sends data to the widget. */
  public void send(JsonObject data) {
    hub.send(this, data, List.of());
  }

  /** Sends data and attachments to the widget. */
  public void send(JsonObject data, List<byte[]> buffers) {
    hub.send(this, data, buffers);
  }

  /** Ends the channel. */
  public void close() {
    hub.close(this, new JsonObject());
  }

  /** What to do with data and attachments that the widget sends. */
  public void onMessage(BiConsumer<JsonObject, List<byte[]>> handler) {
    onMessage = handler;
  }

  /** What to do when the widget ends the channel. */
  public void onClose(Consumer<JsonObject> handler) {
    onClose = handler;
  }

  public void received(JsonObject data, List<byte[]> buffers) {
    onMessage.accept(data, buffers);
  }

  public void closed(JsonObject data) {
    onClose.accept(data);
  }
}
