package org.notegrad.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandoverTest {
  @TempDir Path folder;

  @Test
  void shRunsTheCommandAsGivenWithItsEnvironmentAndStatus() throws Exception {
    var file = folder.resolve("hand over's");
    Sh.writeScript(folder.resolve("program"), "printf '%s|' \"$GREETING\" \"$@\"", "exit 3");
    var words =
        List.of(folder.resolve("program").toString(), "it's", "two words", "$HOME", "a;b", "");
    new Handover(file).write(Map.of("GREETING", "don't \"quote\" `me`"), words);

    var result = Sh.run(folder, Map.of(), "sh", "-euc", ". \"$1\"", "sh", file.toString());
    assertEquals("don't \"quote\" `me`|it's|two words|$HOME|a;b||", result.out(), result.err());
    assertEquals(3, result.status());
    assertFalse(Files.exists(file));
  }
}
