package org.notegrad.fuzz;

import com.google.gson.JsonParseException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.notegrad.fuzz.Answer.Outcome;
import org.notegrad.fuzz.Answer.Values;

/**
 * A program with PyTorch's answer, as kept in a file: one in a line of JSON, compressed.
 *
 * <p>Of values that later steps use, only type and shape are kept.
 */
record Recorded(Program program, Answer answer) {
  static Recorded of(Program program, Answer answer) {
    Set<Integer> used = new HashSet<>();
    boolean writes = false;
    for (Program.Step step : program.steps()) {
      Arrays.stream(step.of()).forEach(used::add);
      writes |= step.writes();
    }
    List<Outcome> steps = new ArrayList<>();
    for (int j = 0; j < answer.steps().size(); j++) {
      Outcome outcome = answer.steps().get(j);
      boolean kept = outcome == null || outcome.value() == null || !used.contains(~j);
      steps.add(kept ? outcome : withoutElements(outcome));
    }
    List<Outcome> inputs = writes ? answer.inputs() : null;
    return new Recorded(program, new Answer(steps, inputs, answer.gradients()));
  }

  private static Outcome withoutElements(Outcome outcome) {
    Values value = outcome.value();
    return new Outcome(new Values(value.type(), value.shape(), null, null, null), null, false);
  }

  /** Writes beside the file first, so that it is there whole or not at all. */
  static void write(Path file, List<Recorded> records) throws IOException {
    Path target = file.toAbsolutePath();
    Path beside = target.resolveSibling(target.getFileName() + ".part");
    try (var out =
        new BufferedWriter(
            new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(beside)), StandardCharsets.UTF_8))) {
      for (Recorded record : records) {
        out.write(Torch.GSON.toJson(record));
        out.write('\n');
      }
    }
    Files.move(beside, target, StandardCopyOption.REPLACE_EXISTING);
  }

  static List<Recorded> read(InputStream in) throws IOException {
    List<Recorded> records = new ArrayList<>();
    try (var lines =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(in), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        records.add(Torch.GSON.fromJson(line, Recorded.class));
      }
    } catch (JsonParseException e) {
      throw new IOException("line " + (records.size() + 1) + " is no program", e);
    }
    return records;
  }
}
