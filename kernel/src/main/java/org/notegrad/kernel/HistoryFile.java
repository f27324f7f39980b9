package org.notegrad.kernel;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.notegrad.kernel.History.Entry;
import org.notegrad.kernel.channel.Json;
import org.notegrad.kernel.channel.Log;

/**
 * The file of a user's history, one line of JSON a cell, which kernels that run at the same time
 * share. A small file beside it holds the number of the last session, so that a session begins
 * without a look at all that was ever run; whoever writes locks that one.
 */
final class HistoryFile {
  private static final int FIRST_PIECE = 1 << 16;

  private final Path file;
  private final Path sessions;
  private final long mostBytes;

  /**
   * A history in this file, which need not exist.
   *
   * @param mostBytes what the file may hold; of more, a new session keeps the later half
   */
  HistoryFile(Path file, long mostBytes) {
    this.file = file;
    this.sessions = file.resolveSibling(file.getFileName() + ".sessions");
    this.mostBytes = mostBytes;
  }

  /** Takes the next session's number. */
  int beginSession() throws IOException {
    createPrivately(file);
    createPrivately(sessions);
    try (var counter = open(sessions)) {
      counter.lock(); // until it is closed
      int session = 1 + lastSession();
      counter.truncate(0);
      write(counter, Integer.toString(session));
      if (Files.size(file) > mostBytes) {
        dropEarlierHalf();
      }
      return session;
    }
  }

  /** The number of the session that began last, or 0. */
  int lastSession() throws IOException {
    String number = Files.exists(sessions) ? Files.readString(sessions).strip() : "";
    if (number.matches("\\d{1,9}")) {
      return Integer.parseInt(number);
    }
    return read().stream().mapToInt(Entry::session).max().orElse(0);
  }

  /** Adds an entry, on a line of its own. */
  void append(Entry entry) throws IOException {
    createPrivately(file);
    createPrivately(sessions);
    try (var counter = open(sessions)) {
      counter.lock();
      appendLine(entry);
    }
  }

  private void appendLine(Entry entry) throws IOException {
    try (var channel = open(file)) {
      String line =
          Json.object(
                  "session", entry.session(),
                  "line", entry.line(),
                  "input", entry.input(),
                  "output", entry.output())
              + "\n";
      boolean amidALine = channel.size() > 0 && lastByte(channel) != '\n'; // someone died writing
      channel.position(channel.size());
      write(channel, amidALine ? "\n" + line : line);
    }
  }

  /** All entries, the oldest first. */
  List<Entry> read() throws IOException {
    return tail(Integer.MAX_VALUE);
  }

  /** The last entries, the oldest first: reads no more of the file than they need. */
  List<Entry> tail(int count) throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    try (var channel = FileChannel.open(file)) {
      long size = channel.size();
      long piece = count == Integer.MAX_VALUE ? size : Math.min(size, FIRST_PIECE);
      while (true) {
        var entries = entries(lines(channel, size - piece, piece));
        if (entries.size() >= count || piece == size) {
          return List.copyOf(entries.subList(Math.max(0, entries.size() - count), entries.size()));
        }
        piece = Math.min(size, 4 * piece);
      }
    }
  }

  /** The whole lines of a piece of the file. */
  private static String lines(FileChannel channel, long from, long count) throws IOException {
    var bytes = ByteBuffer.allocate(Math.toIntExact(count));
    while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
      // a read may give less than all
    }
    int start = 0;
    while (from > 0 && start < bytes.position() && bytes.get(start++) != '\n') {
      // the end of a line that begins before the piece
    }
    return new String(bytes.array(), start, bytes.position() - start, StandardCharsets.UTF_8);
  }

  private static List<Entry> entries(String lines) {
    var entries = new ArrayList<Entry>();
    lines.lines().forEach(line -> parse(line, entries));
    return entries;
  }

  /** Skips a line that another program, or a full disk, has spoilt. */
  private static void parse(String line, List<Entry> entries) {
    try {
      JsonObject fields = JsonParser.parseString(line).getAsJsonObject();
      entries.add(
          new Entry(
              fields.get("session").getAsInt(),
              fields.get("line").getAsInt(),
              fields.get("input").getAsString(),
              fields.get("output").getAsString()));
    } catch (JsonParseException
        | IllegalStateException
        | NullPointerException
        | NumberFormatException e) {
      Log.warn("a line of the history is not readable and is skipped");
    }
  }

  private void dropEarlierHalf() throws IOException {
    Path beside = Files.createTempFile(file.getParent(), "history", ".new");
    try (var channel = FileChannel.open(file);
        var kept = FileChannel.open(beside, StandardOpenOption.WRITE)) {
      long half = mostBytes / 2;
      write(kept, lines(channel, channel.size() - half, half));
      kept.force(true);
    }
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void createPrivately(Path path) throws IOException {
    Files.createDirectories(path.toAbsolutePath().getParent());
    if (!Files.exists(path)) {
      if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        var ownerOnly = PosixFilePermissions.fromString("rw-------");
        Files.createFile(path, PosixFilePermissions.asFileAttribute(ownerOnly));
      } else {
        Files.createFile(path);
      }
    }
  }

  private static FileChannel open(Path path) throws IOException {
    return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private static int lastByte(FileChannel channel) throws IOException {
    var last = ByteBuffer.allocate(1);
    channel.read(last, channel.size() - 1);
    return last.get(0);
  }

  private static void write(FileChannel channel, String text) throws IOException {
    var bytes = StandardCharsets.UTF_8.encode(text);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
