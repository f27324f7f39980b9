package org.notegrad.viz;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Pieces of HTML and XML, for views. */
public final class Html {
  /** Opens a table that looks the same under any page's rules; takes further styles. */
  public static final String TABLE =
      "<table style=\"margin:0;border-collapse:collapse;border:none;table-layout:auto;%s\">";

  /** Opens a row without the stripes that notebooks give their tables. */
  public static final String ROW = "<tr style=\"background:transparent;border:none\">";

  /** A remark below a picture. */
  public static final String NOTE = "<div style=\"opacity:.65;font-size:11px\">%s</div>";

  private Html() {}

  /** {@code text} as character data or a double-quoted attribute value of HTML and XML. */
  public static String escape(String text) {
    var out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        case '\n', '\t' -> out.append(c);
        default -> escapeRare(text, i, out);
      }
    }
    return out.toString();
  }

  /** XML has no place for control characters and lone surrogates; they become U+FFFD. */
  private static void escapeRare(String text, int i, StringBuilder out) {
    char c = text.charAt(i);
    boolean loneHigh =
        Character.isHighSurrogate(c)
            && (i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1)));
    boolean loneLow =
        Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    boolean unfit = c < ' ' || (c >= 0x7f && c < 0xa0) || c == 0xfffe || c == 0xffff;
    out.append(loneHigh || loneLow || unfit ? '\ufffd' : c);
  }

  /** An SVG document as the URI of an image. */
  public static String dataUri(String svg) {
    return dataUri("image/svg+xml", svg.getBytes(StandardCharsets.UTF_8));
  }

  /** Bytes as the URI of an image. */
  public static String dataUri(String mimeType, byte[] bytes) {
    return "data:" + mimeType + ";base64," + Base64.getEncoder().encodeToString(bytes);
  }
}
