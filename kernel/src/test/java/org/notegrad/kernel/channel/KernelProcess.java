package org.notegrad.kernel.channel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.notegrad.kernel.KernelMain;
import org.notegrad.kernel.eval.VectorApi;
import org.notegrad.kernel.eval.compile.UnitCompiler;
import org.zeromq.ZMQ;

/** A kernel in a process of its own, and a client of it. */
public final class KernelProcess implements AutoCloseable {
  private final Process process;
  private final TestClient client;
  private final ConnectionFile connection;

  /** Starts a kernel whose files are in this folder. */
  public static KernelProcess start(Path folder) {
    return start(folder, Optional.empty());
  }

  /** Starts a kernel that encrypts what it sends. */
  public static KernelProcess startEncrypted(Path folder) {
    var keys = ZMQ.Curve.generateKeyPair();
    return start(folder, Optional.of(new ConnectionFile.CurveKeys(keys.publicKey, keys.secretKey)));
  }

  private static KernelProcess start(Path folder, Optional<ConnectionFile.CurveKeys> curve) {
    try {
      return new KernelProcess(folder, curve);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private KernelProcess(Path folder, Optional<ConnectionFile.CurveKeys> curve) throws IOException {
    var ports = freePorts();
    String key = UUID.randomUUID().toString();
    var fields = Json.object("ip", "127.0.0.1", "transport", "tcp", "key", key);
    fields.addProperty("signature_scheme", "hmac-sha256");
    ports.forEach((channel, port) -> fields.addProperty(channel.portField(), port));
    curve.ifPresent(keys -> {
      fields.addProperty("curve_publickey", keys.publicKey());
      fields.addProperty("curve_secretkey", keys.secretKey());
    });
    Path file = Files.writeString(folder.resolve(key + ".json"), fields.toString());
    connection = new ConnectionFile("127.0.0.1", ports, key, "hmac-sha256", curve);
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(VectorApi.EXPORT);
    command.addAll(UnitCompiler.exports());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Xmx512m", "-XX:+UseG1GC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(KernelMain.class.getName(), file.toString()));
    var builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put("NOTEGRAD_HISTORY", folder.resolve("history.jsonl").toString());
    process = builder.start();
    client = new TestClient(connection);
    client.awaitWelcome();
  }

  private static Map<Channel, Integer> freePorts() throws IOException {
    var ports = new EnumMap<Channel, Integer>(Channel.class);
    var held = new ArrayList<ServerSocket>();
    for (Channel channel : Channel.values()) {
      var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      held.add(socket);
      ports.put(channel, socket.getLocalPort());
    }
    for (ServerSocket socket : held) {
      socket.close();
    }
    return ports;
  }

  public TestClient client() {
    return client;
  }

  /** Another client of the same kernel. */
  public TestClient anotherClient() {
    return new TestClient(connection);
  }

  public Process process() {
    return process;
  }

  /** Asks the kernel to end and tells how long it took, in milliseconds. */
  public long shutDown() throws InterruptedException {
    long start = System.nanoTime();
    client.send(Channel.CONTROL, "shutdown_request", Json.object("restart", false));
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      throw new AssertionError("the kernel does not end");
    }
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  @Override
  public void close() {
    client.close();
    process.destroyForcibly();
  }
}
