package org.notegrad.kernel.channel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * What {@code System.in} is in a cell: each line is asked from the person who runs it, when the
 * cell reads it.
 */
public final class CellInputStream extends InputStream {
  /** Asks for a line. */
  @FunctionalInterface
  public interface LineSource {
    /**
     * The person's next line, without its end.
     *
     * @throws IOException if the client does not allow input, or the wait was interrupted
     */
    String readLine() throws IOException;
  }

  private final LineSource source;
  private byte[] line = {};
  private int at;

  public CellInputStream(LineSource source) {
    this.source = source;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    if (available() == 0) {
      String answer = source.readLine(); // not under the lock: it may never come
      synchronized (this) {
        line = (answer + "\n").getBytes(StandardCharsets.UTF_8);
        at = 0;
      }
    }
    synchronized (this) {
      int count = Math.min(length, line.length - at);
      System.arraycopy(line, at, target, offset, count);
      at += count;
      return count;
    }
  }

  @Override
  public synchronized int available() {
    return line.length - at;
  }

  /** Forgets what a cell has not read, so that the next cell asks anew. */
  public synchronized void forget() {
    at = line.length;
  }
}
