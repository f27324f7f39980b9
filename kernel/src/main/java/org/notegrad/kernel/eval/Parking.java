package org.notegrad.kernel.eval;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.VarSnippet;

/**
 * Keeps cells quick in sessions with many variables. JShell imports every variable into every
 * snippet, used or not; so variables that no cell has named for a while are taken out of JShell,
 * and brought back, value and all, when a cell names them again.
 */
final class Parking {

  private static final int MOST = 40;
  private static final int KEPT = 20;
  private static final Pattern DENOTABLE = Pattern.compile("[\\w.<>,\\[\\]? ]+");

  private final JShell shell;
  private final LocalControl control;
  private final TopLevelVariables variables;
  private final Map<String, String> parked = new LinkedHashMap<>();
  private final Map<String, Integer> lastNamed = new HashMap<>();
  private int cells;

  Parking(JShell shell, LocalControl control, TopLevelVariables variables) {
    this.shell = shell;
    this.control = control;
    this.variables = variables;
  }

  /** Brings back the parked variables that code names. */
  void bringBack(String code) {
    cells++;
    for (var token : new Lexer(code).tokens()) {
      if (Character.isJavaIdentifierStart(token.text().codePointAt(0))) {
        lastNamed.put(token.text(), cells);
        declare(token.text());
      }
    }
  }

  /** Brings back the parked variables whose names start like the name that code ends with. */
  void bringBackPrefix(String code) {
    var tokens = new Lexer(code).tokens();
    var prefix = tokens.isEmpty() ? "" : tokens.getLast().text();
    List.copyOf(parked.keySet()).stream()
        .filter(name -> name.startsWith(prefix))
        .forEach(this::declare);
    bringBack(code);
  }

  private void declare(String name) {
    var type = parked.remove(name);
    if (type != null) {
      control.withoutRunning(() -> shell.eval(type + " " + name + ";"));
    }
  }

  /** Parks variables if there are many. */
  void park() {
    var active = active();
    if (active.size() <= MOST) {
      return;
    }
    var pinned = namedByDeclarations();
    var idle = new ArrayList<>(active);
    idle.removeIf(one -> pinned.contains(one.name()) || !isParkable(one));
    idle.sort(Comparator.comparing(one -> lastNamed.getOrDefault(one.name(), 0)));
    for (var one : idle.subList(0, Math.clamp(active.size() - KEPT, 0, idle.size()))) {
      parked.put(one.name(), one.typeName());
      shell.drop(one);
    }
  }

  private boolean isParkable(VarSnippet variable) {
    return DENOTABLE.matcher(variable.typeName()).matches()
        && !variables.isConstant(variable.name())
        && lastNamed.getOrDefault(variable.name(), 0) < cells;
  }

  private List<VarSnippet> active() {
    return shell.variables().filter(one -> shell.status(one) == Snippet.Status.VALID).toList();
  }

  /** The words of all methods and types, which would not find their variables any more. */
  private Set<String> namedByDeclarations() {
    var words = new HashSet<String>();
    Stream.<Snippet>concat(shell.methods(), shell.types())
        .flatMap(snippet -> new Lexer(snippet.source()).tokens().stream())
        .map(Token::text)
        .forEach(words::add);
    return words;
  }

  /** The parked variables: from name to type. */
  Map<String, String> parked() {
    return Map.copyOf(parked);
  }

  /** Forgets the parked variables and their values. */
  void reset() {
    parked.keySet().forEach(variables::clear);
    parked.clear();
  }
}
