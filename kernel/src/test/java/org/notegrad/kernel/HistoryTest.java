package org.notegrad.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

  @Test
  void aSessionBeginsAfterAllThatTheFileHasIfTheirNumberIsLost() throws IOException {
    open().add(1, "one", "");
    open().add(1, "two", "");
    Path sessions = folder.resolve("made").resolve("history.jsonl.sessions");
    for (String lost : List.of("", "2 and more")) {
      Files.writeString(sessions, lost);
      var next = open();
      assertEquals(List.of("two"), inputs(next.range(-1, 0, -1)));
    }
    var third = open();
    third.add(1, "three", "");
    assertEquals(3, third.tail(1).getFirst().session());
    assertEquals("3", Files.readString(sessions));
  }

  @Test
  void theLastEntriesAreFoundHoweverLongTheyAre() {
    var history = open();
    for (int line = 1; line <= 6; line++) {
      history.add(line, "ü".repeat(line * 20_000), "");
    }
    var later = open();
    for (int count = 0; count <= 7; count++) {
      var lengths = inputs(later.tail(count)).stream().map(s -> s.length() / 20_000).toList();
      assertEquals(List.of(1, 2, 3, 4, 5, 6).subList(Math.max(0, 6 - count), 6), lengths);
    }
  }

  @Test
  void ofAFileThatGrewTooLongTheLaterHalfIsKept() throws IOException {
    Path file = folder.resolve("history.jsonl");
    var first = new History(new HistoryFile(file, 2000));
    for (int line = 1; line <= 60; line++) {
      first.add(line, "cell " + line, "");
    }
    var second = new History(new HistoryFile(file, 2000));
    second.add(1, "next", "");
    var kept = inputs(second.tail(99));
    assertEquals(List.of("cell 59", "cell 60", "next"), kept.subList(kept.size() - 3, kept.size()));
    assertTrue(kept.size() > 10 && Files.size(file) < 1200, kept.toString());
    assertEquals("cell " + (62 - kept.size()), kept.getFirst());
    assertEquals(2, second.tail(1).getFirst().session());
  }

  @Test
  void aDiskThatCannotBeWrittenCostsNoMemory() throws IOException {
    Path blocked = Files.createFile(folder.resolve("a file"));
    var history = new History(blocked.resolve("history.jsonl"));
    history.add(1, "kept", "");
    assertEquals(List.of("kept"), inputs(history.tail(9)));
    assertEquals(List.of("kept"), inputs(history.range(0, 0, -1)));
  }
}
