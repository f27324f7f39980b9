package org.notegrad.kernel.magic;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.notegrad.kernel.magic.Magic.Form;

/** All magics, by name. */
final class Magics {
  private final Map<String, Magic> byName = new TreeMap<>();
  private final Map<String, Magic> byAnyName = new HashMap<>();

  Magics(Collection<Magic> magics) {
    for (Magic magic : magics) {
      byName.put(magic.name(), magic);
      byAnyName.put(magic.name(), magic);
      magic.aliases().forEach(alias -> byAnyName.put(alias, magic));
    }
  }

  static Magics builtIn() {
    return new Magics(
        Stream.of(
                ClassPathMagics.all(),
                CodeMagics.all(),
                TimeMagics.all(),
                SessionMagics.all(),
                TextMagics.all(),
                FileMagics.all(),
                ShellMagics.all(),
                HelpMagics.all())
            .flatMap(List::stream)
            .toList());
  }

  /** Finds a magic by its name or by one that other kernels have for it. */
  Optional<Magic> find(String name) {
    return Optional.ofNullable(byAnyName.get(name));
  }

  /** All of them, in the order of their names. */
  Collection<Magic> all() {
    return byName.values();
  }

  /**
   * The magic that is called.
   *
   * @throws MagicException if there is none of that name, or not in that form
   */
  Magic called(Form form, String name) {
    Magic magic =
        find(name)
            .orElseThrow(
                () -> new MagicException("there is no magic " + form.sign() + name + hint(name)));
    if (!magic.forms().contains(form)) {
      String other = form == Form.LINE ? "a cell magic: write %%" : "a line magic: write %";
      throw new MagicException(form.sign() + name + " is " + other + name);
    }
    return magic;
  }

  private String hint(String name) {
    int near = Math.max(1, name.length() / 3);
    return byAnyName.keySet().stream()
        .filter(known -> distance(known, name) <= near)
        .min(
            Comparator.comparingInt((String known) -> distance(known, name))
                .thenComparing(Comparator.naturalOrder()))
        .map(known -> "; did you mean " + sign(known) + known + "?")
        .orElse("; %lsmagic lists them all");
  }

  private String sign(String name) {
    return byAnyName.get(name).forms().iterator().next().sign();
  }

  /** The least number of letters to insert, delete, replace or swap with their neighbour. */
  static int distance(String a, String b) {
    var d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
