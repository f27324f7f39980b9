package org.notegrad.kernel.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionFileTest {
  private static final String PORTS =
      """
      "shell_port": 1, "iopub_port": 2, "stdin_port": 3, "control_port": 4, "hb_port": 5\
      """;

  @TempDir Path folder;

  private ConnectionFile read(String json) throws IOException {
    return ConnectionFile.read(Files.writeString(folder.resolve("c.json"), json));
  }

  @Test
  void endpointsAreTheGivenAddressAndPort() throws IOException {
    var connection = read("{\"ip\": \"127.0.0.1\", \"key\": \"k\", " + PORTS + "}");
    assertEquals("tcp://127.0.0.1:1", connection.endpoint(Channel.SHELL));
    assertEquals("tcp://127.0.0.1:5", connection.endpoint(Channel.HEARTBEAT));
    assertEquals("k", connection.key());
    assertTrue(connection.curve().isEmpty());
  }

  @Test
  void anIpcTransportIsRefusedWithTheWayOut() {
    var e = assertThrows(IOException.class, () -> read("{\"transport\": \"ipc\", " + PORTS + "}"));
    assertTrue(e.getMessage().contains("transport=tcp"), e.getMessage());
  }

  @Test
  void aMissingPortIsNamed() {
    var e = assertThrows(IOException.class, () -> read("{\"shell_port\": 1}"));
    assertTrue(e.getMessage().contains("control_port"), e.getMessage());
  }

  @Test
  void curveKeysOfAWrongLengthAreRefused() {
    var json = "{\"curve_publickey\": \"short\", \"curve_secretkey\": \"short\", " + PORTS + "}";
    assertThrows(IOException.class, () -> read(json));
  }

  @Test
  void aFileThatIsNotJsonIsNamed() {
    var e = assertThrows(IOException.class, () -> read("not JSON {"));
    assertTrue(e.getMessage().contains("c.json"), e.getMessage());
  }
}
