package org.notegrad.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
  @TempDir Path folder;

  private History open() {
    return new History(folder.resolve("made").resolve("history.jsonl"));
  }

  private static List<String> inputs(List<History.Entry> entries) {
    return entries.stream().map(History.Entry::input).toList();
  }

  @Test
  void sessionsAreCountedAndKept() {
    open().add(1, "first\nline", "out");
    var second = open();
    second.add(1, "second", "");
    assertEquals(List.of("first\nline", "second"), inputs(second.tail(9)));
    assertEquals(List.of("second"), inputs(second.tail(1)));
    assertEquals(List.of("second"), inputs(second.range(0, 1, 2)));
    assertEquals(List.of("first\nline"), inputs(second.range(-1, 1, -1)));
    assertEquals(List.of("first\nline"), inputs(second.range(1, 0, 5)));
    assertEquals("out", second.tail(2).getFirst().output());
  }

  @Test
  void rangesLeaveOutTheirEnd() {
    var history = open();
    for (int line = 1; line <= 4; line++) {
      history.add(line, "cell " + line, "");
    }
    assertEquals(List.of("cell 2", "cell 3"), inputs(history.range(0, 2, 4)));
  }

  @Test
  void patternsAreGlobsAndEqualInputsCountOnceIfAsked() {
    var history = open();
    for (String input : List.of("a(1)", "b", "a(2)", "a(1)")) {
      history.add(1, input, "");
    }
    assertEquals(List.of("a(1)", "a(2)", "a(1)"), inputs(history.search("a(?)", 9, false)));
    assertEquals(List.of("a(2)", "a(1)"), inputs(history.search("a*", 9, true)));
    assertEquals(List.of("a(1)"), inputs(history.search("*", 1, false)));
  }

  @Test
  void spoiltLinesAreSkipped() throws IOException {
    open().add(1, "good", "");
    Path file = folder.resolve("made").resolve("history.jsonl");
    Files.writeString(file, "{\"session\": tru", StandardOpenOption.APPEND);
    assertEquals(List.of("good"), inputs(open().tail(9)));
  }

  @Test
  void kernelsThatStartTogetherAreSessionsOfTheirOwn() {
    var one = open();
    var other = open();
    assertEquals(List.of(), one.tail(9));
    assertEquals(List.of(), other.tail(9));
    one.add(1, "one", "");
    other.add(1, "other", "");
    one.add(2, "one again", "");
    var sessions = open().tail(9).stream().map(History.Entry::session).toList();
    assertEquals(List.of(1, 2, 1), sessions);
    assertEquals(List.of("other"), inputs(other.range(0, 0, -1)));
  }

  @Test
  void anEntryAfterASpoiltLineIsKept() throws IOException {
    open().add(1, "good", "");
    Path file = folder.resolve("made").resolve("history.jsonl");
    Files.writeString(file, "{\"session\": 1, \"inp", StandardOpenOption.APPEND);
    open().add(1, "next", "");
    assertEquals(List.of("good", "next"), inputs(open().tail(9)));
  }

  @Test
  void onlyTheOwnerMayReadTheFile() throws IOException {
    open().add(1, "secret", "");
    Path file = folder.resolve("made").resolve("history.jsonl");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }
}
