package org.notegrad.viz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PngTest {
  @Test
  void indexedPicturesComeBackPixelForPixel() throws IOException {
    int[] palette = {0x000000, 0xff8000, 0x0080ff};
    byte[] pixels = {0, 1, 2, 2, 1, 0};
    var image = ImageIO.read(new ByteArrayInputStream(Png.indexed(3, 2, pixels, palette)));
    assertEquals(3, image.getWidth());
    assertEquals(2, image.getHeight());
    for (int i = 0; i < 6; i++) {
      assertEquals(palette[pixels[i]], image.getRGB(i % 3, i / 3) & 0xffffff);
    }
  }

  @Test
  void trueColourPicturesComeBackPixelForPixel() throws IOException {
    int[] pixels = {0x123456, 0xffffff, 0x00ff00, 0xabcdef};
    var image = ImageIO.read(new ByteArrayInputStream(Png.trueColour(2, 2, pixels)));
    for (int i = 0; i < 4; i++) {
      assertEquals(pixels[i], image.getRGB(i % 2, i / 2) & 0xffffff);
    }
  }
}
