package org.notegrad.kernel.eval.doc;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Javadoc's inline tags and HTML, made into HTML of known tags without attributes, or into text.
 */
final class DocHtml {

  private static final Set<String> KEPT =
      Set.of(
          "p",
          "ul",
          "ol",
          "li",
          "b",
          "i",
          "em",
          "strong",
          "code",
          "pre",
          "blockquote",
          "br",
          "tt",
          "table",
          "thead",
          "tbody",
          "tr",
          "td",
          "th",
          "caption",
          "dl",
          "dt",
          "dd",
          "sub",
          "sup",
          "h1",
          "h2",
          "h3",
          "h4",
          "h5",
          "h6",
          "var",
          "kbd",
          "hr");
  private static final Map<String, String> ENTITIES =
      Map.of(
          "lt", "<", "gt", ">", "amp", "&", "quot", "\"", "nbsp", " ", "apos", "'", "mdash", "-",
          "ndash", "-", "le", "\u2264", "ge", "\u2265");

  private static final Pattern HTML_TAG = Pattern.compile("<(/?)([a-zA-Z][a-zA-Z0-9]*)\\b[^>]*>");
  private static final Pattern ENTITY = Pattern.compile("&(#?\\w+);");
  private static final Pattern SENTENCE_END =
      Pattern.compile("\\.(?=\\s)|<p>|<P>|<pre>|<ul>|<ol>|<blockquote>|\\n\\s*\\n");

  private DocHtml() {}

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  static String firstSentence(String description) {
    var matcher = SENTENCE_END.matcher(description);
    while (matcher.find()) {
      var sentence =
          description.substring(0, matcher.group().equals(".") ? matcher.end() : matcher.start());
      boolean insideTag = sentence.lastIndexOf("{@") > sentence.lastIndexOf('}');
      if (!insideTag
          && !sentence.isBlank()
          && !sentence.endsWith("e.g.")
          && !sentence.endsWith("i.e.")) {
        return sentence.strip();
      }
    }
    return description;
  }

  /** HTML that holds no tag but those of {@link #KEPT}, and no attribute. */
  static String html(String doc) {
    var out = new StringBuilder();
    int at = 0;
    while (at < doc.length()) {
      int tag = doc.indexOf("{@", at);
      int end = tag < 0 ? -1 : endOfTag(doc, tag);
      if (end < 0) {
        break;
      }
      out.append(filtered(doc.substring(at, tag)));
      out.append(inline(doc.substring(tag + 2, end - 1)));
      at = end;
    }
    return out.append(filtered(doc.substring(at))).toString();
  }

  private static int endOfTag(String doc, int start) {
    int depth = 0;
    for (int at = start; at < doc.length(); at++) {
      depth += doc.charAt(at) == '{' ? 1 : doc.charAt(at) == '}' ? -1 : 0;
      if (depth == 0) {
        return at + 1;
      }
    }
    return -1;
  }

  /** The HTML of an inline tag, given without its braces and at sign. */
  private static String inline(String tag) {
    int space = 0;
    while (space < tag.length() && !Character.isWhitespace(tag.charAt(space))) {
      space++;
    }
    var name = tag.substring(0, space);
    var text = tag.substring(space).strip();
    return switch (name) {
      case "code" -> "<code>" + escape(text) + "</code>";
      case "literal" -> escape(text);
      case "link", "linkplain" -> link(text);
      case "snippet" -> "<pre>" + escape(text.substring(text.indexOf(':') + 1).strip()) + "</pre>";
      case "index" -> escape(text.replaceAll("\\s.*", ""));
      case "inheritDoc", "docRoot" -> "";
      default -> escape(text);
    };
  }

  /** {@code java.util.List#add(int, Object) label}: the label, or the reference as code. */
  private static String link(String text) {
    int end = 0;
    int depth = 0;
    while (end < text.length() && (depth > 0 || !Character.isWhitespace(text.charAt(end)))) {
      depth += text.charAt(end) == '(' ? 1 : text.charAt(end) == ')' ? -1 : 0;
      end++;
    }
    var label = text.substring(end).strip();
    if (!label.isEmpty()) {
      return html(label);
    }
    var reference = text.substring(0, end).replaceAll("^#", "").replace('#', '.');
    return "<code>"
        + escape(reference.replaceAll("\\b[a-z][a-z0-9]*\\.(?=[\\w.]*[A-Z])", ""))
        + "</code>";
  }

  private static String filtered(String html) {
    var out = new StringBuilder();
    var matcher = HTML_TAG.matcher(html);
    int at = 0;
    while (matcher.find()) {
      out.append(text(html.substring(at, matcher.start())));
      var tag = matcher.group(2).toLowerCase(Locale.ROOT);
      if (KEPT.contains(tag)) {
        out.append('<').append(matcher.group(1)).append(tag).append('>');
      }
      at = matcher.end();
    }
    return out.append(text(html.substring(at))).toString();
  }

  /** Text between tags: entities stay, everything else is escaped. */
  private static String text(String text) {
    var out = new StringBuilder();
    var matcher = ENTITY.matcher(text);
    int at = 0;
    while (matcher.find()) {
      out.append(escape(text.substring(at, matcher.start()))).append(matcher.group());
      at = matcher.end();
    }
    return out.append(escape(text.substring(at))).toString();
  }

  /** The same as plain text. */
  static String plain(String doc) {
    var html = html(doc).replaceAll("\\s*\\n\\s*", " ");
    var broken =
        html.replaceAll("<(p|ul|ol|pre|blockquote|tr|h\\d|dt)>", "\n")
            .replaceAll("</(p|ul|ol|pre|blockquote|tr|h\\d)>", "\n")
            .replaceAll("<li>", "\n- ")
            .replaceAll("<br>", "\n")
            .replaceAll("<(td|th|dd)>", "  ")
            .replaceAll("</?[a-z0-9]+>", "");
    return ENTITY
        .matcher(broken)
        .replaceAll(entity -> Matcher.quoteReplacement(entity(entity.group(1))))
        .replaceAll("[ \\t]+", " ")
        .replaceAll(" ?\\n ?", "\n")
        .replaceAll("\\n{3,}", "\n\n")
        .strip();
  }

  private static String entity(String name) {
    if (name.startsWith("#x") && name.substring(2).matches("[0-9a-fA-F]{1,5}")) {
      return Character.toString(Integer.parseInt(name.substring(2), 16));
    }
    if (name.matches("#\\d{1,6}")) {
      return Character.toString(Integer.parseInt(name.substring(1)));
    }
    return ENTITIES.getOrDefault(name, "&" + name + ";");
  }
}
