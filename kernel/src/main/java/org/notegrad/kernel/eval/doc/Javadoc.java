package org.notegrad.kernel.eval.doc;

import java.util.ArrayList;
import java.util.List;

/**
 * A documentation comment: its description and its block tags, as HTML of its own.
 *
 * @param description what stands before the block tags; HTML with inline tags
 * @param blocks the block tags in their order
 */
public record Javadoc(String description, List<Block> blocks) {

  /**
   * A block tag.
   *
   * @param tag its name without the at sign: {@code param}, {@code return}, {@code throws}
   * @param text what follows; HTML with inline tags
   */
  public record Block(String tag, String text) {}

  /** Parses the text between the comment's delimiters, its leading asterisks taken off. */
  public static Javadoc parse(String comment) {
    var parts = new ArrayList<StringBuilder>();
    parts.add(new StringBuilder());
    int braces = 0;
    for (var line : comment.lines().toList()) {
      if (braces <= 0 && line.stripLeading().matches("@\\w.*")) {
        parts.add(new StringBuilder());
        braces = 0;
      }
      parts.getLast().append(line).append('\n');
      braces += count(line, '{') - count(line, '}');
    }
    var blocks = new ArrayList<Block>();
    for (var part : parts.subList(1, parts.size())) {
      var text = part.toString().strip();
      int end = text.indexOf(' ') < 0 ? text.length() : text.indexOf(' ');
      blocks.add(new Block(text.substring(1, end), text.substring(end).strip()));
    }
    return new Javadoc(parts.getFirst().toString().strip(), List.copyOf(blocks));
  }

  private static int count(String line, char c) {
    return (int) line.chars().filter(one -> one == c).count();
  }

  /** The description up to the end of its first sentence, and no block tags. */
  public Javadoc firstSentence() {
    return new Javadoc(DocHtml.firstSentence(description), List.of());
  }
}
