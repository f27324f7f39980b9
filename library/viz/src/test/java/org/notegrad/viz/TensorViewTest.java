package org.notegrad.viz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.notegrad.Shape;
import org.notegrad.Tensor;
import org.w3c.dom.Element;

class TensorViewTest {
  private static String html(Tensor tensor) {
    var html = Views.of(tensor).orElseThrow().html();
    Markup.assertSurvivesSanitising(html);
    Markup.assertWithinBytes(html);
    return html;
  }

  private static String visible(String html) {
    return Markup.parse(html).getDocumentElement().getTextContent().replaceAll("\\s+", " ");
  }

  @Test
  void theHeaderTellsTypeShapeBytesDeviceAndGradientFunction() {
    var text = visible(html(Tensor.ones(2, 3).requiresGrad(true).mul(2)));
    assertTrue(text.startsWith("float32 (2, 3) · 24 B · cpu · from mul"), text);
    assertTrue(visible(html(Tensor.ones(2).requiresGrad(true))).contains("requires grad"));
    assertTrue(visible(html(Tensor.zeros(3, 2).t())).contains("not contiguous"));
  }

  @Test
  void statisticsCountWhatIsNotFinite() {
    var tensor =
        Tensor.tensor(1, 2, 3, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
    var text = visible(html(tensor));
    assertTrue(text.contains("min 1 mean 2 std 1 max 3 nan 1 inf 2"), text);
  }

  @Test
  void everyCellOfASmallTensorShowsItsValueAndItsIndexAsTooltip() {
    var html = html(Tensor.tensor(new double[][] {{1.25, -2}, {0, 4}}));
    var tips =
        Markup.elements(Markup.parse(html), "td").stream()
            .map(td -> td.getAttribute("title"))
            .filter(title -> !title.isEmpty())
            .collect(Collectors.joining("; "));
    assertEquals("[0, 0] = 1.25; [0, 1] = -2; [1, 0] = 0; [1, 1] = 4", tips);
  }

  /** A copy of all its elements would take 6 GB. */
  @Test
  void pictureOfALargeTensorCopiesOnlyWhatItShows() {
    var text = visible(html(Tensor.ones(1, 1).expand(40_000, 40_000)));
    assertTrue(text.startsWith("float32 (40000, 40000)"), text);
    assertTrue(text.contains("mean 1 "), text);
  }

  @Test
  void aMapHasATooltipForEachCell() {
    var html = html(Tensor.arange(400).reshape(20, 20));
    var tips = Markup.elements(Markup.parse(html), "i").stream().map(Element.class::cast).toList();
    assertEquals(400, tips.size());
    assertEquals("[1, 2] = 22", tips.get(22).getAttribute("title"));
  }

  @Test
  void aLargeMapShowsEveryNthCellAndTooltipsOfBlocks() {
    var html = html(Tensor.arange(1_000_000).reshape(1000, 1000));
    assertTrue(visible(html).contains("picture: every 8th row, every 8th column"), visible(html));
    var first = Markup.elements(Markup.parse(html), "i").getFirst().getAttribute("title");
    assertTrue(first.startsWith("[0, 0] to ["), first);
  }

  @Test
  void statisticsOfManyMillionElementsAreSampledAndSaySo() {
    var tensor = Tensor.ones(3000, 3000);
    var text = visible(html(tensor));
    assertTrue(text.contains("statistics of a sample: 3,000,000 of 9,000,000 elements"), text);
    assertTrue(Views.of(tensor).orElseThrow().text().contains("statistics of a sample"));
  }

  @Test
  void theHistogramsBarsHoldAllValues() {
    var bars =
        Markup.elements(Markup.pictures(html(Tensor.tensor(0, 0, 0, 10))).getFirst(), "rect");
    assertEquals(2, bars.size());
    double low = Double.parseDouble(bars.get(0).getAttribute("height"));
    double high = Double.parseDouble(bars.get(1).getAttribute("height"));
    assertEquals(3, low / high, 0.01);
  }

  @Test
  void theGradientIsShownWithItsNorm() {
    var weight = Tensor.tensor(3.0, 4.0).requiresGrad(true);
    weight.mul(Tensor.tensor(3.0, 4.0)).sum().backward();
    var text = visible(html(weight));
    assertTrue(text.contains("gradient · norm 5"), text);
  }

  @Test
  void aLargeTensorWithItsGradientStaysWithinTheBytes() {
    var weight = Tensor.randn(500, 500).requiresGrad(true);
    weight.square().sum().backward();
    assertTrue(visible(html(weight)).contains("gradient · norm"));
  }

  @Test
  void scalarsEmptyTensorsAndManyDimensionsAreShown() {
    assertTrue(visible(html(Tensor.scalar(3.5))).contains("3.5"));
    assertTrue(visible(html(Tensor.zeros(0, 5))).contains("no elements"));
    assertTrue(visible(html(Tensor.zeros(3, 0, 5))).contains("no elements"));
    for (int[] shape :
        new int[][] {
          {1, 1, 1, 1}, {2, 3, 2, 3, 2, 2}, {5, 40, 1, 3}, {1, 5000}, {5000, 1}, {100_000}
        }) {
      var text = visible(html(Tensor.randn(shape)));
      assertTrue(text.startsWith("float32 " + Shape.of(shape) + " · "), text);
    }
    assertTrue(visible(html(Tensor.full(Double.NaN, 30, 30))).contains("nan 900"));
    assertTrue(visible(html(Tensor.randn(300, 20, 20))).contains("the first 64 of 300 slices"));
  }

  @Test
  void showingATensorRecordsNoGraphAndChangesNothing() {
    var weight = Tensor.randn(20, 20).requiresGrad(true);
    var product = weight.mul(2.0);
    float[] before = product.toFloatArray();
    var origin = product.gradFn();
    html(product);
    assertArrayEquals(before, product.toFloatArray());
    assertSame(origin, product.gradFn());
    assertEquals(0, product.version());
    product.sum().backward();
    assertEquals(2, weight.grad().min().item(), "the graph is still there to be walked");
  }
}
