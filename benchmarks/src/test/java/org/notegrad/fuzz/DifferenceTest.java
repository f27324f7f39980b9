package org.notegrad.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DifferenceTest {
  /** Each in an item of the list: what in bold, then why. */
  @Test
  void theDocumentListsTheDifferencesThatTheCodeKnows() throws IOException {
    String text = Files.readString(Path.of("../docs/fuzzing.md")).replaceAll("\\s+", " ");
    List<String> listed =
        Arrays.stream(text.split(" - \\*\\*"))
            .skip(1)
            .map(item -> item.replaceFirst(" ##.*", "").strip())
            .toList();
    List<String> known =
        Arrays.stream(Difference.values())
            .map(difference -> difference.what() + "** " + difference.why())
            .toList();
    assertEquals(String.join("\n", known), String.join("\n", listed));
  }
}
