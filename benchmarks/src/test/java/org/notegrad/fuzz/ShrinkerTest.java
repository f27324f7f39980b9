package org.notegrad.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.notegrad.fuzz.Maker.Sizes;

class ShrinkerTest {
  private static Program shrunk(Program program, Predicate<Program> differs) {
    return new Shrinker(differs, 10_000).shrink(program);
  }

  private static boolean uses(Program program, String op) {
    return program.steps().stream().anyMatch(step -> step.op().equals(op));
  }

  @Test
  void onlyWhatDiffersIsLeft() {
    for (long seed = 1; seed < 40; seed++) {
      Program program = Maker.make(seed, Sizes.USUAL, "exp");
      Program small = shrunk(program, candidate -> uses(candidate, "exp"));
      assertEquals(1, small.steps().size(), "seed " + seed);
      assertEquals(1, small.inputs().size(), "seed " + seed);
      assertTrue(small.inputs().getFirst().numel() <= 1, "seed " + seed);
    }
  }

  @Test
  void anElementThatMattersStaysWhatItIs() {
    var input = new Program.Input("float64", new int[] {2, 3}, new double[6], null, true);
    Arrays.setAll(input.reals(), i -> 2.5 * i);
    var step = new Program.Step("neg", new int[] {0}, new int[0], new long[0], new double[0]);
    var program = new Program(1, java.util.List.of(input), java.util.List.of(step, step), ~1);
    Program small =
        shrunk(
            program,
            candidate ->
                candidate.inputs().stream()
                    .anyMatch(x -> Arrays.stream(x.reals()).anyMatch(v -> v == 5)));
    assertEquals(1, small.inputs().size());
    assertEquals(3, small.inputs().getFirst().numel());
    assertEquals(5, small.inputs().getFirst().reals()[2]);
  }

  @Test
  void shrunkProgramsStillRun() {
    for (long seed = 1; seed < 60; seed++) {
      Program program = Maker.make(seed, Sizes.USUAL, null);
      Program small =
          shrunk(
              program,
              candidate -> Ours.answer(candidate).steps().size() == candidate.steps().size());
      assertTrue(small.steps().size() <= program.steps().size());
    }
  }
}
