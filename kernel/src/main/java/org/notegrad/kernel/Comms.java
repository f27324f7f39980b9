package org.notegrad.kernel;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.notegrad.kernel.channel.Json;
import org.notegrad.kernel.channel.Message;
import org.notegrad.kernel.channel.Outbox;
import org.notegrad.kernel.display.Comm;

/** The open comms: channels between a widget in the notebook and code in a cell. */
final class Comms implements Comm.Hub {
  private final Outbox outbox;
  private final Map<String, Comm.Target> targets = new ConcurrentHashMap<>();
  private final Map<String, Comm> open = new ConcurrentHashMap<>();

  Comms(Outbox outbox) {
    this.outbox = outbox;
  }

  @Override
  public void register(String target, Comm.Target opened) {
    targets.put(target, opened);
  }

  @Override
  public void open(Comm comm, JsonObject data) {
    open.put(comm.id(), comm);
    publish(
        "comm_open",
        Json.object("comm_id", comm.id(), "target_name", comm.target(), "data", data),
        new JsonObject(),
        List.of());
  }

  @Override
  public void send(Comm comm, JsonObject data, JsonObject metadata, List<byte[]> buffers) {
    publish("comm_msg", Json.object("comm_id", comm.id(), "data", data), metadata, buffers);
  }

  @Override
  public void close(Comm comm, JsonObject data) {
    if (open.remove(comm.id()) != null) {
      publishClosed(comm.id(), data);
    }
  }

  private void publishClosed(String id, JsonObject data) {
    var content = Json.object("comm_id", id, "data", data);
    publish("comm_close", content, new JsonObject(), List.of());
  }

  private void publish(String type, JsonObject content, JsonObject metadata, List<byte[]> buffers) {
    outbox.publish(type, new JsonObject(), content, metadata, buffers);
  }

  /** The open comms, by id, of one target or of all. */
  JsonObject info(Message request) {
    String wanted = request.text("target_name", "");
    var comms = new JsonObject();
    open.values().stream()
        .filter(comm -> wanted.isEmpty() || comm.target().equals(wanted))
        .forEach(comm -> comms.add(comm.id(), Json.object("target_name", comm.target())));
    return Json.object("status", "ok", "comms", comms);
  }

  /** A client opens a comm; one for a target that nobody registered is closed again. */
  void opened(Message message) {
    String id = message.text("comm_id", "");
    String targetName = message.text("target_name", "");
    var target = targets.get(targetName);
    if (target == null) {
      publishClosed(id, new JsonObject());
      return;
    }
    var comm = new Comm(this, id, targetName);
    open.put(id, comm);
    target.opened(comm, data(message));
  }

  void received(Message message) {
    var comm = open.get(message.text("comm_id", ""));
    if (comm != null) {
      comm.received(data(message), message.buffers());
    }
  }

  void closed(Message message) {
    var comm = open.remove(message.text("comm_id", ""));
    if (comm != null) {
      comm.closed(data(message));
    }
  }

  private static JsonObject data(Message message) {
    return message.content().get("data") instanceof JsonObject data ? data : new JsonObject();
  }
}
