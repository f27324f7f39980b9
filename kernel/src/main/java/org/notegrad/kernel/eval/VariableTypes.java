package org.notegrad.kernel.eval;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.VarSnippet;

/**
 * The top-level variables and their types. JShell imports every variable that it knows into every
 * snippet, used or not, so it is told of one only when a snippet names it, and forgets those that
 * none has named for a while; their values are kept elsewhere.
 */
final class VariableTypes {

  private static final int MOST_IN_SHELL = 40;
  private static final int KEPT_IN_SHELL = 20;
  private static final Pattern DENOTABLE = Pattern.compile("[\\w.<>,\\[\\]? ]+");

  private final LazyShell shell;
  private final LocalControl control;
  private final Map<String, String> types = new LinkedHashMap<>();
  private final Map<String, String> inShell = new HashMap<>();
  private final Map<String, Integer> lastNamed = new HashMap<>();
  private int snippets;

  VariableTypes(LazyShell shell, LocalControl control) {
    this.shell = shell;
    this.control = control;
  }

  /** All variables: from name to type. */
  Map<String, String> all() {
    return types;
  }

  /** The type of a variable as a declaration can write it; empty for JShell's eyes only. */
  Optional<String> source(String name) {
    return Optional.ofNullable(types.get(name)).filter(type -> DENOTABLE.matcher(type).matches());
  }

  /**
   * Notes a variable that was declared without JShell.
   *
   * @param isMoved whether code that was compiled before does not see its new value by itself
   */
  void declared(String name, String type, boolean isMoved) {
    types.put(name, type);
    if (!shell.isInUse()) {
      return;
    }
    var told = inShell.get(name);
    if (told != null && isMoved) {
      drop(name); // what refers to it is compiled anew when it is there again
    }
    if (told == null ? isSomethingUnresolved() : isMoved || !told.equals(type)) {
      tell(name);
    }
  }

  /** Whether a method or a type waits for something that is not there yet. */
  private boolean isSomethingUnresolved() {
    var jshell = shell.get();
    return Stream.<Snippet>concat(jshell.methods(), jshell.types())
        .anyMatch(one -> jshell.status(one) != Snippet.Status.VALID);
  }

  /** Takes a variable for declared, until {@link #forget}. */
  void assume(String name, String type) {
    types.put(name, type);
  }

  /** Forgets a variable. */
  void forget(String name) {
    types.remove(name);
    if (inShell.remove(name) != null) {
      drop(name);
    }
  }

  /** Notes a variable that JShell has declared. */
  void learned(VarSnippet variable) {
    types.put(variable.name(), variable.typeName());
    inShell.put(variable.name(), variable.typeName());
  }

  /** Tells JShell of the variables that code names. */
  void tellNamed(String code) {
    snippets++;
    for (var word : Words.of(code)) {
      if (types.containsKey(word)) {
        lastNamed.put(word, snippets);
        if (!inShell.containsKey(word)) {
          tell(word);
        }
      }
    }
  }

  private void drop(String name) {
    var jshell = shell.get();
    var known = jshell.variables().filter(one -> one.name().equals(name)).toList();
    control.withoutRunning(() -> known.forEach(jshell::drop));
  }

  private void tell(String name) {
    var declaration = types.get(name) + " " + name + ";";
    control.withoutRunning(() -> shell.get().eval(declaration));
    inShell.put(name, types.get(name));
  }

  /** Lets JShell forget variables if it knows many; {@code kept} are those it may not forget. */
  void forgetIdle(Collection<String> kept) {
    if (inShell.size() <= MOST_IN_SHELL) {
      return;
    }
    var jshell = shell.get();
    var pinned = namedByDeclarations(jshell);
    pinned.addAll(kept);
    var idle = new ArrayList<>(jshell.variables().toList());
    idle.removeIf(one -> pinned.contains(one.name()) || !isIdle(one.name()));
    idle.sort(Comparator.comparing(one -> lastNamed.getOrDefault(one.name(), 0)));
    for (var one : idle.subList(0, Math.clamp(inShell.size() - KEPT_IN_SHELL, 0, idle.size()))) {
      inShell.remove(one.name());
      jshell.drop(one);
    }
  }

  private boolean isIdle(String name) {
    return source(name).isPresent() && lastNamed.getOrDefault(name, 0) < snippets;
  }

  /** The words of all methods and types, which would not find their variables any more. */
  private static Set<String> namedByDeclarations(JShell jshell) {
    var words = new HashSet<String>();
    Stream.<Snippet>concat(jshell.methods(), jshell.types())
        .forEach(snippet -> words.addAll(Words.of(snippet.source())));
    return words;
  }

  /** Forgets all variables. */
  List<String> reset() {
    var names = List.copyOf(types.keySet());
    types.clear();
    inShell.clear();
    lastNamed.clear();
    return names;
  }
}
