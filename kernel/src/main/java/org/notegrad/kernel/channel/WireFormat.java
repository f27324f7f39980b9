package org.notegrad.kernel.channel;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Messages as ZeroMQ frames: the route, a delimiter, the signature, four JSON objects, buffers.
 *
 * <p>The format is that of <a
 * href="https://jupyter-client.readthedocs.io/en/stable/messaging.html">the messaging
 * specification</a>, version 5.5. Encoding and decoding may happen in two threads at once, each of
 * them in one thread at a time.
 */
final class WireFormat {
  static final String PROTOCOL_VERSION = "5.5";
  private static final byte[] DELIMITER = "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII);

  /** Signature, header, parent header, metadata, content. */
  private static final int PARTS = 5;

  private final Signer signer;
  private final String session = randomHex();
  private long sent;

  WireFormat(Signer signer) {
    this.signer = signer;
  }

  private static String randomHex() {
    var random = new SplittableRandom();
    return HexFormat.of().toHexDigits(random.nextLong())
        + HexFormat.of().toHexDigits(random.nextLong());
  }

  /** This kernel's life, as every header names it. */
  String session() {
    return session;
  }

  /**
   * Reads a message.
   *
   * @return the message; empty if the frames are not one, or the signature is wrong or not new
   */
  Optional<Message> decode(List<byte[]> frames) {
    int delimiter = 0;
    while (delimiter < frames.size() && !Arrays.equals(frames.get(delimiter), DELIMITER)) {
      delimiter++;
    }
    if (frames.size() - delimiter - 1 < PARTS) {
      return Optional.empty();
    }
    byte[] signature = frames.get(delimiter + 1);
    List<byte[]> parts = frames.subList(delimiter + 2, delimiter + 1 + PARTS);
    if (!signer.accepts(signature, parts)) {
      return Optional.empty();
    }
    try {
      JsonObject header = object(parts.get(0));
      if (!header.has("msg_id") || !header.get("msg_type").isJsonPrimitive()) {
        return Optional.empty();
      }
      var message =
          new Message(
              List.copyOf(frames.subList(0, delimiter)),
              header,
              object(parts.get(1)),
              object(parts.get(2)),
              object(parts.get(3)),
              List.copyOf(frames.subList(delimiter + 1 + PARTS, frames.size())));
      var decoded = Optional.of(message);
      signer.remember(signature); // last: where memory runs out before, it can be decoded again
      return decoded;
    } catch (JsonParseException
        | IllegalStateException
        | NullPointerException
        | CharacterCodingException
        | StackOverflowError e) {
      return Optional.empty(); // not JSON objects: as malformed as a missing frame
    }
  }

  private static JsonObject object(byte[] json) throws CharacterCodingException {
    var text = StandardCharsets.UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(json));
    return JsonParser.parseString(text.toString()).getAsJsonObject();
  }

  /** Writes a message, route and signature included. */
  synchronized List<byte[]> encode(Outgoing message) {
    var header = new JsonObject();
    header.addProperty("msg_id", session + "_" + ++sent);
    header.addProperty("session", session);
    header.addProperty("username", "kernel");
    header.addProperty("date", Instant.now().toString());
    header.addProperty("msg_type", message.type());
    header.addProperty("version", PROTOCOL_VERSION);
    List<byte[]> parts =
        List.of(
            bytes(header),
            bytes(message.parent()),
            bytes(message.metadata()),
            bytes(message.content()));
    var frames = new ArrayList<>(message.route());
    frames.add(DELIMITER);
    frames.add(signer.sign(parts));
    frames.addAll(parts);
    frames.addAll(message.buffers());
    return frames;
  }

  private static byte[] bytes(JsonObject json) {
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }
}
