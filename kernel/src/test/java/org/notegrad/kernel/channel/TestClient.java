package org.notegrad.kernel.channel;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** A client of the Jupyter protocol, for one thread. */
public final class TestClient implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;
  private static final byte[] DELIMITER = "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII);

  private final ZContext context = new ZContext();
  private final Map<Channel, ZMQ.Socket> sockets = new EnumMap<>(Channel.class);
  private final Signer signer;
  private final WireFormat wire;

  /** A request's reply and what was published on its behalf, the status messages included. */
  public record Exchange(JsonObject reply, List<Message> published) {
    /** The contents of the published messages of a type. */
    public List<JsonObject> contents(String type) {
      return published.stream().filter(m -> m.type().equals(type)).map(Message::content).toList();
    }

    /** The types of the published messages, in order. */
    public List<String> types() {
      return published.stream().map(Message::type).toList();
    }

    public String stdout() {
      return stream("stdout");
    }

    public String stderr() {
      return stream("stderr");
    }

    private String stream(String name) {
      var text = new StringBuilder();
      contents("stream").stream()
          .filter(content -> content.get("name").getAsString().equals(name))
          .forEach(content -> text.append(content.get("text").getAsString()));
      return text.toString();
    }

    public String status() {
      return reply.get("status").getAsString();
    }

    /** The plain text of the cell's result. */
    public String result() {
      return contents("execute_result")
          .getFirst()
          .getAsJsonObject("data")
          .get("text/plain")
          .getAsString();
    }
  }

  public TestClient(ConnectionFile connection) {
    signer = new Signer(connection.key(), connection.signatureScheme());
    wire = new WireFormat(new Signer(connection.key(), connection.signatureScheme()));
    byte[] identity = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
    for (Channel channel : Channel.values()) {
      var socket =
          context.createSocket(
              switch (channel) {
                case CONTROL, SHELL, STDIN -> SocketType.DEALER;
                case IOPUB -> SocketType.SUB;
                case HEARTBEAT -> SocketType.REQ;
              });
      socket.setReceiveTimeOut(PATIENCE_MILLIS);
      socket.setRcvHWM(0);
      socket.setLinger(0);
      socket.setIdentity(identity);
      connection
          .curve()
          .ifPresent(keys -> {
            var own = ZMQ.Curve.generateKeyPair();
            socket.setCurveServerKey(ZMQ.Curve.z85Decode(keys.publicKey()));
            socket.setCurvePublicKey(ZMQ.Curve.z85Decode(own.publicKey));
            socket.setCurveSecretKey(ZMQ.Curve.z85Decode(own.secretKey));
          });
      socket.connect(connection.endpoint(channel));
      if (channel == Channel.IOPUB) {
        socket.subscribe(new byte[0]);
      }
      sockets.put(channel, socket);
    }
  }

  /** Waits until iopub says that it knows us; what is published from then on reaches us. */
  public void awaitWelcome() {
    awaitPublished(message -> message.type().equals("iopub_welcome"));
  }

  /** Sends a request; returns the id that names it as a parent. */
  public String send(Channel channel, String type, JsonObject content) {
    var frames = frames(type, content);
    sendFrames(channel, frames);
    return header(frames).get("msg_id").getAsString();
  }

  /** The frames of a request, rightly signed. */
  public List<byte[]> frames(String type, JsonObject content) {
    var header =
        Json.object(
            "msg_id", UUID.randomUUID().toString(),
            "session", "test",
            "username", "test",
            "date", "2026-01-01T00:00:00Z",
            "msg_type", type,
            "version", "5.5");
    var frames = new ArrayList<byte[]>();
    var parts = List.of(utf8(header.toString()), utf8("{}"), utf8("{}"), utf8(content.toString()));
    frames.add(DELIMITER);
    frames.add(signer.sign(parts));
    frames.addAll(parts);
    return frames;
  }

  public void sendFrames(Channel channel, List<byte[]> frames) {
    for (int i = 0; i < frames.size(); i++) {
      sockets.get(channel).send(frames.get(i), i < frames.size() - 1 ? ZMQ.SNDMORE : 0);
    }
  }

  private static JsonObject header(List<byte[]> frames) {
    return com.google.gson.JsonParser.parseString(new String(frames.get(2), StandardCharsets.UTF_8))
        .getAsJsonObject();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Sends a request and awaits its reply, and its idle status. */
  public Exchange request(String type, JsonObject content) {
    return await(send(Channel.SHELL, type, content));
  }

  /** Runs code as JupyterLab does. */
  public Exchange execute(String code) {
    return request("execute_request", Json.object("code", code));
  }

  /** Awaits a shell request's reply and its idle status. */
  public Exchange await(String id) {
    return new Exchange(reply(Channel.SHELL, id).content(), published(id));
  }

  /** Awaits the reply to a request, skipping those to others. */
  public Message reply(Channel channel, String id) {
    while (true) {
      Message message = receive(channel);
      if (isChild(message, id)) {
        return message;
      }
    }
  }

  /** What is published on a request's behalf, up to its idle status. */
  public List<Message> published(String id) {
    var published = new ArrayList<Message>();
    do {
      published.add(awaitPublished(message -> isChild(message, id)));
    } while (!published.getLast().text("execution_state", "").equals("idle"));
    return published;
  }

  /** The next published message that fits. */
  public Message awaitPublished(Predicate<Message> fits) {
    while (true) {
      Message message = receive(Channel.IOPUB);
      if (fits.test(message)) {
        return message;
      }
    }
  }

  public static boolean isChild(Message message, String id) {
    return message.parent().has("msg_id")
        && message.parent().get("msg_id").getAsString().equals(id);
  }

  /** The next message of a channel. */
  public Message receive(Channel channel) {
    var socket = sockets.get(channel);
    var frames = new ArrayList<byte[]>();
    do {
      byte[] frame = socket.recv();
      if (frame == null) {
        throw new AssertionError("nothing came on " + channel);
      }
      frames.add(frame);
    } while (socket.hasReceiveMore());
    return wire.decode(frames).orElseThrow(() -> new AssertionError("not a signed message"));
  }

  /** Whether nothing comes on a channel for a while. */
  public boolean silent(Channel channel, Duration wait) {
    var socket = sockets.get(channel);
    socket.setReceiveTimeOut((int) wait.toMillis());
    byte[] frame = socket.recv();
    socket.setReceiveTimeOut(PATIENCE_MILLIS);
    return frame == null;
  }

  /** What comes back of a heartbeat. */
  public byte[] beat(byte[] beat) {
    sockets.get(Channel.HEARTBEAT).send(beat);
    return sockets.get(Channel.HEARTBEAT).recv();
  }

  @Override
  public void close() {
    context.close();
  }
}
