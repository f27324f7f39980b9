package org.notegrad.viz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** Reads the markup of views: the HTML that we write is well-formed XML, too. */
final class Markup {
  /** Of the elements that JupyterLab 4.6's sanitiser lets through, those that we use. */
  private static final Set<String> ELEMENTS =
      Set.of("b", "details", "div", "i", "img", "pre", "span", "summary", "table", "td", "tr");

  /** Of the attributes that it lets through on the elements that we give them to. */
  private static final Set<String> ATTRIBUTES =
      Set.of("style", "title", "align", "src", "alt", "width", "height", "open");

  private static final String LENGTH = "-?[0-9.]+(px|%)|0";

  /** Of the style properties that it lets through, with values of the kinds that it accepts. */
  private static final List<Pattern> STYLES =
      Stream.of(
              "(margin|padding)(-left)?:((" + LENGTH + ") ?){1,4}",
              "(width|min-width|max-width|height|max-height|left|top|gap|font-size|border-radius):(("
                  + LENGTH
                  + "|auto) ?){1,2}",
              "(background|color):(transparent|#[0-9a-f]{6}|rgba\\(\\d+,\\d+,\\d+,[.]\\d+\\))",
              "background:linear-gradient\\(to right,#[0-9a-f]{6} [0-9.]+%,rgba\\([0-9,.]+\\)"
                  + " [0-9.]+%\\)",
              "border(-left|-bottom)?:(none|[0-9]px solid (#[0-9a-f]{6}|rgba\\([0-9,.]+\\)))",
              "display:(block|inline-block|flex|grid)",
              "position:(relative|absolute)",
              "grid-template-(columns|rows):[ a-z0-9(),]+",
              "flex:1 1 \\d+px",
              "flex-wrap:wrap",
              "align-items:(center|flex-start)",
              "float:right",
              "opacity:[.]\\d+",
              "line-height:[0-9.]+",
              "font-weight:600",
              "font-family:monospace",
              "text-align:(left|right)",
              "cursor:pointer",
              "overflow:(auto|hidden)",
              "border-collapse:collapse",
              "table-layout:auto")
          .map(Pattern::compile)
          .toList();

  private Markup() {}

  static Document parse(String xml) {
    try {
      var factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    } catch (Exception e) {
      throw new AssertionError("not well-formed: " + e.getMessage(), e);
    }
  }

  static List<Element> elements(Document document, String name) {
    var nodes = document.getElementsByTagName(name);
    var elements = new ArrayList<Element>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  /** The SVG documents in a view's images. */
  static List<Document> pictures(String html) {
    return elements(parse(html), "img").stream()
        .map(img -> parse(svg(img.getAttribute("src"))))
        .toList();
  }

  /** As {@link #pictures}, where some images may be PNG. */
  static List<Document> drawings(String html) {
    return elements(parse(html), "img").stream()
        .map(img -> img.getAttribute("src"))
        .filter(src -> !src.startsWith("data:image/png;base64,"))
        .map(src -> parse(svg(src)))
        .toList();
  }

  private static String svg(String uri) {
    var prefix = "data:image/svg+xml;base64,";
    assertTrue(uri.startsWith(prefix), () -> "no SVG data URI: " + uri);
    return new String(
        Base64.getDecoder().decode(uri.substring(prefix.length())), StandardCharsets.UTF_8);
  }

  /** Fails where a form of a view is larger than {@link View#MAX_BYTES}. */
  static void assertWithinBytes(String form) {
    int bytes = form.getBytes(StandardCharsets.UTF_8).length;
    assertTrue(bytes <= View.MAX_BYTES, () -> bytes + " bytes");
  }

  static void assertSurvivesSanitising(String html) {
    for (var element : elements(parse(html), "*")) {
      assertTrue(ELEMENTS.contains(element.getTagName()), () -> "element " + element.getTagName());
      var attributes = element.getAttributes();
      for (int i = 0; i < attributes.getLength(); i++) {
        var name = attributes.item(i).getNodeName();
        assertTrue(ATTRIBUTES.contains(name), () -> "attribute " + name);
      }
      Arrays.stream(element.getAttribute("style").split(";"))
          .filter(style -> !style.isEmpty())
          .forEach(style ->
              assertTrue(
                  STYLES.stream().anyMatch(p -> p.matcher(style).matches()),
                  () -> "style " + style));
    }
  }
}
