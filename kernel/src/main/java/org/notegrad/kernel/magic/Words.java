package org.notegrad.kernel.magic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The words of a magic's arguments, of which options are taken first. */
final class Words {
  private final List<String> words;

  private Words(List<String> words) {
    this.words = words;
  }

  /** Splits at blanks outside double or single quotes. */
  static Words of(String arguments) {
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    for (int i = 0; i < arguments.length(); i++) {
      char c = arguments.charAt(i);
      if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '"' || c == '\'') {
        quote = c;
        inWord = true;
      } else if (Character.isWhitespace(c)) {
        if (inWord) {
          words.add(word.toString());
          word.setLength(0);
          inWord = false;
        }
      } else {
        word.append(c);
        inWord = true;
      }
    }
    if (quote != 0) {
      throw new MagicException("a quote " + quote + " is not closed");
    }
    if (inWord) {
      words.add(word.toString());
    }
    return new Words(words);
  }

  /** Takes an option that stands alone; tells whether it was there. */
  boolean take(String... spellings) {
    return words.removeIf(word -> List.of(spellings).contains(word));
  }

  /** Takes an option and the word after it. */
  Optional<String> takeValue(String option) {
    int at = words.indexOf(option);
    if (at < 0) {
      return Optional.empty();
    }
    words.remove(at);
    if (at == words.size()) {
      throw new MagicException(option + " needs a value after it");
    }
    return Optional.of(words.remove(at));
  }

  /** What is left; no word of it may look like an option. */
  List<String> rest() {
    words.stream()
        .filter(word -> word.length() > 1 && word.startsWith("-"))
        .findFirst()
        .ifPresent(word -> {
          throw new MagicException("there is no option " + word);
        });
    return List.copyOf(words);
  }

  /** The one word that is left. */
  String only(String what) {
    var left = rest();
    if (left.size() != 1) {
      throw new MagicException("expects " + what + (left.isEmpty() ? "" : ", got " + left));
    }
    return left.getFirst();
  }
}
