package org.notegrad.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.notegrad.fuzz.Answer.Outcome;
import org.notegrad.fuzz.Answer.Values;

/**
 * How two answers to a program compare.
 *
 * @param place where the first difference is, such as {@code y3} or {@code gradient of x0}; null if
 *     there is none
 * @param what the two sides say there
 * @param documented the differences that were met and are documented
 * @param compared how many elements were compared
 * @param untold how many could not be, because rounding decides them
 */
record Verdict(String place, String what, Set<Difference> documented, long compared, long untold) {
  /** Begins an error that a person should not meet. */
  static final String BROKEN = "broken: ";

  boolean clean() {
    return place == null;
  }

  static Verdict of(Program program, Answer ours, Answer theirs) {
    return new Comparison(program, ours, theirs).verdict();
  }

  /** Compares step by step; behind a documented difference nothing is compared. */
  private static final class Comparison {
    private final Program program;
    private final Answer ours;
    private final Answer theirs;
    private final Set<Difference> documented = new HashSet<>();
    private final Set<Integer> departed = new HashSet<>();
    private boolean allDeparted;
    private Difference excused;
    private String place;
    private String what;
    private long compared;
    private long untold;

    Comparison(Program program, Answer ours, Answer theirs) {
      this.program = program;
      this.ours = ours;
      this.theirs = theirs;
    }

    Verdict verdict() {
      allDeparted = writesDepart();
      for (int j = 0; j < program.steps().size() && place == null; j++) {
        step(j);
      }
      List<Outcome> inputs = theirs.inputs();
      for (int i = 0; inputs != null && i < inputs.size() && place == null; i++) {
        Outcome mine = ours.inputs().get(i);
        if (mine.broken()) {
          differ(Program.name(i), BROKEN + mine.error(), told(inputs.get(i)));
        } else {
          values(Program.name(i), mine.value(), inputs.get(i).value());
        }
      }
      Integer root = program.root();
      if (place == null && root != null && !allDeparted && !departed.contains(root)) {
        gradients();
      }
      return new Verdict(place, what, documented, compared, untold);
    }

    private void step(int j) {
      Program.Step step = program.steps().get(j);
      if (Arrays.stream(step.of()).anyMatch(departed::contains)) {
        departed.add(~j);
        return;
      }
      Outcome mine = ours.steps().get(j);
      Outcome other = theirs.steps().get(j);
      if (mine == null && other == null) {
        return;
      }
      Difference known = Difference.atStep(step, mine, other, operands(step));
      if (known != null) {
        documented.add(known);
        departed.add(~j);
      } else if (mine == null || other == null) {
        differ(Program.name(~j), told(mine), told(other));
      } else if (mine.broken()) {
        differ(Program.name(~j), BROKEN + mine.error(), told(other));
      } else if (mine.error() == null != (other.error() == null)) {
        differ(Program.name(~j), told(mine), told(other));
      } else if (mine.error() == null) {
        values(Program.name(~j), mine.value(), other.value());
      }
    }

    /**
     * Whether a write is done by one side only, or with another operand: then the values that both
     * have in the end can't be compared.
     */
    private boolean writesDepart() {
      Set<Integer> gone = new HashSet<>();
      for (int j = 0; j < program.steps().size(); j++) {
        Program.Step step = program.steps().get(j);
        Outcome mine = ours.steps().get(j);
        Outcome other = theirs.steps().get(j);
        if (Arrays.stream(step.of()).anyMatch(gone::contains)
            || Difference.atStep(step, mine, other, operands(step)) != null) {
          gone.add(~j);
          if (step.writes()) {
            return true;
          }
        }
      }
      return false;
    }

    private Values[] operands(Program.Step step) {
      return Arrays.stream(step.of())
          .mapToObj(operand -> {
            Outcome outcome =
                operand >= 0 ? ours.inputs().get(operand) : ours.steps().get(~operand);
            return outcome == null ? null : outcome.value();
          })
          .toArray(Values[]::new);
    }

    private static String told(Outcome outcome) {
      if (outcome == null) {
        return "nothing";
      }
      return outcome.value() != null ? Snippet.values(outcome.value()) : outcome.error();
    }

    private void differ(String at, String mine, String other) {
      place = at;
      what = "Notegrad: " + mine + "\nPyTorch:  " + other;
    }

    private void values(String at, Values mine, Values other) {
      if (allDeparted) {
        return;
      }
      boolean alike =
          mine.type().equals(other.type()) && Arrays.equals(mine.shape(), other.shape());
      if (!alike) {
        differ(at, Snippet.values(mine), Snippet.values(other));
        return;
      }
      int n = other.numel();
      for (int i = 0; i < n; i++) {
        double bound = other.bounds() == null ? 0 : other.bounds()[i];
        if (bound == -1) {
          untold++;
          continue;
        }
        if (excused != null && Double.isNaN(other.reals()[i]) && !Double.isNaN(mine.reals()[i])) {
          documented.add(excused);
          continue;
        }
        if (at.startsWith("second") && neitherFinite(mine.reals()[i], other.reals()[i])) {
          documented.add(Difference.SECOND_OF_INFINITE);
          continue;
        }
        compared++;
        boolean same =
            other.reals() != null
                ? near(mine.reals()[i], rounded(other.reals()[i], other.type()), bound)
                : mine.wholes()[i] == other.wholes()[i];
        if (!same) {
          String where = "element %d (within %s) of ".formatted(i, bound);
          differ(at, where + Snippet.values(mine), where + Snippet.values(other));
          return;
        }
      }
    }

    private static boolean neitherFinite(double mine, double other) {
      return mine != other
          && !Double.isFinite(mine)
          && !Double.isFinite(other)
          && !(Double.isNaN(mine) && Double.isNaN(other));
    }

    /** PyTorch's float32 numbers arrive with nine digits, which tell every bit. */
    private static double rounded(double value, String type) {
      return type.equals("float32") ? (float) value : value;
    }

    private static boolean near(double mine, double other, double bound) {
      return mine == other
          || Double.isNaN(mine) && Double.isNaN(other)
          || Double.isFinite(mine) && Double.isFinite(other) && Math.abs(mine - other) <= bound;
    }

    private void gradients() {
      Answer.Gradients mine = ours.gradients();
      Answer.Gradients other = theirs.gradients();
      if (mine == null || other == null) {
        return; // the root was refused by both
      }
      Difference known = Difference.atGradients(program, ours, other);
      if (known != null) {
        documented.add(known);
        if (known == Difference.OTHERS_KEPT && mine.first() != null) {
          withCopies(mine);
        }
      } else if (mine.requires() != other.requires()) {
        differ("requiresGrad of the root", "" + mine.requires(), "" + other.requires());
      } else if (mine.requires()) {
        lists("gradient", mine.first(), mine.firstError(), other.first(), other.firstError());
        Difference hidden = Difference.ofSecond(program, ours);
        if (hidden != null) {
          documented.add(hidden);
        } else if (place == null && mine.first() != null) {
          lists(
              "second gradient",
              mine.second(),
              mine.secondError(),
              other.second(),
              other.secondError());
        }
      }
    }

    /** Gradients that only we have must be those of a run that computes with copies. */
    private void withCopies(Answer.Gradients mine) {
      Answer.Gradients copied = Ours.answerWithCopies(program).gradients();
      for (int i = 0; i < mine.first().size() && place == null; i++) {
        Values gradient = mine.first().get(i);
        Values expected = copied.first() == null ? null : copied.first().get(i);
        boolean same =
            gradient == null || expected == null
                ? gradient == expected
                : Arrays.equals(gradient.reals(), expected.reals());
        if (!same) {
          place = "gradient of " + Program.name(leaves().get(i)) + " after a write";
          what =
              "Notegrad:    %s%nwith copies: %s"
                  .formatted(
                      gradient == null ? "none" : Snippet.values(gradient),
                      expected == null ? "none" : Snippet.values(expected));
        }
      }
    }

    private void lists(
        String which, List<Values> mine, String error, List<Values> other, String theirError) {
      if (error != null && error.startsWith(BROKEN) || error == null != (theirError == null)) {
        differ(
            which, error == null ? "a gradient" : error, theirError == null ? "one" : theirError);
        return;
      }
      List<Integer> leaves = leaves();
      for (int i = 0; mine != null && i < mine.size() && place == null; i++) {
        String at = which + " of " + Program.name(leaves.get(i));
        if (mine.get(i) == null || other.get(i) == null) {
          nothing(at, mine.get(i), other.get(i));
        } else {
          excused = Difference.ofNaN(program, ours);
          values(at, mine.get(i), other.get(i));
          excused = null;
        }
      }
    }

    /** No gradient counts as zeros. */
    private void nothing(String at, Values mine, Values other) {
      Values present = mine != null ? mine : other;
      if (present != null && Arrays.stream(present.reals()).anyMatch(x -> x != 0)) {
        differ(
            at,
            mine == null ? "none" : Snippet.values(mine),
            other == null ? "none" : Snippet.values(other));
      }
    }

    private List<Integer> leaves() {
      List<Integer> leaves = new ArrayList<>();
      for (int i = 0; i < program.inputs().size(); i++) {
        if (program.inputs().get(i).grad()) {
          leaves.add(i);
        }
      }
      return leaves;
    }
  }
}
