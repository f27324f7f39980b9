package org.notegrad.kernel.eval;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jdk.jshell.SourceCodeAnalysis.Suggestion;
import org.notegrad.kernel.eval.Completion.Candidate;

/** Completes names, by JShell's analysis of the statement before the cursor. */
final class Completions {

  private static final Set<String> CLOSING = Set.of(")", "]");

  private static final Set<String> OF_EVERY_OBJECT =
      Arrays.stream(Object.class.getDeclaredMethods())
          .map(Method::getName)
          .collect(Collectors.toSet());

  /** What fits the place's type before what does not; a class's own before every object's. */
  private static final Comparator<Suggestion> BEST_FIRST =
      Comparator.comparing((Suggestion suggestion) -> !suggestion.matchesType())
          .thenComparing(
              suggestion -> OF_EVERY_OBJECT.contains(Signatures.nameOf(suggestion.continuation())));

  private final LazyShell shell;
  private final VariableTypes variables;
  private final TypeNames types;
  private final Signatures signatures;

  Completions(LazyShell shell, VariableTypes variables, TypeNames types) {
    this.shell = shell;
    this.variables = variables;
    this.types = types;
    this.signatures = new Signatures(shell, variables, types);
  }

  Completion complete(String code, int cursor) {
    int start = Statements.startOfPieceAt(code, cursor);
    var source = code.substring(start, cursor);
    var anchor = new int[1];
    var suggestions = shell.analysis().completionSuggestions(source, source.length(), anchor);
    var texts = new LinkedHashSet<String>();
    suggestions.stream()
        .sorted(BEST_FIRST)
        .forEach(suggestion -> texts.add(suggestion.continuation()));
    if (suggestions.isEmpty()) {
      anchor[0] = startOfWord(source);
    }
    texts.addAll(variables(source, anchor[0]));
    return new Completion(start + anchor[0], cursor, candidates(source, anchor[0], texts));
  }

  private static int startOfWord(String source) {
    int start = source.length();
    while (start > 0 && Character.isJavaIdentifierPart(source.charAt(start - 1))) {
      start--;
    }
    return start;
  }

  /** JShell has been told of few of the variables. */
  private List<String> variables(String source, int anchor) {
    var before = source.substring(0, anchor).stripTrailing();
    var prefix = source.substring(anchor);
    if (prefix.isEmpty() || before.endsWith(".") || before.endsWith("::")) {
      return List.of();
    }
    return variables.all().keySet().stream().filter(name -> name.startsWith(prefix)).toList();
  }

  private List<Candidate> candidates(String source, int anchor, Set<String> texts) {
    var before = source.substring(0, anchor).stripTrailing();
    if (texts.isEmpty() || !before.endsWith(".")) {
      return texts.stream().map(signatures::topLevel).toList();
    }
    var receiver = receiverClass(before.substring(0, before.length() - 1));
    return texts.stream().map(text -> signatures.member(receiver, text)).toList();
  }

  /** The class of the expression, or the type, that a source ends with. */
  private Optional<Class<?>> receiverClass(String source) {
    var expression = lastExpression(source);
    var variable = variables.all().get(expression);
    if (variable != null) {
      return types.find(variable);
    }
    return types
        .find(expression)
        .or(() -> {
          var type = shell.analysis().analyzeType(expression, expression.length());
          return type == null ? Optional.empty() : types.find(type);
        });
  }

  /** Names, dots and brackets, back to where an operator or a keyword stands. */
  private static String lastExpression(String source) {
    var tokens = new Lexer(source).tokens();
    int first = tokens.size();
    boolean wantsOperand = true;
    while (first > 0) {
      var text = tokens.get(first - 1).text();
      if (CLOSING.contains(text)) {
        first = Statements.opening(tokens, first - 1);
        wantsOperand = text.equals(")") || wantsOperand;
      } else if (text.equals(".")) {
        first--;
        wantsOperand = true;
      } else if (wantsOperand && isOperand(text)) {
        first--;
        wantsOperand = false;
      } else if (text.equals("new")) {
        first--;
        break;
      } else {
        break;
      }
    }
    return first < tokens.size() ? source.substring(tokens.get(first).start()).strip() : "";
  }

  private static boolean isOperand(String text) {
    int c = text.codePointAt(0);
    return Character.isJavaIdentifierPart(c) && !text.equals("return") || c == '"';
  }
}
