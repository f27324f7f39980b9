package org.notegrad.viz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.notegrad.viz.Pictures.pictures;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.notegrad.Tensor;

class PicturesTest {
  @Test
  void pixelsRunFromBlackToWhite() throws IOException {
    var html = pictures(Tensor.tensor(new double[][] {{0, 0.5}, {1, 0.25}})).html();
    var uri =
        Markup.elements(Markup.pictures(html).getFirst(), "image").getFirst().getAttribute("href");
    var png = Base64.getDecoder().decode(uri.substring(uri.indexOf(',') + 1));
    var image = ImageIO.read(new ByteArrayInputStream(png));
    assertEquals(0x000000, image.getRGB(0, 0) & 0xffffff);
    assertEquals(0x808080, image.getRGB(1, 0) & 0xffffff);
    assertEquals(0xffffff, image.getRGB(0, 1) & 0xffffff);
    assertEquals(0x404040, image.getRGB(1, 1) & 0xffffff);
  }

  @Test
  void everyPictureHasItsLabel() {
    var html = pictures(Tensor.rand(3, 8, 8), Tensor.tensor(7L, 8L, 9L)).html();
    var texts = Markup.elements(Markup.pictures(html).getFirst(), "text");
    assertEquals(3, texts.size());
    assertEquals("8", texts.get(1).getTextContent());
    assertEquals(
        "3 pictures of 8 x 8, labels 7 8 9",
        pictures(Tensor.rand(3, 8, 8), Tensor.tensor(7L, 8L, 9L)).text());
  }

  @Test
  void manyLargeColourPicturesStayWithinTheBytesAndSayHowManyAreShown() {
    var html = pictures(Tensor.rand(200, 3, 64, 64)).html();
    Markup.assertSurvivesSanitising(html);
    Markup.assertWithinBytes(html);
    assertTrue(html.contains(" of 200 pictures"), html.substring(html.length() - 200));
  }

  @Test
  void wrongShapesSayWhatIsExpected() {
    var expected = "expected (H, W), (N, H, W), (N, 1, H, W) or (N, 3, H, W)";
    assertSays("pictures: given shape (5,), " + expected, () -> pictures(Tensor.zeros(5)));
    assertSays(
        "pictures: given shape (2, 2, 4, 4), " + expected,
        () -> pictures(Tensor.zeros(2, 2, 4, 4)));
    assertSays("labels: given 1 for 2 pictures", () -> pictures(Tensor.zeros(2, 4, 4)).labels("a"));
  }

  private static void assertSays(String message, Executable mistake) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, mistake).getMessage());
  }

  @Test
  void picturesAreShownAsTheyWere() {
    var tensor = Tensor.linspace(0, 1, 2 * 300 * 3).reshape(2, 300, 3);
    var before = Pictures.pictures(tensor.clone()).html();
    var pictures = Pictures.pictures(tensor);
    tensor.zeroInPlace();
    assertEquals(before, pictures.html());
  }
}
