package org.notegrad.viz;

import java.io.ByteArrayOutputStream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes pictures of up to 256 colours as PNG (ISO/IEC 15948), without the desktop classes. */
final class Png {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  private Png() {}

  /**
   * An indexed picture.
   *
   * @param pixels a palette index for each pixel, row by row
   * @param palette colours as 0xRRGGBB, at most 256
   */
  static byte[] indexed(int width, int height, byte[] pixels, int[] palette) {
    var raw = new byte[height * (width + 1)];
    for (int y = 0; y < height; y++) {
      System.arraycopy(pixels, y * width, raw, y * (width + 1) + 1, width);
    }
    var colours = new byte[palette.length * 3];
    for (int i = 0; i < palette.length; i++) {
      rgb(palette[i], colours, i * 3);
    }
    return file(width, height, 3, colours, raw);
  }

  /** A picture in true colour; {@code pixels} as 0xRRGGBB, row by row. */
  static byte[] trueColour(int width, int height, int[] pixels) {
    var raw = new byte[height * (width * 3 + 1)];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        rgb(pixels[y * width + x], raw, y * (width * 3 + 1) + 1 + x * 3);
      }
    }
    return file(width, height, 2, new byte[0], raw);
  }

  private static void rgb(int colour, byte[] out, int at) {
    out[at] = (byte) (colour >> 16);
    out[at + 1] = (byte) (colour >> 8);
    out[at + 2] = (byte) colour;
  }

  private static byte[] file(int width, int height, int colourType, byte[] palette, byte[] raw) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(SIGNATURE);
    var header = new ByteArrayOutputStream();
    int32(header, width);
    int32(header, height);
    header.writeBytes(new byte[] {8, (byte) colourType, 0, 0, 0});
    chunk(out, "IHDR", header.toByteArray());
    if (palette.length > 0) {
      chunk(out, "PLTE", palette);
    }
    chunk(out, "IDAT", deflate(raw));
    chunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  private static byte[] deflate(byte[] raw) {
    var out = new ByteArrayOutputStream();
    try (var deflater = new Deflater(Deflater.BEST_COMPRESSION)) {
      deflater.setInput(raw);
      deflater.finish();
      var buffer = new byte[8192];
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
    }
    return out.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
    int32(out, data.length);
    var crc = new CRC32();
    for (int i = 0; i < 4; i++) {
      out.write(type.charAt(i));
      crc.update(type.charAt(i));
    }
    out.writeBytes(data);
    crc.update(data);
    int32(out, (int) crc.getValue());
  }

  private static void int32(ByteArrayOutputStream out, int value) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      out.write(value >> shift);
    }
  }
}
