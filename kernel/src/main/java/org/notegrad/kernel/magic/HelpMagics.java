package org.notegrad.kernel.magic;

import java.util.List;
import java.util.regex.Pattern;
import org.notegrad.kernel.display.Display;
import org.notegrad.kernel.eval.CellResult;
import org.notegrad.kernel.eval.Inspection;
import org.notegrad.kernel.magic.Magic.Operands;
import org.notegrad.kernel.values.Grid;
import org.notegrad.viz.Html;
import org.notegrad.viz.View;

/** {@code %lsmagic} and {@code %help}. */
final class HelpMagics {
  private static final Pattern CODE = Pattern.compile("`([^`]*)`");
  private static final String BOX =
      "<pre style=\"margin:4px 0;padding:6px"
          + " 10px;background:rgba(128,128,128,.12);border-radius:4px\">";

  private HelpMagics() {}

  static List<Magic> all() {
    return List.of(
        Magic.line("lsmagic", "", "Lists all magics.", HelpMagics::list)
            .details("`%name?` and `%help name` tell more of each.\n"),
        Magic.line("help", "[NAME]", "Tells how a magic is used.", HelpMagics::help)
            .operands(Operands.MAGICS)
            .details(
                """
                Without a name all magics are listed. For help with Java, write a name and a
                question mark: `List?`, or `List??` for all that is known.
                """));
  }

  private static CellResult list(MagicCall call) {
    if (!call.arguments().isEmpty()) {
      throw new MagicException("takes nothing after it; %help " + call.arguments() + "?");
    }
    var rows =
        call.notebook().magics().all().stream()
            .map(magic -> List.of(magic.names(), magic.summary()))
            .toList();
    String note = "%name? tells more of each";
    return call.inCell(() -> Display.display(new Grid("Magics", List.of(), rows, note)));
  }

  private static CellResult help(MagicCall call) {
    String name = call.arguments().replaceFirst("^%%?", "");
    if (name.isEmpty()) {
      return list(call);
    }
    Magic magic =
        call.notebook()
            .magics()
            .find(name)
            .orElseGet(() -> call.notebook().magics().called(Magic.Form.LINE, name));
    return call.inCell(() -> show(magic));
  }

  static void show(Magic magic) {
    Display.display(view(magic));
  }

  /** Help as the inspector shows it. */
  static Inspection inspection(Magic magic) {
    var view = view(magic);
    return new Inspection(view.text(), view.html());
  }

  private record Help(String text, String html) implements View {}

  private static View view(Magic magic) {
    String also =
        magic.aliases().isEmpty()
            ? ""
            : "Other names: %" + String.join(", %", magic.aliases()) + "\n";
    String text = magic.usage() + "\n\n" + magic.summary() + "\n\n" + magic.details() + also;
    return new Help(text.strip(), html(magic, also));
  }

  /** The little Markdown that details use: paragraphs, {@code code} and fenced examples. */
  private static String html(Magic magic, String also) {
    var out = new StringBuilder("<div>");
    out.append(BOX).append(Html.escape(magic.usage())).append("</pre>");
    out.append("<p style=\"margin:4px 0\"><b>").append(Html.escape(magic.summary()));
    out.append("</b></p>");
    boolean example = false;
    var paragraph = new StringBuilder();
    for (String line : (magic.details() + "\n" + also).split("\n", -1)) {
      if (line.startsWith("```")) {
        paragraph(paragraph, out);
        out.append(example ? "</pre>" : BOX);
        example = !example;
      } else if (example) {
        out.append(Html.escape(line)).append('\n');
      } else if (line.isBlank()) {
        paragraph(paragraph, out);
      } else {
        paragraph.append(line).append(' ');
      }
    }
    paragraph(paragraph, out);
    return out.append("</div>").toString();
  }

  private static void paragraph(StringBuilder text, StringBuilder out) {
    if (!text.isEmpty()) {
      String escaped = Html.escape(text.toString().strip());
      out.append("<p style=\"margin:4px 0;max-width:46em\">")
          .append(CODE.matcher(escaped).replaceAll("<code>$1</code>"))
          .append("</p>");
      text.setLength(0);
    }
  }
}
