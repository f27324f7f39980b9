package org.notegrad.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.notegrad.kernel.channel.Channel;
import org.notegrad.kernel.channel.Json;
import org.notegrad.kernel.channel.KernelProcess;
import org.notegrad.kernel.channel.TestClient;

/** Interrupting and ending a kernel. */
class LifecycleTest {
  @TempDir Path folder;

  @Test
  void aLoopIsInterruptedByMessageAndBySignalAndTheKernelGoesOn()
      throws IOException, InterruptedException {
    try (var kernel = KernelProcess.start(folder)) {
      var client = kernel.client();
      String loop = startLoop(client);
      String interrupt = client.send(Channel.CONTROL, "interrupt_request", new JsonObject());
      assertEquals("interrupt_reply", client.reply(Channel.CONTROL, interrupt).type());
      assertEquals("error", client.await(loop).status());

      String another = startLoop(client);
      new ProcessBuilder("kill", "-INT", String.valueOf(kernel.process().pid())).start().waitFor();
      assertEquals("error", client.await(another).status());
      assertEquals("2", client.execute("1 + 1").result());
    }
  }

  @Test
  void anEncryptedKernelAnswersThoseWhoKnowItsKey() {
    try (var kernel = KernelProcess.startEncrypted(folder)) {
      assertEquals("2", kernel.client().execute("1 + 1").result());
    }
  }

  @Test
  void theKernelEndsWithinASecondWhileACellRuns() throws InterruptedException {
    try (var kernel = KernelProcess.start(folder)) {
      startLoop(kernel.client());
      long millis = kernel.shutDown();
      assertTrue(millis < 1000, "took " + millis + " ms");
      assertEquals(0, kernel.process().exitValue());
    }
  }

  @Test
  void aHookThatHangsDoesNotHoldTheProcess() throws InterruptedException {
    try (var kernel = KernelProcess.start(folder)) {
      kernel
          .client()
          .execute(
              """
              Runtime.getRuntime().addShutdownHook(
                  new Thread(() -> { while (true) { Thread.onSpinWait(); } }));
              """);
      assertTrue(kernel.shutDown() < 1000);
    }
  }

  @Test
  void historyOutlivesTheKernel() throws InterruptedException {
    try (var kernel = KernelProcess.start(folder)) {
      kernel.client().execute("int remembered = 12;");
      kernel.shutDown();
    }
    try (var kernel = KernelProcess.start(folder)) {
      var query = Json.object("hist_access_type", "tail", "n", 1, "output", false);
      var found = kernel.client().request("history_request", query).reply();
      var entry = found.getAsJsonArray("history").get(0).getAsJsonArray();
      assertEquals("int remembered = 12;", entry.get(2).getAsString());
    }
  }

  /** Starts an endless loop and waits until it runs. */
  private static String startLoop(TestClient client) {
    String code = "System.out.println(\"on\"); while (true) {}";
    String id = client.send(Channel.SHELL, "execute_request", Json.object("code", code));
    client.awaitPublished(m -> TestClient.isChild(m, id) && m.type().equals("stream"));
    return id;
  }

  @Test
  void aProcessWithoutAConnectionFileSaysSo() throws IOException, InterruptedException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var process =
        new ProcessBuilder(
                java,
                "-cp",
                System.getProperty("java.class.path"),
                KernelMain.class.getName(),
                folder.resolve("none.json").toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(10, TimeUnit.SECONDS));
    assertEquals(1, process.exitValue());
    assertTrue(said.contains("none.json"), said);
  }
}
