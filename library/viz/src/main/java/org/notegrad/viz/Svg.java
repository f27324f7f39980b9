package org.notegrad.viz;

/** Writes one SVG document. Attribute values are numbers and names of ours; texts are escaped. */
final class Svg {
  private final int width;
  private final int height;
  private final StringBuilder body = new StringBuilder();

  Svg(int width, int height) {
    this.width = width;
    this.height = height;
  }

  /** A coordinate, in tenths of a pixel. */
  static String at(double value) {
    long tenths = Math.round(value * 10);
    var text = (tenths < 0 ? "-" : "") + Math.abs(tenths) / 10;
    return tenths % 10 == 0 ? text : text + "." + Math.abs(tenths) % 10;
  }

  /** Any element, its attributes as they stand in the file. */
  Svg element(String name, String attributes) {
    body.append('<').append(name).append(' ').append(attributes).append("/>");
    return this;
  }

  Svg rect(double x, double y, double w, double h, String attributes) {
    return element(
        "rect",
        "x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" %s"
            .formatted(at(x), at(y), at(w), at(h), attributes));
  }

  Svg line(double x1, double y1, double x2, double y2, String attributes) {
    return element(
        "line",
        "x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" %s"
            .formatted(at(x1), at(y1), at(x2), at(y2), attributes));
  }

  Svg circle(double x, double y, double r, String attributes) {
    return element(
        "circle", "cx=\"%s\" cy=\"%s\" r=\"%s\" %s".formatted(at(x), at(y), at(r), attributes));
  }

  Svg text(double x, double y, Anchor anchor, String attributes, String text) {
    body.append("<text x=\"%s\" y=\"%s\"".formatted(at(x), at(y)));
    if (anchor != Anchor.START) {
      body.append(" text-anchor=\"").append(anchor == Anchor.END ? "end" : "middle").append('"');
    }
    if (!attributes.isEmpty()) {
      body.append(' ').append(attributes);
    }
    body.append('>').append(Html.escape(text)).append("</text>");
    return this;
  }

  enum Anchor {
    START,
    MIDDLE,
    END
  }

  /** A PNG stretched over a box, its pixels kept sharp. */
  Svg picture(double x, double y, double w, double h, byte[] png) {
    return element(
        "image",
        "x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" preserveAspectRatio=\"none\" style=\"image-rendering:pixelated\" href=\"%s\""
            .formatted(at(x), at(y), at(w), at(h), Html.dataUri("image/png", png)));
  }

  /** A PNG that is not shown by itself but through {@link #window windows}, a unit a pixel. */
  Svg define(String id, int w, int h, byte[] png) {
    body.append("<defs>");
    element(
        "image",
        "id=\"%s\" width=\"%s\" height=\"%s\" style=\"image-rendering:pixelated\" href=\"%s\""
            .formatted(id, w, h, Html.dataUri("image/png", png)));
    body.append("</defs>");
    return this;
  }

  /** The part of a defined PNG from pixel {@code (u, v)} on, stretched over a box. */
  Svg window(
      double x, double y, double w, double h, int u, int v, int columns, int rows, String id) {
    body.append(
        "<svg x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" viewBox=\"%s %s %s %s\" preserveAspectRatio=\"none\"><use href=\"#%s\"/></svg>"
            .formatted(at(x), at(y), at(w), at(h), u, v, columns, rows, id));
    return this;
  }

  /** Elements that share attributes, up to {@link #end}. */
  Svg group(String attributes) {
    body.append("<g ").append(attributes).append('>');
    return this;
  }

  Svg end() {
    body.append("</g>");
    return this;
  }

  String document() {
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$s\" height=\"%2$s\" viewBox=\"0 0 %1$s %2$s\" font-family=\"system-ui,-apple-system,'Segoe UI',Roboto,'DejaVu Sans',sans-serif\" font-size=\"11\" fill=\"%3$s\">%4$s</svg>"
        .formatted(width, height, Palette.INK, body);
  }

  /** The document as an image of HTML, described by {@code alt}. */
  String image(String alt) {
    return "<img src=\"%s\" width=\"%s\" height=\"%s\" alt=\"%s\" style=\"display:block;max-width:100%%;height:auto;margin:0\"/>"
        .formatted(Html.dataUri(document()), width, height, Html.escape(alt));
  }
}
