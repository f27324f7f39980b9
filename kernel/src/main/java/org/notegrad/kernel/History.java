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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.notegrad.kernel.channel.Json;
import org.notegrad.kernel.channel.Log;

/**
 * What was run, in this session and in those before it: one line of JSON a cell, in a file of the
 * user's. Kernels that run at the same time share the file; each is a session of its own.
 */
final class History {
  /**
   * A cell that was run.
   *
   * @param session counts kernels' lives from 1
   * @param line the cell's execution count
   * @param output the text of its result, or empty
   */
  record Entry(int session, int line, String input, String output) {}

  private static final int KEPT = 20_000;

  private final Path file;
  private List<Entry> earlier; // read when first asked for
  private final List<Entry> own = new ArrayList<>();
  private int session;
  private boolean claimed; // the session has its number in the file

  /** A history in this file, which need not exist. */
  History(Path file) {
    this.file = file;
  }

  /** Where a user's history is kept. */
  static Path defaultFile() {
    String named = System.getenv("NOTEGRAD_HISTORY");
    if (named != null && !named.isEmpty()) {
      return Path.of(named);
    }
    String data = System.getenv("XDG_DATA_HOME");
    Path home =
        data == null || data.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".local", "share")
            : Path.of(data);
    return home.resolve("notegrad").resolve("history.jsonl");
  }

  /** Remembers a cell; a disk that can't be written costs the memory of it after a restart. */
  synchronized void add(int line, String input, String output) {
    load();
    try (var channel = openPrivately();
        var lock = channel.lock()) {
      if (lock.isValid()) {
        claimSession(channel);
        append(channel, new Entry(session, line, input, output));
      }
    } catch (IOException e) {
      Log.warn("history is not saved: " + e);
    }
    own.add(new Entry(session, line, input, output));
  }

  private FileChannel openPrivately() throws IOException {
    createPrivately();
    return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /** With the first cell: another kernel may have begun a session since the file was read. */
  private void claimSession(FileChannel channel) throws IOException {
    if (!claimed) {
      session = after(entries(read(channel)));
      claimed = true;
    }
  }

  private static int after(List<Entry> entries) {
    return 1 + entries.stream().mapToInt(Entry::session).max().orElse(0);
  }

  private static String read(FileChannel channel) throws IOException {
    var bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
    while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
      // a read may give less than all
    }
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
  }

  private static void append(FileChannel channel, Entry entry) throws IOException {
    String line = lines(List.of(entry));
    var bytes = StandardCharsets.UTF_8.encode(endsAmidALine(channel) ? "\n" + line : line);
    channel.position(channel.size());
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Whether a kernel, or its machine, died while it wrote. */
  private static boolean endsAmidALine(FileChannel channel) throws IOException {
    var last = ByteBuffer.allocate(1);
    return channel.size() > 0 && channel.read(last, channel.size() - 1) == 1 && last.get(0) != '\n';
  }

  private static String lines(List<Entry> entries) {
    var text = new StringBuilder();
    for (Entry e : entries) {
      text.append(
              Json.object(
                  "session", e.session,
                  "line", e.line,
                  "input", e.input,
                  "output", e.output))
          .append('\n');
    }
    return text.toString();
  }

  private void load() {
    if (earlier != null) {
      return;
    }
    earlier = new ArrayList<>();
    try (var channel = openPrivately()) {
      earlier = entries(read(channel));
      if (earlier.size() > 2 * KEPT) {
        earlier = new ArrayList<>(earlier.subList(earlier.size() - KEPT, earlier.size()));
        Path beside = Files.createTempFile(file.getParent(), "history", ".new");
        Files.writeString(beside, lines(earlier));
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      Log.warn("no history of earlier sessions: " + e);
    }
    session = after(earlier);
  }

  private static List<Entry> entries(String lines) {
    var entries = new ArrayList<Entry>();
    lines.lines().forEach(line -> parse(line, entries));
    return entries;
  }

  private void createPrivately() throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    if (!Files.exists(file)) {
      if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        var ownerOnly = PosixFilePermissions.fromString("rw-------");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(ownerOnly));
      } else {
        Files.createFile(file);
      }
    }
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

  private List<Entry> all() {
    load();
    var all = new ArrayList<>(earlier);
    all.addAll(own);
    return all;
  }

  /** The last entries of all sessions, the oldest first. */
  synchronized List<Entry> tail(int count) {
    return last(all(), count);
  }

  /**
   * Entries of one session.
   *
   * @param ofSession a session's number; 0 for this one, negative for that many before it
   * @param start the first line
   * @param stop one past the last line; negative for no end
   */
  synchronized List<Entry> range(int ofSession, int start, int stop) {
    load();
    int wanted = ofSession > 0 ? ofSession : session + ofSession;
    return all().stream()
        .filter(e -> e.session == wanted && e.line >= start && (stop < 0 || e.line < stop))
        .toList();
  }

  /**
   * The last entries whose input fits a pattern.
   *
   * @param glob {@code *} stands for anything, {@code ?} for one character
   * @param unique whether equal inputs count once, the latest
   */
  synchronized List<Entry> search(String glob, int count, boolean unique) {
    Predicate<String> fits = globPattern(glob).asMatchPredicate();
    var found = new ArrayList<>(all().stream().filter(e -> fits.test(e.input)).toList());
    if (unique) {
      var latest = new LinkedHashMap<String, Entry>();
      for (Entry e : found) {
        latest.remove(e.input);
        latest.put(e.input, e);
      }
      found = new ArrayList<>(latest.values());
    }
    return last(found, count);
  }

  private static List<Entry> last(List<Entry> entries, int count) {
    return List.copyOf(entries.subList(Math.max(0, entries.size() - count), entries.size()));
  }

  private static Pattern globPattern(String glob) {
    var regex = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }
}
