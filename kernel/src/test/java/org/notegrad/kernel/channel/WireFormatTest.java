package org.notegrad.kernel.channel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireFormatTest {
  private static final byte[] ROUTE = {0, 1, 2};

  private static WireFormat wire(String key) {
    return new WireFormat(new Signer(key, "hmac-sha256"));
  }

  private static List<byte[]> frames(WireFormat wire, String text) {
    return wire.encode(
        new Outgoing(
            Channel.SHELL,
            List.of(ROUTE),
            "execute_reply",
            Json.object("msg_id", "parent"),
            new JsonObject(),
            Json.object("text", text),
            List.of(new byte[] {7})));
  }

  @Test
  void whatIsWrittenIsRead() {
    var message = wire("secret").decode(frames(wire("secret"), "żółw 😀 \u2028")).orElseThrow();
    assertEquals("execute_reply", message.type());
    assertEquals("żółw 😀 \u2028", message.text("text", ""));
    assertEquals("parent", message.parent().get("msg_id").getAsString());
    assertArrayEquals(ROUTE, message.identities().getFirst());
    assertArrayEquals(new byte[] {7}, message.buffers().getFirst());
  }

  @Test
  void theSignatureIsTheSpecifiedHmac() {
    var signer = new Signer("key", "hmac-sha256");
    var parts = List.of(bytes("The quick brown fox "), bytes("jumps over the lazy dog"));
    assertEquals(
        "f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8",
        new String(signer.sign(parts), StandardCharsets.US_ASCII));
  }

  @Test
  void anotherKeyIsRefused() {
    assertTrue(wire("secret").decode(frames(wire("wrong"), "")).isEmpty());
  }

  @Test
  void anyChangeIsRefused() {
    for (int part = 3; part < 7; part++) {
      var frames = new ArrayList<>(frames(wire("secret"), "text"));
      frames.set(part, bytes("{}"));
      assertTrue(wire("secret").decode(frames).isEmpty() || part == 5, "part " + part);
    }
  }

  @Test
  void aMessageIsAcceptedOnce() {
    var frames = frames(wire("secret"), "");
    var reader = wire("secret");
    assertTrue(reader.decode(frames).isPresent());
    assertTrue(reader.decode(frames).isEmpty());
  }

  @Test
  void withoutAKeyNothingIsSignedAndAllIsAccepted() {
    var frames = frames(wire(""), "");
    assertEquals(0, frames.get(2).length);
    assertTrue(wire("").decode(frames).isPresent());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nonsense", "[]", "7", "{\"msg_id\":1}", "{\"msg_type\":{}}", "null"})
  void headersThatAreNotHeadersAreRefused(String header) {
    var frames = new ArrayList<>(frames(wire(""), ""));
    frames.set(3, bytes(header));
    assertTrue(wire("").decode(frames).isEmpty());
  }

  @Test
  void bytesThatAreNotTextAreRefused() {
    var frames = new ArrayList<>(frames(wire(""), ""));
    frames.set(6, new byte[] {(byte) 0xff, (byte) 0xfe});
    assertTrue(wire("").decode(frames).isEmpty());
  }

  @Test
  void anUnknownSchemeIsNamed() {
    var e = assertThrows(IllegalArgumentException.class, () -> new Signer("key", "hmac-nonsense"));
    assertTrue(e.getMessage().contains("hmac-nonsense"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
