package org.notegrad.kernel.channel;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.zeromq.ZMQException;

/**
 * Sends the messages of some cells through channels of their own, so that the JIT compiler has met
 * what carries messages before the person's next cell needs it.
 */
public final class Practice {

  private static final int CELLS = 100;

  private Practice() {}

  /** Exchanges messages while there is time. */
  public static void run(BooleanSupplier hasTime) {
    try {
      exchange(LocalClient.freeConnection(), hasTime);
    } catch (IOException | ZMQException e) {
      Log.warn("the kernel's messages could not be practised: " + e);
    }
  }

  private static void exchange(ConnectionFile connection, BooleanSupplier hasTime)
      throws IOException {
    var outbox = new CompletableFuture<Outbox>();
    var channels = new Channels(connection, (_, message) -> answer(outbox.join(), message));
    outbox.complete(channels.outbox());
    try (var client = new LocalClient(connection)) {
      client.awaitPublished("iopub_welcome");
      for (int i = 0; i < CELLS && hasTime.getAsBoolean(); i++) {
        client.request(
            "execute_request",
            Json.object(
                "code", "1 + 1",
                "silent", false,
                "store_history", true,
                "user_expressions", Map.of(),
                "allow_stdin", true,
                "stop_on_error", true));
        client.awaitPublished("execute_result");
      }
    } finally {
      channels.close();
    }
  }

  private static void answer(Outbox outbox, Message request) {
    var parent = request.header();
    var code = request.text("code", "");
    outbox.publish("status", parent, Json.object("execution_state", "busy"));
    outbox.publish("execute_input", parent, Json.object("code", code, "execution_count", 1));
    outbox.publish(
        "execute_result",
        parent,
        Json.object("execution_count", 1, "data", Map.of("text/plain", "2"), "metadata", Map.of()));
    outbox.reply(
        Channel.SHELL,
        request,
        "execute_reply",
        Json.object(
            "status",
            "ok",
            "execution_count",
            1,
            "user_expressions",
            Map.of(),
            "payload",
            List.of()),
        new JsonObject());
    outbox.publish("status", parent, Json.object("execution_state", "idle"));
  }
}
