package org.notegrad.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A process whose output goes to a log, while a line now and then tells a person that it goes on.
 *
 * @param command what is run
 * @param log where all its output goes
 * @param progress what a line of its output tells a person; empty for nothing
 */
record LoudProcess(List<String> command, Path log, Function<String, Optional<String>> progress) {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** Runs it to its end and returns its exit status; at most one line a second is told. */
  int run() throws IOException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    long lastNews = System.nanoTime() - PAUSE.toNanos();
    try (var lines =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        var out = Files.newBufferedWriter(log)) {
      for (String line; (line = lines.readLine()) != null; ) {
        out.write(line);
        out.newLine();
        var news = progress.apply(line);
        if (news.isPresent() && System.nanoTime() - lastNews >= PAUSE.toNanos()) {
          System.err.println(news.get());
          lastNews = System.nanoTime();
        }
      }
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while running " + command.getFirst(), e);
    }
  }

  /** The last lines of a log. */
  static String tail(Path log, int lines) throws IOException {
    var all = Files.readAllLines(log);
    return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
  }
}
