package org.notegrad.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A process whose output goes to a log, while a line now and then tells a person that it goes on.
 *
 * @param command what is run
 * @param environment variables that it gets beside ours
 * @param log where all its output goes
 * @param progress what a line of its output tells a person; empty for nothing
 */
record LoudProcess(
    List<String> command,
    Map<String, String> environment,
    Path log,
    Function<String, Optional<String>> progress) {
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration SILENCE = Duration.ofSeconds(10);

  /** Runs it to its end and returns its exit status. */
  int run() throws IOException {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    var process = builder.start();
    process.getOutputStream().close();
    var news = new News();
    var ticker = Thread.ofVirtual().start(news::breakSilence);
    try (var lines =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        var out = Files.newBufferedWriter(log)) {
      for (String line; (line = lines.readLine()) != null; ) {
        out.write(line);
        out.newLine();
        progress.apply(line).ifPresent(news::tell);
      }
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while running " + command.getFirst(), e);
    } finally {
      ticker.interrupt();
    }
  }

  /** The last lines of a log. */
  static String tail(Path log, int lines) throws IOException {
    var all = Files.readAllLines(log);
    return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
  }

  /** At most one line a second, and at least one in ten. */
  private static final class News {
    private final long start = System.nanoTime();
    private long last = start - PAUSE.toNanos();
    private String latest = "  at it";

    synchronized void tell(String line) {
      latest = line;
      if (System.nanoTime() - last < PAUSE.toNanos()) return;
      print(line);
    }

    private void print(String line) {
      System.err.println(line);
      last = System.nanoTime();
    }

    void breakSilence() {
      try {
        while (true) {
          Thread.sleep(PAUSE);
          synchronized (this) {
            long now = System.nanoTime();
            if (now - last < SILENCE.toNanos()) continue;
            print("%s (%d s so far)".formatted(latest, (now - start) / 1_000_000_000));
          }
        }
      } catch (InterruptedException ended) {
        // The process has ended, and so has the need to speak.
      }
    }
  }
}
