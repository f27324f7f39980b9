package org.notegrad.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.notegrad.kernel.channel.Channel;
import org.notegrad.kernel.channel.Json;
import org.notegrad.kernel.channel.KernelProcess;
import org.notegrad.kernel.channel.Message;
import org.notegrad.kernel.channel.TestClient;
import org.notegrad.kernel.channel.TestClient.Exchange;

/** What clients see of a running kernel. */
class ProtocolTest {
  @TempDir static Path folder;
  private static KernelProcess kernel;
  private static TestClient client;

  @BeforeAll
  static void startKernel() {
    kernel = KernelProcess.start(folder);
    client = kernel.client();
  }

  @AfterAll
  static void stopKernel() {
    kernel.close();
  }

  @Test
  void kernelInfoTellsStatusLanguageAndHelp() {
    JsonObject info = client.request("kernel_info_request", new JsonObject()).reply();
    assertEquals("ok", info.get("status").getAsString());
    assertEquals("java", info.getAsJsonObject("language_info").get("name").getAsString());
    assertFalse(info.getAsJsonArray("help_links").isEmpty());
    assertTrue(info.get("banner").getAsString().startsWith("Notegrad"));
  }

  @Test
  void aHeartbeatIsEchoed() {
    byte[] beat = "ping".getBytes(StandardCharsets.UTF_8);
    assertArrayEquals(beat, client.beat(beat));
  }

  @Test
  void aWronglySignedMessageIsDroppedAndTheNextIsAnswered() {
    List<byte[]> forged = client.frames("kernel_info_request", new JsonObject());
    forged.set(1, "0".repeat(64).getBytes(StandardCharsets.US_ASCII));
    for (Channel channel : List.of(Channel.SHELL, Channel.CONTROL)) {
      client.sendFrames(channel, forged);
      assertTrue(client.silent(channel, Duration.ofMillis(200)));
      String id = client.send(channel, "kernel_info_request", new JsonObject());
      assertEquals("kernel_info_reply", client.reply(channel, id).type());
      client.published(id);
    }
  }

  @Test
  void aReplayedMessageIsDropped() {
    List<byte[]> frames = client.frames("kernel_info_request", new JsonObject());
    client.sendFrames(Channel.SHELL, frames);
    assertEquals("kernel_info_reply", client.receive(Channel.SHELL).type());
    client.sendFrames(Channel.SHELL, frames);
    assertTrue(client.silent(Channel.SHELL, Duration.ofMillis(200)));
  }

  @Test
  void malformedFramesAreDropped() {
    List<byte[]> whole = client.frames("kernel_info_request", new JsonObject());
    client.sendFrames(Channel.SHELL, List.of(new byte[] {1, 2, 3}));
    client.sendFrames(Channel.SHELL, whole.subList(0, 3));
    client.sendFrames(Channel.SHELL, List.of(new byte[0], new byte[0]));
    assertTrue(client.silent(Channel.SHELL, Duration.ofMillis(200)));
    assertEquals("ok", client.request("kernel_info_request", new JsonObject()).status());
  }

  @Test
  void aCellThatTakesAwayTheStreamsGetsThemBackForTheNext() {
    assertEquals("ok", client.execute("System.setErr(null); System.setOut(null);").status());
    assertEquals("3", client.execute("1 + 2").result());
    assertEquals("back\n", client.execute("System.out.println(\"back\");").stdout());
  }

  @Test
  void valuesOfCellsClassesAreCalledAsPeopleCallThem() {
    client.execute("class Plain {} Function<Integer, Integer> twice = x -> 2 * x;");
    assertTrue(client.execute("new Plain()").result().startsWith("Plain@"));
    assertTrue(client.execute("List.of(new Plain())").result().startsWith("[Plain@"));
    assertEquals("a lambda: Function", client.execute("twice").result());
    assertTrue(client.execute("new Object() {}").result().startsWith("an anonymous class@"));
    assertTrue(
        client
            .execute("var some = new Object() { int n = 1; }; some")
            .result()
            .startsWith("an anonymous class@"));
  }

  @Test
  void outputsComeInOrderBetweenBusyAndIdle() {
    var exchange =
        client.execute(
            """
            System.out.println("one");
            System.err.println("two");
            display("three");
            System.out.println("four");
            5
            """);
    assertEquals(
        List.of(
            "status",
            "execute_input",
            "stream",
            "stream",
            "display_data",
            "stream",
            "execute_result",
            "status"),
        exchange.types());
    assertEquals("5", exchange.result());
    assertEquals("one\nfour\n", exchange.stdout());
    assertEquals("two\n", exchange.stderr());
  }

  @Test
  void manyLinesLeaveInFewMessages() {
    var exchange = client.execute("for (int i = 0; i < 10_000; i++) System.out.println(i);");
    var expected = new StringBuilder();
    IntStream.range(0, 10_000).forEach(i -> expected.append(i).append('\n'));
    assertEquals(expected.toString(), exchange.stdout());
    assertTrue(exchange.contents("stream").size() < 100);
  }

  @Test
  void aLinePrintedIsShownWhileTheCellGoesOn() {
    String id =
        client.send(
            Channel.SHELL,
            "execute_request",
            Json.object("code", "System.out.println(\"now\"); Thread.sleep(1500);"));
    long start = System.nanoTime();
    client.awaitPublished(m -> TestClient.isChild(m, id) && m.type().equals("stream"));
    assertTrue(System.nanoTime() - start < 1_200_000_000L);
    client.await(id);
  }

  @Test
  void aSilentRequestShowsNeitherInputNorResultAndDoesNotCount() {
    int before = count(client.execute("1 + 1"));
    var exchange = client.request("execute_request", Json.object("code", "2 + 2", "silent", true));
    assertEquals("ok", exchange.status());
    assertEquals(List.of("status", "status"), exchange.types());
    assertEquals(before + 1, count(client.execute("1 + 1")));
  }

  @Test
  void aRequestThatIsNotStoredDoesNotCount() {
    int before = count(client.execute("1 + 1"));
    var exchange =
        client.request("execute_request", Json.object("code", "2 + 2", "store_history", false));
    assertEquals("4", exchange.result());
    assertEquals(before + 1, count(client.execute("1 + 1")));
  }

  private static int count(Exchange exchange) {
    return exchange.reply().get("execution_count").getAsInt();
  }

  @Test
  void userExpressionsAreEvaluatedAfterTheCell() {
    var request =
        Json.object(
            "code", "int seven = 7;", "user_expressions", Map.of("a", "seven * 6", "b", "none"));
    var values =
        client.request("execute_request", request).reply().getAsJsonObject("user_expressions");
    var a = values.getAsJsonObject("a");
    assertEquals("42", a.getAsJsonObject("data").get("text/plain").getAsString());
    assertEquals("error", values.getAsJsonObject("b").get("status").getAsString());
  }

  @Test
  void aFailedCellAbortsThoseThatWaitBehindIt() {
    String failing = "Thread.sleep(300); throw new IllegalStateException(\"no\");";
    var ids = new ArrayList<String>();
    for (String code : List.of(failing, "1", "2")) {
      ids.add(client.send(Channel.SHELL, "execute_request", Json.object("code", code)));
    }
    var failed = client.await(ids.get(0));
    assertEquals("error", failed.status());
    assertEquals("java.lang.IllegalStateException", failed.reply().get("ename").getAsString());
    assertEquals("no", failed.contents("error").getFirst().get("evalue").getAsString());
    assertEquals("aborted", client.await(ids.get(1)).status());
    assertEquals("aborted", client.await(ids.get(2)).status());
    assertEquals("3", client.execute("3").result());
  }

  @Test
  void aCellThatMayFailAbortsNothing() {
    String failing =
        client.send(
            Channel.SHELL,
            "execute_request",
            Json.object("code", "Thread.sleep(300); throw new Error();", "stop_on_error", false));
    String next = client.send(Channel.SHELL, "execute_request", Json.object("code", "11"));
    assertEquals("error", client.await(failing).status());
    assertEquals("11", client.await(next).result());
  }

  @Test
  void aDisplayIsUpdatedUnderItsId() {
    var exchange = client.execute("var shown = display(\"before\");");
    var update = client.execute("shown.update(\"after\");").contents("update_display_data");
    assertEquals(displayId(exchange.contents("display_data")), displayId(update));
    assertEquals(
        "after", update.getFirst().getAsJsonObject("data").get("text/plain").getAsString());
  }

  private static String displayId(List<JsonObject> contents) {
    return contents.getFirst().getAsJsonObject("transient").get("display_id").getAsString();
  }

  @Test
  void aCellMayClearItsOutput() {
    var exchange = client.execute("Display.clearOutput(Clear.WHEN_NEXT_OUTPUT_COMES);");
    assertTrue(exchange.contents("clear_output").getFirst().get("wait").getAsBoolean());
  }

  @Test
  void aCellReadsWhatThePersonTypes() {
    String id =
        client.send(
            Channel.SHELL,
            "execute_request",
            Json.object(
                "code",
                "var line = new BufferedReader(new InputStreamReader(System.in)).readLine(); line",
                "allow_stdin",
                true));
    Message request = client.receive(Channel.STDIN);
    assertEquals("input_request", request.type());
    assertTrue(TestClient.isChild(request, id));
    client.send(Channel.STDIN, "input_reply", Json.object("value", "zażółć"));
    assertEquals("zażółć", client.await(id).result());
  }

  @Test
  void readingWithoutAClientThatOffersInputFails() {
    var exchange =
        client.request(
            "execute_request", Json.object("code", "System.in.read()", "allow_stdin", false));
    assertEquals("java.io.IOException", exchange.reply().get("ename").getAsString());
  }

  @Test
  void cursorPositionsCountCodePoints() {
    String code = "\"😀😀\".isBla";
    int cursor = code.codePointCount(0, code.length());
    var reply =
        client.request("complete_request", Json.object("code", code, "cursor_pos", cursor)).reply();
    assertEquals(cursor, reply.get("cursor_end").getAsInt());
    assertEquals(cursor - "isBla".length(), reply.get("cursor_start").getAsInt());
    assertTrue(reply.getAsJsonArray("matches").get(0).getAsString().startsWith("isBlank"));
  }

  @Test
  void aNameIsInspected() {
    var reply =
        client.request("inspect_request", Json.object("code", "String", "cursor_pos", 6)).reply();
    assertTrue(reply.get("found").getAsBoolean());
    assertTrue(reply.getAsJsonObject("data").has("text/plain"));
  }

  @Test
  void codeIsCompleteIncompleteOrInvalid() {
    assertEquals("complete", isComplete("int x = 1;"));
    assertEquals("incomplete", isComplete("for (int i = 0; i < 3; i++) {"));
    assertEquals("invalid", isComplete("int ] x;"));
  }

  private static String isComplete(String code) {
    return client.request("is_complete_request", Json.object("code", code)).status();
  }

  @Test
  void aQuestionMarkOpensAPage() {
    var payload = client.execute("String?").reply().getAsJsonArray("payload");
    assertEquals("page", payload.get(0).getAsJsonObject().get("source").getAsString());
  }

  @Test
  void historyIsFoundByTailRangeAndPattern() {
    client.execute("111 + 1");
    client.execute("222 + 2");
    var tail = history(Json.object("hist_access_type", "tail", "n", 2, "output", true));
    assertEquals(
        "222 + 2", tail.get(1).getAsJsonArray().get(2).getAsJsonArray().get(0).getAsString());
    assertEquals("224", tail.get(1).getAsJsonArray().get(2).getAsJsonArray().get(1).getAsString());
    int line = tail.get(0).getAsJsonArray().get(1).getAsInt();
    var range =
        history(
            Json.object(
                "hist_access_type", "range", "session", 0, "start", line, "stop", line + 1));
    assertEquals(1, range.size());
    assertEquals("111 + 1", range.get(0).getAsJsonArray().get(2).getAsString());
    var found = history(Json.object("hist_access_type", "search", "pattern", "2?2 +*", "n", 9));
    assertEquals("222 + 2", found.get(found.size() - 1).getAsJsonArray().get(2).getAsString());
  }

  private static JsonArray history(JsonObject content) {
    return client.request("history_request", content).reply().getAsJsonArray("history");
  }

  @Test
  void aCellAnswersTheCommsOfATarget() {
    client.execute(
        "Comm.register(\"echo\", (comm, data) -> comm.onMessage((said, _) -> comm.send(said)));");
    client.published(
        client.send(
            Channel.SHELL,
            "comm_open",
            Json.object("comm_id", "c2", "target_name", "echo", "data", Map.of())));
    var content = Json.object("comm_id", "c2", "data", Map.of("n", 1));
    client.send(Channel.SHELL, "comm_msg", content);
    var answer = client.awaitPublished(message -> message.type().equals("comm_msg"));
    assertEquals(content, answer.content());
    client.published(
        client.send(Channel.SHELL, "comm_close", Json.object("comm_id", "c2", "data", Map.of())));
  }

  @Test
  void aCommForAnUnknownTargetIsClosed() {
    String id =
        client.send(
            Channel.SHELL,
            "comm_open",
            Json.object("comm_id", "c1", "target_name", "nobody", "data", Map.of()));
    client.published(id);
    assertEquals(
        0,
        client
            .request("comm_info_request", new JsonObject())
            .reply()
            .getAsJsonObject("comms")
            .size());
  }

  @Test
  void lateOutputOfAThreadLandsInTheCellThatStartedIt() {
    String first =
        client.send(
            Channel.SHELL,
            "execute_request",
            Json.object(
                "code",
                """
                var gate = new Semaphore(0);
                Thread.ofPlatform().start(() -> {
                  gate.acquireUninterruptibly();
                  System.out.println("late");
                });
                """));
    client.await(first);
    client.execute("System.out.println(\"second\");");
    client.send(Channel.SHELL, "execute_request", Json.object("code", "gate.release();"));
    Message late = client.awaitPublished(m -> m.text("text", "").contains("late"));
    assertTrue(TestClient.isChild(late, first));
  }

  @Test
  void unknownRequestsLeaveTheKernelAlive() {
    client.send(Channel.SHELL, "no_such_request", new JsonObject());
    client.send(Channel.CONTROL, "no_such_request", new JsonObject());
    client.sendFrames(Channel.SHELL, client.frames("execute_request", Json.object("code", 7)));
    assertEquals("1", client.execute("1").result());
  }

  @Test
  void aSecondClientIsWelcomedToo() {
    try (var second = kernel.anotherClient()) {
      second.awaitWelcome();
      assertEquals("3", second.execute("1 + 2").result());
    }
  }
}
