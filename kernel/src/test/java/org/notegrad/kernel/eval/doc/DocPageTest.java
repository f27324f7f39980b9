package org.notegrad.kernel.eval.doc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class DocPageTest {

  private static final Javadoc DOC =
      Javadoc.parse(
          """
          Adds {@code a < b} to the {@link java.util.List#add(int, Object) list}. See
          {@link java.util.Map.Entry}.
          <p>Use it <b class="x">well</b>: {@literal <tag>} &amp; more.
          <ul><li>one<li>two</ul>
          <script>alert(1)</script>

          @param a the first
              number
          @param b the second; {@snippet :
            @Override int f() { return 1; }
          }
          @return the sum
          @throws IllegalArgumentException if {@code a} is odd
          """);

  @Test
  void blockTagsAreTakenApart() {
    assertEquals(
        List.of("param", "param", "return", "throws"),
        DOC.blocks().stream().map(Javadoc.Block::tag).toList());
    assertEquals("a the first\n    number", DOC.blocks().getFirst().text());
    assertTrue(DOC.blocks().get(1).text().contains("@Override"));
  }

  @Test
  void htmlHoldsOnlyHarmlessTags() {
    var html = DocPage.html("int sum(List<T> a)", DOC);
    assertTrue(html.startsWith("<p><code>int sum(List&lt;T&gt; a)</code></p>"), html);
    assertTrue(html.contains("<code>a &lt; b</code>"), html);
    assertTrue(html.contains("<b>well</b>"), html);
    assertTrue(html.contains("&lt;tag&gt; &amp; more"), html);
    assertTrue(html.contains("<code>Map.Entry</code>"), html);
    assertTrue(html.contains("the list."), html);
    assertTrue(html.contains("<dt>Parameters</dt><dd><code>a</code> the first"), html);
    assertFalse(html.contains("<script") || html.contains("class="), html);
  }

  @Test
  void textIsReadable() {
    var expected =
        """
        int sum(List<T> a)

        Adds a < b to the list. See Map.Entry.
        Use it well: <tag> & more.

        - one
        - two
        alert(1)

        Parameters:
          a the first number
          b the second;
          @Override int f() { return 1; }

        Returns:
          the sum

        Throws:
          IllegalArgumentException if a is odd
        """;
    assertEquals(expected, DocPage.text("int sum(List<T> a)", DOC));
  }

  @Test
  void firstSentenceEndsAtItsPeriod() {
    assertEquals(
        "Adds {@code a < b} to the {@link java.util.List#add(int, Object) list}.",
        DOC.firstSentence().description());
    assertEquals(
        "Half {@code 0.5} of it.",
        Javadoc.parse("Half {@code 0.5} of it. More.").firstSentence().description());
    assertEquals("No period", Javadoc.parse("No period").firstSentence().description());
  }
}
