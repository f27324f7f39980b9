package org.notegrad.kernel.eval;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.jshell.Diag;

/** Says what a name that is not found may have been meant to be. */
final class Suggestions {

  private static final Pattern SYMBOL =
      Pattern.compile("symbol:\\s+(?<kind>variable|method|class)\\s+(?<name>\\w+)");
  private static final Pattern LOCATION =
      Pattern.compile(
          "location:\\s+(?:variable \\w+ of type|class|interface|enum)\\s+(?<type>\\S+)");
  private static final int SHOWN = 3;

  // Types that lessons use and that no import of the kernel brings.
  private static final List<String> PACKAGES =
      List.of(
          "java.time",
          "java.text",
          "java.util.regex",
          "java.util.concurrent.atomic",
          "java.nio.charset",
          "java.net",
          "java.net.http",
          "java.awt",
          "java.awt.image",
          "java.lang.invoke",
          "java.lang.reflect",
          "java.util.random",
          "jdk.incubator.vector",
          "javax.swing",
          "javax.imageio",
          "java.sql",
          "java.security");

  private final LazyShell shell;
  private final VariableTypes variables;
  private final TypeNames types;

  Suggestions(LazyShell shell, VariableTypes variables, TypeNames types) {
    this.shell = shell;
    this.variables = variables;
    this.types = types;
  }

  /** A hint for an error of the compiler; empty if there is none to give. */
  Optional<String> hint(Diag error) {
    if (!error.getCode().startsWith("compiler.err.cant.resolve")) {
      return Optional.empty();
    }
    var message = error.getMessage(Locale.ENGLISH);
    var symbol = SYMBOL.matcher(message);
    if (!symbol.find()) {
      return Optional.empty();
    }
    var name = symbol.group("name");
    boolean method = symbol.group("kind").equals("method");
    var location = LOCATION.matcher(message);
    if (location.find()) {
      return types
          .find(location.group("type"))
          .flatMap(type -> like(name, fitting(method, members(type))));
    }
    return missingImport(name).or(() -> like(name, fitting(method, known())));
  }

  /** What is called is a method; a method may also be meant where its parentheses are forgotten. */
  private static Stream<String> fitting(boolean method, Stream<String> names) {
    return names.filter(name -> !method || name.endsWith("()"));
  }

  private Optional<String> missingImport(String name) {
    return PACKAGES.stream()
        .map(one -> one + "." + name)
        .filter(full -> types.find(full).isPresent())
        .findFirst()
        .map(full -> "It needs: import " + full + ";");
  }

  private static Stream<String> members(Class<?> type) {
    return Stream.of(
            Stream.of(type.getMethods()).map(method -> method.getName() + "()"),
            Stream.of(type.getDeclaredMethods()).map(method -> method.getName() + "()"),
            Stream.of(type.getFields()).map(field -> field.getName()),
            Stream.of(type.getDeclaredFields()).map(field -> field.getName()))
        .flatMap(names -> names)
        .filter(name -> !name.contains("$"));
  }

  private Stream<String> known() {
    var methods = shell.get().methods().map(one -> one.name() + "()");
    var declared = shell.get().types().map(one -> one.name());
    return Stream.of(
            variables.all().keySet().stream(), methods, declared, types.commonNames().stream())
        .flatMap(names -> names);
  }

  /** The names that differ from the given one by a slip of the fingers. */
  private static Optional<String> like(String name, Stream<String> candidates) {
    int tolerated = name.length() <= 3 ? 1 : 2;
    Set<String> close = new TreeSet<>();
    candidates
        .filter(one -> distance(name, bare(one)) <= tolerated && !bare(one).equals(name))
        .forEach(close::add);
    double least = close.stream().mapToDouble(one -> distance(name, bare(one))).min().orElse(0);
    var best =
        close.stream().filter(one -> distance(name, bare(one)) == least).limit(SHOWN).toList();
    return best.isEmpty()
        ? Optional.empty()
        : Optional.of("Did you mean " + String.join(" or ", best) + "?");
  }

  private static String bare(String name) {
    return name.endsWith("()") ? name.substring(0, name.length() - 2) : name;
  }

  /** Edits (insert, delete, replace, swap of neighbours) between two names; case counts half. */
  static double distance(String a, String b) {
    if (Math.abs(a.length() - b.length()) > 2) {
      return Integer.MAX_VALUE;
    }
    var d = new double[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        d[i][j] = i == 0 || j == 0 ? i + j : cheapest(a, b, d, i, j);
      }
    }
    return d[a.length()][b.length()];
  }

  private static double cheapest(String a, String b, double[][] d, int i, int j) {
    char x = a.charAt(i - 1);
    char y = b.charAt(j - 1);
    double replace = x == y ? 0 : Character.toLowerCase(x) == Character.toLowerCase(y) ? 0.5 : 1;
    double least = Math.min(d[i - 1][j - 1] + replace, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
    boolean swapped = i > 1 && j > 1 && x == b.charAt(j - 2) && y == a.charAt(i - 2);
    return swapped ? Math.min(least, d[i - 2][j - 2] + 1) : least;
  }
}
