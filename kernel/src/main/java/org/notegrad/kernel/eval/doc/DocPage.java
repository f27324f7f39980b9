package org.notegrad.kernel.eval.doc;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A signature and what its documentation says, for people to read. */
public final class DocPage {

  private static final Map<String, String> TITLES = new LinkedHashMap<>();

  static {
    TITLES.put("param", "Parameters");
    TITLES.put("return", "Returns");
    TITLES.put("throws", "Throws");
    TITLES.put("exception", "Throws");
    TITLES.put("deprecated", "Deprecated");
    TITLES.put("since", "Since");
    TITLES.put("see", "See also");
  }

  private DocPage() {}

  /** As text, wrapped by whoever shows it. */
  public static String text(String signature, Javadoc doc) {
    var out = new StringBuilder(signature).append('\n');
    var description = DocHtml.plain(doc.description());
    if (!description.isEmpty()) {
      out.append('\n').append(description).append('\n');
    }
    for (var title : titles(doc)) {
      out.append('\n').append(title).append(":\n");
      for (var block : blocks(doc, title)) {
        out.append("  ").append(DocHtml.plain(block.text()).replace("\n", "\n  ")).append('\n');
      }
    }
    return out.toString();
  }

  /** As HTML; everything in it is escaped but the tags that documentation is made of. */
  public static String html(String signature, Javadoc doc) {
    var out =
        new StringBuilder("<p><code>").append(DocHtml.escape(signature)).append("</code></p>");
    if (!doc.description().isBlank()) {
      out.append("<p>").append(DocHtml.html(doc.description())).append("</p>");
    }
    if (!doc.blocks().isEmpty()) {
      out.append("<dl>");
      for (var title : titles(doc)) {
        out.append("<dt>").append(title).append("</dt>");
        for (var block : blocks(doc, title)) {
          out.append("<dd>").append(blockHtml(block)).append("</dd>");
        }
      }
      out.append("</dl>");
    }
    return out.toString();
  }

  private static String blockHtml(Javadoc.Block block) {
    return switch (block.tag()) {
      case "param", "throws", "exception" -> {
        var parts = block.text().split("\\s+", 2);
        var rest = parts.length > 1 ? " " + DocHtml.html(parts[1]) : "";
        yield "<code>" + DocHtml.escape(parts[0]) + "</code>" + rest;
      }
      default -> DocHtml.html(block.text());
    };
  }

  private static List<String> titles(Javadoc doc) {
    return TITLES.entrySet().stream()
        .filter(title -> doc.blocks().stream().anyMatch(b -> b.tag().equals(title.getKey())))
        .map(Map.Entry::getValue)
        .distinct()
        .toList();
  }

  private static List<Javadoc.Block> blocks(Javadoc doc, String title) {
    return doc.blocks().stream().filter(b -> title.equals(TITLES.get(b.tag()))).toList();
  }
}
