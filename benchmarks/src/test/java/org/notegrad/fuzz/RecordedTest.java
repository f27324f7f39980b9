package org.notegrad.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Programs that ran in PyTorch, without PyTorch. {@code ./notegrad fuzz --record} wrote them. */
class RecordedTest {
  private static List<Recorded> recorded() throws IOException {
    return Recorded.read(RecordedTest.class.getResourceAsStream("recorded.jsonl.gz"));
  }

  @Test
  void recordedProgramsGiveWhatPyTorchGave() throws IOException {
    List<String> differences = new ArrayList<>();
    long compared = 0;
    for (Recorded record : recorded()) {
      Verdict verdict =
          Verdict.of(record.program(), Ours.answer(record.program()), record.answer());
      compared += verdict.compared();
      if (!verdict.clean()) {
        differences.add(
            "seed %d, %s: %s%n%s"
                .formatted(
                    record.program().seed(),
                    verdict.place(),
                    verdict.what(),
                    Snippet.java(record.program())));
      }
    }
    assertEquals("", String.join("\n", differences));
    assertTrue(compared > 40_000, compared + " elements were compared");
  }

  @Test
  void thereAreTwoThousand() throws IOException {
    assertTrue(recorded().size() >= 2000, recorded().size() + " programs");
  }

  /** So that the comparison can fail. */
  @Test
  void aChangedProgramIsNoticed() throws IOException {
    int noticed = 0;
    int tried = 0;
    for (Recorded record : recorded().subList(0, 200)) {
      Program program = record.program();
      List<Program.Input> inputs = new ArrayList<>();
      for (Program.Input input : program.inputs()) {
        inputs.add(input.reals() == null ? input : moved(input));
      }
      var changed = new Program(program.seed(), inputs, program.steps(), program.root());
      tried++;
      noticed += Verdict.of(changed, Ours.answer(changed), record.answer()).clean() ? 0 : 1;
    }
    assertTrue(noticed > tried / 2, noticed + " of " + tried + " noticed");
  }

  private static Program.Input moved(Program.Input input) {
    double[] reals = input.reals().clone();
    for (int i = 0; i < reals.length; i++) {
      reals[i] += 1e-3 * (1 + Math.abs(reals[i]));
    }
    return new Program.Input(input.type(), input.shape(), reals, null, input.grad());
  }
}
