package org.notegrad.kernel.display;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.UUID;
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

    void open(Comm comm, JsonObject data);

    void send(Comm comm, JsonObject data, JsonObject metadata, List<byte[]> buffers);

    void close(Comm comm, JsonObject data);
  }

  private static volatile Hub notebook = new Nowhere();

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

  /** Sends what comms say to a notebook from now on; called once, by the kernel. */
  public static void connect(Hub hub) {
    notebook = hub;
  }

  /**
   * What happens when a widget opens a comm.
   *
   * @param target the name by which the widget asks for it
   */
  public static void register(String target, Target opened) {
    notebook.register(target, opened);
  }

  /**
   * Opens a comm to what the notebook has registered under a name.
   *
   * @param data for the one who is at the other end
   * @throws IllegalStateException outside a notebook
   */
  public static Comm open(String target, JsonObject data) {
    return open(UUID.randomUUID().toString().replace("-", ""), target, data, comm -> {});
  }

  /**
   * As {@link #open(String, JsonObject)}, under an id of the caller's choice.
   *
   * @param before what to do with the comm before it is open
   */
  public static Comm open(String id, String target, JsonObject data, Consumer<Comm> before) {
    var comm = new Comm(notebook, id, target);
    before.accept(comm);
    notebook.open(comm, data);
    return comm;
  }

  public String id() {
    return id;
  }

  public String target() {
    return target;
  }

  /** Sends data to the widget. */
  public void send(JsonObject data) {
    send(data, new JsonObject(), List.of());
  }

  /** Sends data, metadata and attachments to the widget. */
  public void send(JsonObject data, JsonObject metadata, List<byte[]> buffers) {
    hub.send(this, data, metadata, buffers);
  }

  /** Ends the channel. */
  public void close() {
    close(new JsonObject());
  }

  /** Ends the channel with some last data. */
  public void close(JsonObject data) {
    hub.close(this, data);
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

  /** Comms outside a notebook. */
  private static final class Nowhere implements Hub {
    @Override
    public void register(String target, Target opened) {}

    @Override
    public void open(Comm comm, JsonObject data) {
      throw new IllegalStateException("Comm.open: no notebook is connected");
    }

    @Override
    public void send(Comm comm, JsonObject data, JsonObject metadata, List<byte[]> buffers) {
      throw new IllegalStateException("Comm.send: no notebook is connected");
    }

    @Override
    public void close(Comm comm, JsonObject data) {}
  }
}
