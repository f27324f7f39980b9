package org.notegrad.kernel.eval;

import java.util.List;
import jdk.jshell.SourceCodeAnalysis;

/** Decides whether a cell is ready to run, for consoles that ask at each Enter. */
final class CompletenessCheck {

  private static final int INDENT = 2;

  private final SourceCodeAnalysis analysis;

  CompletenessCheck(SourceCodeAnalysis analysis) {
    this.analysis = analysis;
  }

  Completeness check(String code) {
    if (isMagic(code)) {
      return new Completeness.Complete();
    }
    var lexer = new Lexer(code);
    if (lexer.unclosedComment().isPresent()) {
      return new Completeness.Incomplete(indent(lexer.tokens()));
    }
    if (SourceFlaw.in(code).isPresent()) {
      return new Completeness.Invalid();
    }
    var rest = code;
    while (!rest.isBlank()) {
      var info = analysis.analyzeCompletion(rest);
      switch (info.completeness()) {
        case COMPLETE, COMPLETE_WITH_SEMI -> {}
        case EMPTY -> {
          return new Completeness.Complete();
        }
        case CONSIDERED_INCOMPLETE, DEFINITELY_INCOMPLETE -> {
          return new Completeness.Incomplete(indent(lexer.tokens()));
        }
        case UNKNOWN -> {
          return new Completeness.Invalid();
        }
      }
      rest = info.remaining();
    }
    return new Completeness.Complete();
  }

  /** Lines that start with a percent sign are commands to the kernel, ready as they are. */
  private static boolean isMagic(String code) {
    return code.stripLeading().startsWith("%");
  }

  /** As deep as the brackets that are open at the end. */
  private static String indent(List<Token> tokens) {
    int depth = 0;
    for (var token : tokens) {
      switch (token.text()) {
        case "{", "(", "[" -> depth++;
        case "}", ")", "]" -> depth--;
        default -> {}
      }
    }
    return " ".repeat(INDENT * Math.max(0, depth));
  }
}
