package org.notegrad.kernel.channel;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where a Jupyter client wants the kernel to listen, and the key that signs their messages.
 *
 * @param ip the address to bind to, as the client wrote it
 * @param ports the port of each channel
 * @param key the signing key; empty means that messages are not signed
 * @param signatureScheme such as {@code hmac-sha256}
 * @param curve the keys that encrypt the sockets, when the client asks for that
 */
public record ConnectionFile(
    String ip,
    Map<Channel, Integer> ports,
    String key,
    String signatureScheme,
    Optional<CurveKeys> curve) {

  /** CurveZMQ keys of the kernel's side, each 40 characters of Z85. */
  public record CurveKeys(String publicKey, String secretKey) {}

  public ConnectionFile {
    ports = Collections.unmodifiableMap(new EnumMap<>(ports));
  }

  /**
   * Reads a connection file.
   *
   * @throws IOException if it can't be read, is not a connection file, or asks for a transport
   *     other than TCP
   */
  public static ConnectionFile read(Path file) throws IOException {
    try {
      return parse(Files.readString(file));
    } catch (JsonParseException | IllegalStateException | IllegalArgumentException e) {
      throw new IOException("connection file " + file + ": " + e.getMessage(), e);
    }
  }

  static ConnectionFile parse(String json) {
    JsonObject fields = JsonParser.parseString(json).getAsJsonObject();
    String transport = text(fields, "transport", "tcp");
    if (!transport.equals("tcp")) {
      throw new IllegalArgumentException(
          "transport \""
              + transport
              + "\" is not supported: this kernel talks TCP only, so start the client with"
              + " --KernelManager.transport=tcp");
    }
    var ports = new EnumMap<Channel, Integer>(Channel.class);
    for (Channel channel : Channel.values()) {
      JsonElement port = fields.get(channel.portField());
      if (port == null) {
        throw new IllegalArgumentException("field " + channel.portField() + " is missing");
      }
      ports.put(channel, port.getAsInt());
    }
    return new ConnectionFile(
        text(fields, "ip", "127.0.0.1"),
        ports,
        text(fields, "key", ""),
        text(fields, "signature_scheme", "hmac-sha256"),
        curve(fields));
  }

  private static Optional<CurveKeys> curve(JsonObject fields) {
    String publicKey = text(fields, "curve_publickey", "");
    String secretKey = text(fields, "curve_secretkey", "");
    if (publicKey.isEmpty() && secretKey.isEmpty()) {
      return Optional.empty();
    }
    if (publicKey.length() != 40 || secretKey.length() != 40) {
      throw new IllegalArgumentException(
          "curve_publickey and curve_secretkey must have 40 characters of Z85 each");
    }
    return Optional.of(new CurveKeys(publicKey, secretKey));
  }

  private static String text(JsonObject fields, String name, String absent) {
    JsonElement value = fields.get(name);
    return value == null || value.isJsonNull() ? absent : value.getAsString();
  }

  /** The ZeroMQ endpoint of a channel. */
  String endpoint(Channel channel) {
    return "tcp://" + ip + ":" + ports.get(channel);
  }
}
