package org.notegrad.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.notegrad.fuzz.Maker.Sizes;

class MakerTest {
  private static List<Program> some(int count, String only) {
    return java.util.stream.LongStream.range(1, count + 1)
        .mapToObj(seed -> Maker.make(seed, Sizes.USUAL, only))
        .toList();
  }

  @Test
  void aSeedGivesOneProgram() {
    for (long seed = 1; seed < 100; seed++) {
      assertEquals(
          Torch.GSON.toJson(Maker.make(seed, Sizes.USUAL, null)),
          Torch.GSON.toJson(Maker.make(seed, Sizes.USUAL, null)));
    }
  }

  @Test
  void everyOperationIsUsed() {
    Set<String> used = new HashSet<>();
    some(4000, null).forEach(program -> program.steps().forEach(step -> used.add(step.op())));
    assertEquals(new HashSet<>(Ops.names()), used);
  }

  @Test
  void programsHaveOneToEightSteps() {
    Set<Integer> lengths = new HashSet<>();
    some(500, null).forEach(program -> lengths.add(program.steps().size()));
    assertEquals(Set.of(1, 2, 3, 4, 5, 6, 7, 8), lengths);
  }

  @Test
  void anOperationThatIsAskedForIsInEveryProgram() {
    for (Program program : some(200, "gather")) {
      assertTrue(
          program.steps().stream().anyMatch(step -> step.op().equals("gather")),
          "seed " + program.seed());
    }
  }

  @Test
  void mostProgramsAreAcceptedAndHaveAGradient() {
    int refused = 0;
    int gradients = 0;
    for (Program program : some(500, null)) {
      Answer answer = Ours.answer(program);
      boolean all = answer.steps().stream().allMatch(o -> o != null && o.error() == null);
      refused += all ? 0 : 1;
      gradients += answer.gradients() != null && answer.gradients().first() != null ? 1 : 0;
    }
    assertTrue(refused > 20 && refused < 200, refused + " of 500 refused");
    assertTrue(gradients > 250, gradients + " of 500 with a gradient");
  }
}
