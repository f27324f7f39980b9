package org.notegrad.kernel.values;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.notegrad.viz.Html;
import org.notegrad.viz.View;

/**
 * A table of text, with what it shows above it and what it leaves out below. Columns of numbers are
 * aligned to the right.
 *
 * @param caption one line; may be empty
 * @param header a name for every column, or none at all
 * @param rows cells, as many in each row as there are columns
 * @param note one line; may be empty
 */
public record Grid(String caption, List<String> header, List<List<String>> rows, String note)
    implements View {
  private static final int CELL_CHARS = 100;
  private static final int TOOLTIP_CHARS = 400;
  private static final int RESERVED_BYTES = 2048;
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?[\\d,.\u2009]+(?:[eE][-+]?\\d+)?\\s?[%\\p{L}/\u00b5]{0,5}|NaN|null|");
  private static final String CAPTION =
      "<div style=\"margin:0 0 4px 0\"><b>%s</b><span style=\"opacity:.7\">%s</span></div>";
  private static final String CELL =
      "<%1$s style=\"text-align:%2$s;padding:3px"
          + " 10px;border:none;white-space:pre;%3$s\"%4$s>%5$s</%1$s>";
  private static final String HEAD_STYLE =
      "font-weight:600;border-bottom:1px solid rgba(128,128,128,.5)";
  private static final String STRIPE =
      "<tr style=\"background:rgba(128,128,128,.08);border:none\">";
  private static final String FACE = "font-family:monospace;font-size:12px";

  public Grid {
    header = List.copyOf(header);
    rows = rows.stream().map(List::copyOf).toList();
  }

  @Override
  public String text() {
    var out = new StringBuilder();
    if (!caption.isEmpty()) {
      out.append(caption).append('\n');
    }
    int columns = columns();
    int[] widths = new int[columns];
    var all = new ArrayList<>(rows);
    if (!header.isEmpty()) {
      all.addFirst(header);
    }
    for (var row : all) {
      for (int c = 0; c < columns; c++) {
        widths[c] = Math.max(widths[c], cut(row.get(c), CELL_CHARS).length());
      }
    }
    int room = MAX_BYTES / 4;
    for (var row : all) {
      var line = new StringBuilder();
      for (int c = 0; c < columns; c++) {
        String cell = cut(row.get(c), CELL_CHARS);
        String pad = " ".repeat(widths[c] - cell.length());
        line.append(c == 0 ? "" : "  ").append(isNumeric(c) ? pad + cell : cell + pad);
      }
      if (out.length() + line.length() > room) {
        out.append("...\n");
        break;
      }
      out.append(line.toString().stripTrailing()).append('\n');
    }
    return out.append(note).toString().stripTrailing();
  }

  @Override
  public String html() {
    var out = new StringBuilder("<div>");
    if (!caption.isEmpty()) {
      int split = caption.indexOf(", ");
      String name = split < 0 ? caption : caption.substring(0, split);
      out.append(
          CAPTION.formatted(Html.escape(name), Html.escape(caption.substring(name.length()))));
    }
    out.append(Html.TABLE.formatted(FACE));
    if (!header.isEmpty()) {
      out.append("<thead>").append(row("<tr style=\"border:none\">", "th", header, HEAD_STYLE));
      out.append("</thead>");
    }
    out.append("<tbody>");
    int bytes = out.length();
    int shown = 0;
    for (var row : rows) {
      String html = row(shown % 2 == 0 ? Html.ROW : STRIPE, "td", row, "");
      bytes += html.getBytes(StandardCharsets.UTF_8).length;
      if (bytes > MAX_BYTES - RESERVED_BYTES) {
        break;
      }
      out.append(html);
      shown++;
    }
    out.append("</tbody></table>");
    String left = shown < rows.size() ? "%,d rows left out".formatted(rows.size() - shown) : "";
    String below = left.isEmpty() || note.isEmpty() ? left + note : left + "; " + note;
    if (!below.isEmpty()) {
      out.append(Html.NOTE.formatted(Html.escape(below)));
    }
    return out.append("</div>").toString();
  }

  private String row(String open, String element, List<String> cells, String style) {
    var out = new StringBuilder(open);
    for (int c = 0; c < cells.size(); c++) {
      String cell = cells.get(c);
      String shown = cut(cell, CELL_CHARS);
      String tooltip =
          shown.equals(cell) ? "" : " title=\"" + Html.escape(cut(cell, TOOLTIP_CHARS)) + "\"";
      out.append(
          CELL.formatted(
              element, isNumeric(c) ? "right" : "left", style, tooltip, Html.escape(shown)));
    }
    return out.append("</tr>").toString();
  }

  private int columns() {
    return !header.isEmpty() ? header.size() : rows.isEmpty() ? 0 : rows.getFirst().size();
  }

  private boolean isNumeric(int column) {
    return !rows.isEmpty()
        && rows.stream().allMatch(row -> NUMBER.matcher(row.get(column)).matches());
  }

  /** One line of at most so many characters. */
  static String cut(String text, int most) {
    int newline = text.indexOf('\n');
    String line = newline < 0 ? text : text.substring(0, newline) + " ...";
    if (line.length() <= most) {
      return line;
    }
    int end = most - 3;
    if (Character.isHighSurrogate(line.charAt(end - 1))) {
      end--;
    }
    return line.substring(0, end) + "...";
  }
}
