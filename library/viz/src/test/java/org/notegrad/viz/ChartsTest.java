package org.notegrad.viz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.notegrad.train.History;

class ChartsTest {
  private final History history =
      new History().add("loss", 1, 2).add("loss", 2, 1).add("accuracy", 2, 0.5);

  @Test
  void aHistoryBecomesAChartOfItsSeries() {
    var chart = Charts.chart(history);
    assertEquals(2, chart.getSeriesCollection().size());
    assertArrayEquals(new double[] {2, 1}, chart.getSeries("loss").getYData());
    assertEquals(1, Charts.chart(history, "accuracy").getSeriesCollection().size());
  }

  @Test
  void aChartIsShownAsAPicture() throws IOException {
    var view = Views.of(Charts.chart(history)).orElseThrow();
    var image = ImageIO.read(new ByteArrayInputStream((byte[]) view.others().get("image/png")));
    assertEquals(640, image.getWidth());
    assertTrue(view.html().contains("<img src=\"data:image/png;base64,"));
  }

  @Test
  void aHistoryIsShownWithItsLatestAndBestValues() {
    var view = Views.of(history).orElseThrow();
    assertEquals("loss 1 (best 1, step 2)  accuracy 0.5", view.text());
    assertEquals(1, Markup.pictures(view.html()).size());
    assertEquals("nothing logged yet", Views.of(new History()).orElseThrow().text());
  }

  @Test
  void aTrainingGivesItsHistory() {
    var training = Training.epochs(2, List.of(1, 2));
    var screen = Screen.use(new Gallery.Recorder(new ArrayList<>()));
    try {
      for (var epoch : training) {
        for (var batch : epoch) {
          epoch.log("loss", batch);
        }
      }
    } finally {
      Screen.use(screen);
    }
    assertArrayEquals(new double[] {1, 2, 1, 2}, training.history().values("loss"));
    assertArrayEquals(new double[] {1, 2, 3, 4}, training.history().steps("loss"));
  }
}
