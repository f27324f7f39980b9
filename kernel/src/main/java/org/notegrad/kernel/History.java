package org.notegrad.kernel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
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

  private static final long MOST_BYTES = 16 << 20;

  private final HistoryFile file;
  private final List<Entry> own = new ArrayList<>();
  private int session; // 0 until the first cell: another kernel may begin one before

  /** A history in this file, which need not exist. */
  History(Path file) {
    this(new HistoryFile(file, MOST_BYTES));
  }

  History(HistoryFile file) {
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
    try {
      if (session == 0) {
        session = file.beginSession();
      }
      file.append(new Entry(session, line, input, output));
    } catch (IOException e) {
      Log.warn("history is not saved: " + e);
    }
    own.add(new Entry(thisSession(), line, input, output));
  }

  /** The last entries of all sessions, the oldest first. */
  synchronized List<Entry> tail(int count) {
    return last(all(count), count);
  }

  /**
   * Entries of one session.
   *
   * @param ofSession a session's number; 0 for this one, negative for that many before it
   * @param start the first line
   * @param stop one past the last line; negative for no end
   */
  synchronized List<Entry> range(int ofSession, int start, int stop) {
    int wanted = ofSession > 0 ? ofSession : thisSession() + ofSession;
    return (wanted == thisSession() ? own : all(Integer.MAX_VALUE))
        .stream()
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
    var found =
        new ArrayList<>(all(Integer.MAX_VALUE).stream().filter(e -> fits.test(e.input)).toList());
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

  private int thisSession() {
    try {
      return session > 0 ? session : 1 + file.lastSession();
    } catch (IOException e) {
      Log.warn("sessions are not counted: " + e);
      return 1;
    }
  }

  /** What the file has, of which the last entries suffice, then this session's. */
  private List<Entry> all(int count) {
    var all = new ArrayList<Entry>();
    try {
      long needed = (long) count + own.size();
      for (Entry e : file.tail((int) Math.min(needed, Integer.MAX_VALUE))) {
        if (e.session != session) {
          all.add(e);
        }
      }
    } catch (IOException e) {
      Log.warn("no history of earlier sessions: " + e);
    }
    all.addAll(own);
    return all;
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
