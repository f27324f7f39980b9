package org.notegrad.kernel.magic;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.notegrad.kernel.eval.CellResult;

/**
 * A command of the notebook's own, beside Java: {@code %name arguments} on a line, or {@code %%name
 * arguments} on a cell's first line, which takes the rest of the cell.
 *
 * @param name without the percent signs
 * @param aliases other kernels' names for it
 * @param forms how it may be written
 * @param arguments what may follow the name, as help shows it
 * @param summary one sentence
 * @param details how it behaves, and examples, in Markdown
 * @param operands what its arguments are, for completion
 * @param action what it does
 */
record Magic(
    String name,
    List<String> aliases,
    Set<Form> forms,
    String arguments,
    String summary,
    String details,
    Operands operands,
    Action action) {
  /** A line of its own, or a whole cell. */
  enum Form {
    LINE("%"),
    CELL("%%");

    private final String sign;

    Form(String sign) {
      this.sign = sign;
    }

    String sign() {
      return sign;
    }
  }

  /** What a magic's arguments are. */
  enum Operands {
    JAVA,
    FILES,
    MAGICS,
    OTHER
  }

  /** Does a magic's work on the evaluator's own thread. */
  @FunctionalInterface
  interface Action {
    /**
     * Carries out a call.
     *
     * @throws MagicException if it can't be done
     */
    CellResult run(MagicCall call);
  }

  /** A magic on a line. */
  static Magic line(String name, String arguments, String summary, Action action) {
    return new Magic(
        name, List.of(), EnumSet.of(Form.LINE), arguments, summary, "", Operands.OTHER, action);
  }

  /** A magic of a whole cell. */
  static Magic cell(String name, String arguments, String summary, Action action) {
    return line(name, arguments, summary, action).forms(EnumSet.of(Form.CELL));
  }

  Magic forms(Set<Form> both) {
    return new Magic(name, aliases, both, arguments, summary, details, operands, action);
  }

  Magic aliases(String... others) {
    return new Magic(name, List.of(others), forms, arguments, summary, details, operands, action);
  }

  Magic details(String markdown) {
    return new Magic(name, aliases, forms, arguments, summary, markdown, operands, action);
  }

  Magic operands(Operands kind) {
    return new Magic(name, aliases, forms, arguments, summary, details, kind, action);
  }

  /** How it is written: {@code %timeit [-n RUNS] EXPRESSION}, one line a form. */
  String usage() {
    return forms.stream()
        .map(form -> (form.sign() + name + " " + arguments).strip())
        .collect(Collectors.joining("\n"));
  }

  /** Its name with its signs: {@code %time, %%time}. */
  String names() {
    return forms.stream().map(form -> form.sign() + name).collect(Collectors.joining(", "));
  }
}
