package org.notegrad.kernel.magic;

import java.util.List;
import java.util.function.Consumer;
import org.notegrad.kernel.display.Display;
import org.notegrad.kernel.eval.CellResult;

/** Cells that are not Java but something to show. */
final class TextMagics {
  private TextMagics() {}

  static List<Magic> all() {
    return List.of(
        shown("html", "Shows the cell as HTML.", "%%html\n<b>bold</b>", Display::html),
        shown(
            "markdown",
            "Shows the cell as Markdown.",
            "%%markdown\n# A title\n$e^{i\\pi} = -1$",
            Display::markdown),
        shown(
            "latex",
            "Shows the cell as LaTeX.",
            "%%latex\n$$\\nabla_\\theta L = \\frac{1}{n}\\sum_i (\\hat y_i - y_i)\\,x_i$$",
            Display::latex),
        shown(
            "svg",
            "Shows the cell as a picture in SVG.",
            "%%svg\n<svg xmlns=\"...\" width=\"40\" height=\"40\"><circle .../></svg>",
            Display::svg));
  }

  private static Magic shown(
      String name, String summary, String example, Consumer<String> display) {
    return Magic.cell(name, "", summary, call -> show(call, display))
        .details("```\n" + example + "\n```\n");
  }

  private static CellResult show(MagicCall call, Consumer<String> display) {
    if (!call.arguments().isEmpty()) {
      throw new MagicException("takes nothing on its line; what is shown stands below it");
    }
    return call.inCell(() -> display.accept(call.body()));
  }
}
