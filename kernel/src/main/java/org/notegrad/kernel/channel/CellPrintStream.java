package org.notegrad.kernel.channel;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * What {@code System.out} and {@code System.err} are in a cell. Text goes on as text; each call is
 * one piece, so lines of several threads do not mix. No lock is held while arguments are turned
 * into text, for that runs code of the cell's, which may never end.
 */
public final class CellPrintStream extends PrintStream {
  private final Consumer<String> text;
  private final Runnable flush;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private byte[] partial = {}; // the beginning of a character whose other bytes are still to come

  /**
   * A stream of text.
   *
   * @param text takes each piece, on the printing thread
   * @param flush asks for what was printed to be shown now
   */
  public CellPrintStream(Consumer<String> text, Runnable flush) {
    super(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    this.text = text;
    this.flush = flush;
  }

  private void piece(String piece) {
    if (!piece.isEmpty()) {
      text.accept(piece);
    }
  }

  private void line(String line) {
    text.accept(line + System.lineSeparator());
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes) {
    write(bytes, 0, bytes.length);
  }

  @Override
  public void writeBytes(byte[] bytes) {
    write(bytes, 0, bytes.length);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    piece(decode(bytes, offset, length));
  }

  private synchronized String decode(byte[] bytes, int offset, int length) {
    byte[] all = Arrays.copyOf(partial, partial.length + length);
    System.arraycopy(bytes, offset, all, partial.length, length);
    var in = ByteBuffer.wrap(all);
    var out = CharBuffer.allocate(all.length + 1);
    decoder.reset().decode(in, out, false);
    partial = Arrays.copyOfRange(all, in.position(), all.length);
    return out.flip().toString();
  }

  @Override
  public void flush() {
    flush.run();
  }

  @Override
  public void close() {
    flush(); // a cell that closes System.out does not take it from the next
  }

  @Override
  public boolean checkError() {
    return false;
  }

  @Override
  public void print(boolean value) {
    piece(String.valueOf(value));
  }

  @Override
  public void print(char value) {
    piece(String.valueOf(value));
  }

  @Override
  public void print(int value) {
    piece(String.valueOf(value));
  }

  @Override
  public void print(long value) {
    piece(String.valueOf(value));
  }

  @Override
  public void print(float value) {
    piece(String.valueOf(value));
  }

  @Override
  public void print(double value) {
    piece(String.valueOf(value));
  }

  @Override
  public void print(char[] value) {
    piece(String.valueOf(value));
  }

  @Override
  public void print(String value) {
    piece(String.valueOf(value));
  }

  @Override
  public void print(Object value) {
    piece(String.valueOf(value));
  }

  @Override
  public void println() {
    line("");
  }

  @Override
  public void println(boolean value) {
    line(String.valueOf(value));
  }

  @Override
  public void println(char value) {
    line(String.valueOf(value));
  }

  @Override
  public void println(int value) {
    line(String.valueOf(value));
  }

  @Override
  public void println(long value) {
    line(String.valueOf(value));
  }

  @Override
  public void println(float value) {
    line(String.valueOf(value));
  }

  @Override
  public void println(double value) {
    line(String.valueOf(value));
  }

  @Override
  public void println(char[] value) {
    line(String.valueOf(value));
  }

  @Override
  public void println(String value) {
    line(String.valueOf(value));
  }

  @Override
  public void println(Object value) {
    line(String.valueOf(value));
  }

  @Override
  public PrintStream printf(String format, Object... args) {
    return format(format, args);
  }

  @Override
  public PrintStream printf(Locale locale, String format, Object... args) {
    return format(locale, format, args);
  }

  @Override
  public PrintStream format(String format, Object... args) {
    piece(String.format(format, args));
    return this;
  }

  @Override
  public PrintStream format(Locale locale, String format, Object... args) {
    piece(String.format(locale, format, args));
    return this;
  }

  @Override
  public PrintStream append(CharSequence value) {
    piece(String.valueOf(value));
    return this;
  }

  @Override
  public PrintStream append(CharSequence value, int start, int end) {
    piece(String.valueOf(value).substring(start, end));
    return this;
  }

  @Override
  public PrintStream append(char value) {
    piece(String.valueOf(value));
    return this;
  }
}
