package org.notegrad.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.notegrad.kernel.display.MimeBundle;
import org.notegrad.kernel.display.Renderers;

class RenderersTest {
  private final Renderers renderers = new Renderers();

  private String text(Object value) {
    return renderers.render(value).plainText();
  }

  @Test
  void valuesWithoutARendererAreShownByTheirText() {
    assertEquals("null", text(null));
    assertEquals("7", text(7));
    assertEquals("[1, 2]", text(new int[] {1, 2}));
    assertEquals("[[a], [b, null]]", text(new String[][] {{"a"}, {"b", null}}));
  }

  @Test
  void theNearestTypeWins() {
    renderers.register(Number.class, n -> MimeBundle.text("number"));
    renderers.register(Comparable.class, n -> MimeBundle.text("comparable"));
    assertEquals("comparable", text(7));
    renderers.register(Integer.class, n -> MimeBundle.text("integer"));
    assertEquals("integer", text(7));
    assertEquals("number", text(new java.util.concurrent.atomic.AtomicLong()));
  }

  @Test
  void aRendererMayLeaveAValueToTheNext() {
    renderers.register(Object.class, o -> MimeBundle.text("object"));
    renderers.registerPartial(List.class, l -> Optional.empty());
    assertEquals("object", text(List.of()));
  }

  @Test
  void aBundleWithoutTextGetsThatOfTheValue() {
    renderers.register(
        Integer.class, n -> new MimeBundle(Map.of(MimeBundle.HTML, "<b>"), Map.of()));
    assertEquals("7", text(7));
  }

  @Test
  void whatARendererThrowsIsTold() {
    renderers.register(
        Integer.class,
        n -> {
          throw new IllegalStateException("no way");
        });
    assertTrue(text(7).startsWith("7\n"));
    assertTrue(text(7).contains("no way"));
  }

  @Test
  void aTextThatOverflowsTheStackIsTold() {
    var endless =
        new Object() {
          @Override
          public String toString() {
            return "x" + this;
          }
        };
    assertTrue(text(endless).contains("StackOverflowError"));
  }

  @Test
  void aTextThatIsNullIsShownAsNull() {
    var silent =
        new Object() {
          @Override
          public String toString() {
            return null;
          }
        };
    assertEquals("null", text(silent));
    assertEquals("[null]", text(List.of(silent)));
  }
}
