package org.notegrad.viz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.notegrad.Tensor;
import org.notegrad.nn.Linear;
import org.notegrad.nn.Module;
import org.notegrad.nn.Sequential;

class ViewsTest {
  private static final SequencedMap<String, Object> VALUES = Gallery.views();

  static List<String> kinds() {
    return List.copyOf(VALUES.keySet());
  }

  private static View view(String kind) {
    return Views.of(VALUES.get(kind)).orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void htmlIsWellFormedAndSurvivesTheNotebooksSanitiser(String kind) {
    Markup.assertSurvivesSanitising(view(kind).html());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyPictureIsWellFormedSvgWithoutScriptsOrLinks(String kind) {
    for (var svg : Markup.drawings(view(kind).html())) {
      assertEquals("svg", svg.getDocumentElement().getTagName());
      assertTrue(Markup.elements(svg, "script").isEmpty());
      for (var element : Markup.elements(svg, "*")) {
        var link = element.getAttribute("href");
        assertTrue(link.isEmpty() || link.startsWith("#") || link.startsWith("data:image/png"));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void eachFormIsBoundedAndTextIsNeverEmpty(String kind) {
    var view = view(kind);
    Markup.assertWithinBytes(view.html());
    Markup.assertWithinBytes(view.text());
    assertFalse(view.text().isBlank());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void bytesDependOnTheValueAloneAndNotOnTheLocale(String kind) {
    var before = Locale.getDefault();
    var html = view(kind).html();
    var text = view(kind).text();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertEquals(html, view(kind).html());
      assertEquals(text, view(kind).text());
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void namesOfUsersAreEscaped() {
    var html = view("34-own").html();
    assertFalse(html.contains("<script"));
    assertFalse(html.contains("<b>&\"inner\""));
    assertTrue(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assertTrue(html.contains("&lt;b&gt;&amp;&quot;inner&quot;&lt;/b&gt;"));
  }

  @Test
  void everyTypeOfTheLibraryHasAView() {
    assertTrue(Views.of(Tensor.ones(2)).isPresent());
    assertTrue(Views.of(new Sequential(new Linear(2, 3))).isPresent());
    assertTrue(Views.of(VALUES.get("20-batch")).isPresent());
    assertTrue(Views.of(Training.epochs(3)).isPresent());
    assertEquals(Optional.empty(), Views.of("a string"));
    assertEquals(Optional.empty(), Views.of(null));
  }

  @Test
  void aViewThatFailsSaysSoInstead() {
    View failing =
        new View() {
          @Override
          public String text() {
            throw new IllegalStateException("no <text>");
          }

          @Override
          public String html() {
            return html();
          }
        };
    var safe = Views.of(failing).orElseThrow();
    assertTrue(safe.text().contains("its view failed: java.lang.IllegalStateException: no <text>"));
    assertTrue(safe.html().contains("its view failed: java.lang.StackOverflowError"));
    assertTrue(Markup.parse(safe.html()).getDocumentElement().getTagName().equals("pre"));
  }

  @Test
  void aModelWhoseDescriptionThrowsIsStillShown() {
    var model =
        new Module() {
          @Override
          public String describe() {
            throw new UnsupportedOperationException("describe");
          }
        };
    assertTrue(Views.of(model).orElseThrow().text().contains("its view failed"));
    assertTrue(Views.of(model).orElseThrow().html().contains("its view failed"));
  }
}
