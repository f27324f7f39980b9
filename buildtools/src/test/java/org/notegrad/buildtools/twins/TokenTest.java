package org.notegrad.buildtools.twins;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.notegrad.buildtools.twins.Token.Kind;

class TokenTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "12_345",
        "1L",
        "0x7f",
        "0xFFL",
        "0b0101",
        "1f",
        "1.5",
        "1.5F",
        ".5f",
        "1.",
        "1e-3f",
        "1.25e+10",
        "3d",
        "0x1p-126f",
        "0x1.8p3",
        "0x.8p1f"
      })
  void aNumberIsOneToken(String number) {
    assertEquals(
        List.of(new Token(Kind.NUMBER, number), new Token(Kind.OTHER, ";")),
        Token.of(number + ";"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"float 1f\"",
        "\"a \\\" float\"",
        "'\\''",
        "'f'",
        "\"\"\"\n  \"float\" 1f\n\"\"\"",
        "\"\""
      })
  void aStringIsOneToken(String string) {
    assertEquals(
        List.of(new Token(Kind.STRING, string), new Token(Kind.WORD, "x")), Token.of(string + "x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"// it's 1f", "/* \"\n * // */", "/** {@code 'float} */"})
  void aCommentIsOneToken(String comment) {
    assertEquals(
        List.of(new Token(Kind.COMMENT, comment), new Token(Kind.OTHER, "\n")),
        Token.of(comment + "\n"));
  }

  @Test
  void digitsInAWordAreNoNumber() {
    assertEquals(List.of(new Token(Kind.WORD, "x1f")), Token.of("x1f"));
  }

  @Test
  void allTokensTogetherAreTheText() throws IOException {
    for (Path file : List.of(Path.of("Format.java"), Path.of("DownloadSize.java"))) {
      String text = Files.readString(file);
      assertEquals(text, Token.of(text).stream().map(Token::text).collect(Collectors.joining()));
    }
  }
}
