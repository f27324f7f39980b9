package org.notegrad.kernel.values;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knowm.xchart.XYChartBuilder;
import org.notegrad.kernel.display.MimeBundle;
import org.notegrad.kernel.display.Renderers;
import org.notegrad.viz.View;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class ValueViewsTest {
  private record Person(String name, int age, double height) {}

  private record Batch(String name, int[] labels, double[][] rows, List<int[]> more) {}

  private record Own(int[] data) {
    @Override
    public String toString() {
      return "my own";
    }
  }

  private record Chain(int at, Chain next) {}

  private record Nosy(String secret) {
    @Override
    public String secret() {
      throw new IllegalStateException("not told");
    }
  }

  private static final class Rude {
    @Override
    public String toString() {
      throw new UnsupportedOperationException("no");
    }
  }

  private static final class Endless {
    @Override
    public String toString() {
      return "<" + this + ">";
    }
  }

  private static View view(Object value) {
    return ValueViews.of(value).orElseThrow(() -> new AssertionError("no view of " + value));
  }

  private static String text(Object value) {
    return new Renderers().render(value).plainText();
  }

  private static List<Object> hostile() {
    var self = new ArrayList<Object>();
    self.add(self);
    var left = new HashMap<String, Object>();
    var right = new HashMap<String, Object>();
    left.put("right", right);
    right.put("left", left);
    Object[] array = new Object[1];
    array[0] = array;
    Object deep = "core";
    for (int i = 0; i < 100_000; i++) {
      deep = List.of(deep);
    }
    var cause = new RuntimeException("a");
    cause.addSuppressed(new RuntimeException("b"));
    var loop = new RuntimeException("x".repeat(1_000_000), cause);
    cause.initCause(loop);
    return List.of(
        self,
        left,
        array,
        deep,
        loop,
        List.of(new Rude()),
        Map.of("k", new Endless()),
        new Nosy("s"),
        Collections.nCopies(1_000_000, "x".repeat(1000)),
        Collections.nCopies(1_000_000, new Person("y".repeat(10_000), 1, 2)),
        IntStream.range(0, 100_000).boxed().toList(),
        new double[5_000_000],
        new long[3000][3000],
        new String[] {null, "<script>alert(1)</script>".repeat(1000)},
        Map.of("<img src=x onerror=alert(1)>", "&\"'".repeat(100_000)));
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("hostile")
  void hostileValuesAreShownInLittleSpaceAndEscaped(Object value) {
    MimeBundle bundle = new Renderers().render(value);
    assertTrue(
        bundle.plainText().length() < View.MAX_BYTES, () -> bundle.plainText().length() + "");
    assertFalse(bundle.plainText().isEmpty());
    String html = String.valueOf(bundle.data().getOrDefault(MimeBundle.HTML, ""));
    assertTrue(html.getBytes(StandardCharsets.UTF_8).length <= View.MAX_BYTES);
    assertFalse(html.contains("<script") || html.contains("<img src=x"), html);
  }

  @Test
  void aValueThatHoldsItselfIsFollowedOnce() {
    var self = new ArrayList<Object>(List.of(1));
    self.add(self);
    assertEquals("[1, (this again)]", text(self));
  }

  @Test
  void aToStringThatThrowsIsNamed() {
    assertTrue(text(new Rude()).contains("toString() threw"));
    assertTrue(text(List.of(1, new Rude())).startsWith("[1, ("));
  }

  @Test
  void shortValuesReadAsJavaPrintsThem() {
    assertEquals("[1, 2, 3]", text(new int[] {1, 2, 3}));
    assertEquals("[[1.0], [2.5]]", text(new double[][] {{1}, {2.5}}));
    assertEquals("[a, null]", text(Arrays.asList("a", null)));
    assertEquals("{a=[1]}", text(Map.of("a", List.of(1))));
    assertEquals("Optional[3]", text(Optional.of(3)));
    assertEquals("Optional.empty", text(Optional.empty()));
    assertEquals("two\nlines", text("two\nlines"));
    assertEquals("3.5", text(3.5));
    assertTrue(ValueViews.of(List.of(1, 2, 3)).isEmpty());
    assertTrue(ValueViews.of(3.5).isEmpty());
  }

  @Test
  void longArraysSayWhatIsLeftOut() {
    String text = text(new int[1000]);
    assertTrue(text.startsWith("[0, 0, ") && text.endsWith("... 800 more]"), text);
    assertTrue(view(new int[1000]).html().contains("... 800 more"));
  }

  @Test
  void aViewThatFailsIsReplacedByTheText() {
    var renderers = new Renderers();
    renderers.register(value -> {
      throw new IllegalStateException("broken");
    });
    assertEquals(
        "7\n(its view failed: java.lang.IllegalStateException: broken)",
        renderers.render(7).plainText());
  }

  @Test
  void aStreamIsNotRead() {
    Stream<Integer> stream = Stream.iterate(1, x -> x + 1);
    assertEquals("Stream, not read yet", text(stream));
    assertEquals(2, stream.limit(2).count());
  }

  @Test
  void recordsAreTables() {
    String html = view(new Person("Ada <b>", 36, 1.0 / 3)).html();
    assertTrue(html.contains("Ada &lt;b&gt;") && html.contains("0.333333"), html);
    String list = view(List.of(new Person("Ada", 36, 1), new Person("Bo", 7, 2))).html();
    assertTrue(list.contains(">name<") && list.contains(">Bo<"), list);
    assertTrue(list.contains("2 elements of Person"), list);
    assertTrue(view(new Nosy("x")).html().contains("threw java.lang.IllegalStateException"));
  }

  @Test
  void arraysInRecordsAreShownByTheirElements() {
    var batch = new Batch("a", new int[] {1, 2}, new double[][] {{1}, {2.5}}, List.of(new int[2]));
    String expected = "Batch[name=a, labels=[1, 2], rows=[[1.0], [2.5]], more=[[0, 0]]]";
    assertEquals(expected, text(batch));
    assertEquals("[" + expected + "]", text(List.of(batch)));
    String html = view(batch).html();
    assertTrue(html.contains(">[[1.0], [2.5]]<") && !html.contains("[I@"), html);
    assertFalse(view(List.of(batch, batch)).html().contains("[I@"));
    assertFalse(view(Map.of("k", batch)).html().contains("[I@"));
  }

  @Test
  void recordsAreAbbreviatedAsCollectionsAre() {
    String text = text(new Batch("long", new int[1000], null, List.of()));
    assertTrue(text.contains("... 800 more], rows=null, more=[]]"), text);
    Chain chain = null;
    for (int i = 0; i < 100_000; i++) {
      chain = new Chain(i, chain);
    }
    assertTrue(text(chain).startsWith("Chain[at=99999, next=Chain[at=99998, "), text(chain));
    assertTrue(text(chain).contains("..."), text(chain));
  }

  @Test
  void aRecordsOwnTextIsKept() {
    assertEquals("my own", text(new Own(new int[3])));
    assertEquals("Nosy[secret=s]", text(new Nosy("s")));
    assertEquals("Person[name=Ada, age=36, height=1.0]", text(new Person("Ada", 36, 1)));
  }

  @Test
  void aMapIsATableOfKeysAndValues() {
    String html = view(new TreeMap<>(Map.of("rate", 0.1))).html();
    assertTrue(html.contains("TreeMap") && html.contains(">rate<") && html.contains(">0.1<"), html);
  }

  @Test
  void anExceptionShowsItsCausesOnce() {
    var thrown = new IllegalStateException("outer", new RuntimeException("inner"));
    assertEquals(
        "java.lang.IllegalStateException: outer\ncaused by java.lang.RuntimeException: inner",
        text(thrown));
    assertTrue(view(thrown).html().contains("<details>"));
  }

  @Test
  void timesAndConstantsSayMore() {
    assertTrue(view(LocalDate.of(2026, 11, 21)).html().contains("Saturday"));
    assertTrue(view(Duration.ofMillis(3_723_250)).html().contains("1 h 2 min 3.25 s"));
    assertTrue(view(Duration.ofMillis(-1500)).html().contains("minus 1.5 s"));
    assertTrue(view(TimeUnit.SECONDS).html().contains("TimeUnit 4 of 7"));
    assertEquals("SECONDS", text(TimeUnit.SECONDS));
  }

  @Test
  void picturesArePngNoLargerThanAScreen() throws IOException {
    var picture = view(new BufferedImage(4000, 1000, BufferedImage.TYPE_USHORT_GRAY));
    var shown = ImageIO.read(new ByteArrayInputStream((byte[]) picture.others().get("image/png")));
    assertEquals(1600, shown.getWidth());
    assertEquals(400, shown.getHeight());
    assertEquals("picture of 4000 x 1000 pixels, shown as 1600 x 400", picture.text());
    assertFalse(
        new Renderers().render(new BufferedImage(2, 2, 1)).data().containsKey(MimeBundle.HTML));
  }

  @Test
  void aChartIsAPictureThatNeedsNoTrust() throws IOException {
    var chart = new XYChartBuilder().width(300).height(200).title("Loss").build();
    chart.addSeries("a", new double[] {1, 2}, new double[] {3, 4});
    var bundle = new Renderers().render(chart);
    assertTrue(bundle.data().containsKey(MimeBundle.PNG));
    assertFalse(String.valueOf(bundle.data().get(MimeBundle.HTML)).contains("<svg"));
    assertTrue(bundle.plainText().contains("Loss"), bundle::plainText);
  }

  @Test
  void aTableOfTablesawsIsATable() {
    var table =
        Table.create(
            "<cities>",
            StringColumn.create("name", "Bern", "Rome"),
            IntColumn.create("people", new Integer[] {134_000, null}));
    String html = view(table).html();
    assertTrue(html.contains("&lt;cities&gt;") && html.contains("2 rows x 2 columns"), html);
    assertTrue(html.contains("(string)") && html.contains("(integer)"), html);
    assertTrue(text(table).contains("134000"), text(table));
  }

  @Test
  void aMatrixOfEjmlsIsAGrid() {
    var matrix = new SimpleMatrix(new double[][] {{1.5, 2}, {3, 4}});
    assertTrue(view(matrix).text().contains("SimpleMatrix, 2 x 2"), view(matrix).text());
    assertTrue(view(matrix).html().contains(">1.5</td>"), view(matrix).html());
    assertTrue(view(new DMatrixRMaj(3, 1)).text().contains("DMatrixRMaj, 3 x 1"));
  }
}
