package org.notegrad.kernel.eval;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Snippet;

/** The methods and types that JShell holds, for code that is compiled without it. */
final class ShellDeclarations {

  private final LazyShell shell;
  private Map<String, List<DeclarationSnippet>> byName = new HashMap<>();

  ShellDeclarations(LazyShell shell) {
    this.shell = shell;
  }

  /** Looks again at what JShell holds. */
  void update() {
    var found = new HashMap<String, List<DeclarationSnippet>>();
    var jshell = shell.get();
    Stream.<DeclarationSnippet>concat(jshell.methods(), jshell.types())
        .forEach(one -> found.computeIfAbsent(one.name(), _ -> new ArrayList<>()).add(one));
    byName = found;
  }

  /** The imports of what words name; empty if something of it can't be used yet. */
  Optional<List<String>> imports(Collection<String> words) {
    var imports = new ArrayList<String>();
    for (var word : words) {
      for (var snippet : byName.getOrDefault(word, List.of())) {
        if (shell.get().status(snippet) != Snippet.Status.VALID) {
          return Optional.empty();
        }
        imports.add("import static " + className(snippet) + "." + word + ";");
      }
    }
    return Optional.of(imports);
  }

  /** The snippet that JShell calls by this number in the classes that it makes. */
  Optional<DeclarationSnippet> numbered(int number) {
    return byName.values().stream()
        .flatMap(List::stream)
        .filter(one -> className(one).matches("REPL\\.\\$JShell\\$" + number + "(\\D.*)?"))
        .findFirst();
  }

  /** The class that JShell has made, or kept, for a declaration. */
  String className(DeclarationSnippet snippet) {
    return shell.analysis().wrapper(snippet).fullClassName();
  }
}
