package org.notegrad.kernel.display;

import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.imageio.ImageIO;
import org.notegrad.viz.Html;

/**
 * Something shown in a notebook, which can be changed later.
 *
 * <pre>{@code
 * var progress = display("0 %");
 * progress.update("100 %");
 * }</pre>
 *
 * <p>Outside a notebook the text form is printed.
 */
public final class Display {
  private static final AtomicLong COUNT = new AtomicLong();
  private static volatile DisplaySink sink = new PrintingSink(new Renderers());

  private final String id;

  private Display(String id) {
    this.id = id;
  }

  /** Sends displays to a notebook from now on; called once, by the kernel. */
  public static void connect(DisplaySink notebook) {
    sink = notebook;
  }

  /** Shows a value as a cell shows its last expression. */
  public static Display display(Object value) {
    return display(
        value, "notegrad-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet());
  }

  /** As {@link #display(Object)}, under a display id of the caller's choice. */
  public static Display display(Object value, String id) {
    sink.show(sink.renderers().render(value), id);
    return new Display(id);
  }

  /** What was shown under a display id, to update it. */
  public static Display withId(String id) {
    return new Display(id);
  }

  /** Shows HTML; what comes from elsewhere has to be escaped by the caller. */
  public static Display html(String html) {
    return display(new MimeBundle(Map.of(MimeBundle.HTML, html, MimeBundle.TEXT, html), Map.of()));
  }

  /** Shows Markdown. */
  public static Display markdown(String markdown) {
    return display(
        new MimeBundle(Map.of(MimeBundle.MARKDOWN, markdown, MimeBundle.TEXT, markdown), Map.of()));
  }

  /** Shows LaTeX, such as {@code $$e^{i\pi} = -1$$}. */
  public static Display latex(String latex) {
    return display(
        new MimeBundle(Map.of(MimeBundle.LATEX, latex, MimeBundle.TEXT, latex), Map.of()));
  }

  /**
   * Shows a picture in SVG, also in a notebook that nobody has trusted yet: notebooks then drop SVG
   * but keep images.
   */
  public static Display svg(String svg) {
    String html = "<img alt=\"picture\" src=\"" + Html.dataUri(svg) + "\">";
    return display(
        new MimeBundle(Map.of(MimeBundle.HTML, html, MimeBundle.TEXT, "picture"), Map.of()));
  }

  /** Shows a picture. */
  public static Display image(RenderedImage image) {
    return display(png(image));
  }

  static MimeBundle png(RenderedImage image) {
    var bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("encoding a picture as PNG", e);
    }
    String text = "picture of " + image.getWidth() + " x " + image.getHeight() + " pixels";
    return MimeBundle.text(text)
        .with(MimeBundle.PNG, Base64.getEncoder().encodeToString(bytes.toByteArray()));
  }

  /** Removes the outputs of this cell. */
  public static void clearOutput(Clear when) {
    sink.clear(when);
  }

  /** The renderers, to which a cell may add its own. */
  public static Renderers renderers() {
    return sink.renderers();
  }

  /** The display id of the Jupyter protocol. */
  public String id() {
    return id;
  }

  /** Shows another value in the place of this one, wherever it is shown. */
  public void update(Object value) {
    sink.update(sink.renderers().render(value), id);
  }

  @Override
  public String toString() {
    return "Display[" + id + "]";
  }

  /** Displays outside a notebook. */
  private record PrintingSink(Renderers renderers) implements DisplaySink {
    @Override
    public void show(MimeBundle bundle, String id) {
      System.out.println(bundle.plainText());
    }

    @Override
    public void update(MimeBundle bundle, String id) {
      System.out.println(bundle.plainText());
    }

    @Override
    public void clear(Clear when) {}
  }
}
