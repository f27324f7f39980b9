package org.notegrad.kernel.display;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The same thing in several formats, of which a client shows the richest that it can.
 *
 * @param data MIME type to content: text for text types and SVG, Base64 for other images, maps and
 *     lists for JSON types
 * @param metadata hints to clients, by MIME type
 */
public record MimeBundle(Map<String, Object> data, Map<String, Object> metadata) {
  public static final String TEXT = "text/plain";
  public static final String HTML = "text/html";
  public static final String MARKDOWN = "text/markdown";
  public static final String LATEX = "text/latex";
  public static final String SVG = "image/svg+xml";
  public static final String PNG = "image/png";

  public MimeBundle {
    data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /** Text only. */
  public static MimeBundle text(String text) {
    return new MimeBundle(Map.of(TEXT, text), Map.of());
  }

  /** This bundle and one format more. */
  public MimeBundle with(String mimeType, Object content) {
    var more = new LinkedHashMap<>(data);
    more.put(mimeType, content);
    return new MimeBundle(more, metadata);
  }

  /** The plain text, or nothing if there is none. */
  public String plainText() {
    return String.valueOf(data.getOrDefault(TEXT, ""));
  }
}
