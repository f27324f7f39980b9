package org.notegrad.kernel.channel;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** A small client of a kernel on this machine: sends requests and takes their replies. */
public final class LocalClient implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 60_000;

  private final ZContext context = new ZContext();
  private final ZMQ.Socket shell = context.createSocket(SocketType.DEALER);
  private final ZMQ.Socket iopub = context.createSocket(SocketType.SUB);
  private final WireFormat wire;

  /** Connects to the kernel; whoever made the connection knows its key. */
  public LocalClient(ConnectionFile connection) {
    wire = new WireFormat(new Signer(connection.key(), connection.signatureScheme()));
    shell.setReceiveTimeOut(PATIENCE_MILLIS);
    shell.setLinger(0);
    shell.connect(connection.endpoint(Channel.SHELL));
    iopub.setReceiveTimeOut(PATIENCE_MILLIS);
    iopub.connect(connection.endpoint(Channel.IOPUB));
    iopub.subscribe(new byte[0]);
  }

  /** A connection on free ports of the loopback interface, with a key of its own. */
  public static ConnectionFile freeConnection() throws IOException {
    Map<Channel, Integer> ports = new EnumMap<>(Channel.class);
    var held = new ArrayList<ServerSocket>();
    try {
      for (Channel channel : Channel.values()) {
        var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        held.add(socket);
        ports.put(channel, socket.getLocalPort());
      }
    } finally {
      for (ServerSocket socket : held) {
        socket.close();
      }
    }
    String key = UUID.randomUUID().toString();
    return new ConnectionFile("127.0.0.1", ports, key, "hmac-sha256", Optional.empty());
  }

  /**
   * Sends a shell request and awaits its reply.
   *
   * @throws IOException if none comes within a minute
   */
  public JsonObject request(String type, JsonObject content) throws IOException {
    var request =
        new Outgoing(
            Channel.SHELL, List.of(), type, new JsonObject(), new JsonObject(), content, List.of());
    var frames = wire.encode(request);
    for (int i = 0; i < frames.size(); i++) {
      shell.send(frames.get(i), i < frames.size() - 1 ? ZMQ.SNDMORE : 0);
    }
    return receive(shell).content();
  }

  /** Awaits the next published message of a type. */
  public Message awaitPublished(String type) throws IOException {
    Message message = receive(iopub);
    while (!message.type().equals(type)) {
      message = receive(iopub);
    }
    return message;
  }

  private Message receive(ZMQ.Socket socket) throws IOException {
    var frames = new ArrayList<byte[]>();
    do {
      byte[] frame = socket.recv();
      if (frame == null) {
        throw new IOException("the kernel does not answer");
      }
      frames.add(frame);
    } while (socket.hasReceiveMore());
    return wire.decode(frames).orElseThrow(() -> new IOException("not a signed message"));
  }

  @Override
  public void close() {
    context.close();
  }
}
