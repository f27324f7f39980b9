package org.notegrad.kernel.eval;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import jdk.jshell.SourceCodeAnalysis;
import org.notegrad.kernel.eval.Completion.Candidate;
import org.notegrad.kernel.eval.Completion.Kind;

/** Completes names, by JShell's analysis of the statement before the cursor. */
final class Completions {

  private final SourceCodeAnalysis analysis;

  Completions(SourceCodeAnalysis analysis) {
    this.analysis = analysis;
  }

  Completion complete(String code, int cursor) {
    int start = Statements.startOfPieceAt(code, cursor);
    var source = code.substring(start, cursor);
    var anchor = new int[1];
    var suggestions = analysis.completionSuggestions(source, source.length(), anchor);
    var texts = new LinkedHashSet<String>();
    suggestions.stream()
        .filter(SourceCodeAnalysis.Suggestion::matchesType)
        .forEach(suggestion -> texts.add(suggestion.continuation()));
    suggestions.forEach(suggestion -> texts.add(suggestion.continuation()));
    var candidates = new ArrayList<Candidate>();
    for (var text : texts) {
      candidates.add(new Candidate(text, kind(text), ""));
    }
    return new Completion(start + anchor[0], cursor, List.copyOf(candidates));
  }

  private static Kind kind(String text) {
    if (text.endsWith("(") || text.endsWith("()")) {
      return Kind.FUNCTION;
    }
    return Character.isUpperCase(text.codePointAt(0)) ? Kind.CLASS : Kind.INSTANCE;
  }
}
