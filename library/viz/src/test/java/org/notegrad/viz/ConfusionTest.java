package org.notegrad.viz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.notegrad.viz.Confusion.confusion;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.notegrad.DType;
import org.notegrad.Tensor;

class ConfusionTest {
  private static final Tensor COUNTS =
      Tensor.fromArray(new long[] {8, 2, 0, 1, 9, 0, 0, 0, 0}, 3, 3);

  @Test
  void recallPrecisionAndAccuracyAreThoseOfTheCounts() {
    var view = confusion(COUNTS);
    assertEquals(17.0 / 20, view.accuracy());
    assertEquals(0.8, view.recall(0));
    assertEquals(0.9, view.recall(1));
    assertTrue(Double.isNaN(view.recall(2)));
    assertEquals(8.0 / 9, view.precision(0));
    assertEquals(9.0 / 11, view.precision(1));
  }

  @Test
  void theMostFrequentMistakesAreNamed() {
    var text = confusion(COUNTS, "cat", "dog", "<cow>").text();
    assertTrue(text.contains("cat taken for dog (2), dog taken for cat (1)"), text);
  }

  @Test
  void labelsAreEscapedAndEveryCellHasATooltip() {
    var html = confusion(COUNTS, "cat", "dog", "<cow>").html();
    Markup.assertSurvivesSanitising(html);
    assertTrue(html.contains("&lt;cow&gt;"));
    assertTrue(html.contains("title=\"cat taken for dog: 2\""));
  }

  @Test
  void manyClassesAreShownAsAMap() {
    var html = confusion(Tensor.zeros(DType.INT64, 100, 100)).html();
    Markup.assertWithinBytes(html);
    assertEquals(1, Markup.pictures(html).size());
  }

  @Test
  void wrongShapesSayWhatIsExpected() {
    assertSays(
        "confusion: given shape (2, 3), expected (classes, classes)",
        () -> confusion(Tensor.zeros(2, 3)));
    assertSays("confusion: given 2 labels for 3 classes", () -> confusion(COUNTS, "one", "two"));
  }

  private static void assertSays(String message, Executable mistake) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, mistake).getMessage());
  }

  @Test
  void aMatrixIsShownAsItWas() {
    var counts = Tensor.arange(30 * 30).reshape(30, 30).clone();
    var view = Confusion.confusion(counts);
    var html = view.html();
    var text = view.text();
    counts.zeroInPlace();
    assertEquals(html, view.html());
    assertEquals(text, view.text());
  }
}
