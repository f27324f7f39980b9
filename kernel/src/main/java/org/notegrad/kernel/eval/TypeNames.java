package org.notegrad.kernel.eval;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;

/** Finds the classes that names in a cell stand for, without asking the compiler. */
final class TypeNames {

  private static final Pattern PACKAGES = Pattern.compile("\\b([a-z][a-zA-Z0-9_]*\\.)+(?=[A-Z])");
  private static final Pattern TYPE_ARGUMENTS = Pattern.compile("<.*>");

  private static final List<String> COMMON =
      List.of(
          "String",
          "Integer",
          "Double",
          "Float",
          "Long",
          "Boolean",
          "Character",
          "Object",
          "Math",
          "System",
          "Thread",
          "StringBuilder",
          "Runnable",
          "Exception",
          "RuntimeException",
          "List",
          "ArrayList",
          "Map",
          "HashMap",
          "TreeMap",
          "Set",
          "HashSet",
          "Arrays",
          "Collections",
          "Random",
          "Scanner",
          "Optional",
          "Iterator",
          "Stream",
          "IntStream",
          "Collectors",
          "Function",
          "Supplier",
          "Consumer",
          "Predicate",
          "Tensor",
          "int",
          "double",
          "float",
          "boolean",
          "long",
          "char",
          "byte",
          "short",
          "var");

  private final JShell shell;
  private final UserClassLoader loader;

  TypeNames(JShell shell, UserClassLoader loader) {
    this.shell = shell;
    this.loader = loader;
  }

  /** The class that a type's name stands for, as cells would write it or with its package. */
  Optional<Class<?>> find(String typeName) {
    var name = TYPE_ARGUMENTS.matcher(Tracebacks.clean(typeName)).replaceAll("").strip();
    if (name.isEmpty() || !Character.isJavaIdentifierStart(name.charAt(0)) || name.endsWith("]")) {
      return Optional.empty();
    }
    return load(name).or(() -> loader.cellClass(name)).or(() -> imported(name));
  }

  private Optional<Class<?>> imported(String name) {
    int dot = name.indexOf('.');
    var outer = dot < 0 ? name : name.substring(0, dot);
    var nested = dot < 0 ? "" : name.substring(dot).replace('.', '$');
    var inJavaLang = load("java.lang." + outer + nested);
    if (inJavaLang.isPresent()) {
      return inJavaLang;
    }
    return shell
        .imports()
        .filter(one -> !one.isStatic())
        .map(one -> qualified(one, outer))
        .flatMap(Optional::stream)
        .map(full -> load(full + nested))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> qualified(ImportSnippet snippet, String simpleName) {
    var full = snippet.fullname();
    if (full.endsWith(".*")) {
      return Optional.of(full.substring(0, full.length() - 1) + simpleName);
    }
    return snippet.name().equals(simpleName) ? Optional.of(full) : Optional.empty();
  }

  private Optional<Class<?>> load(String name) {
    try {
      return Optional.of(Class.forName(name, false, loader));
    } catch (ClassNotFoundException | LinkageError e) {
      return Optional.empty();
    }
  }

  /** Simple names that cells use often, for comparing with misspelt ones. */
  List<String> commonNames() {
    var single = shell.imports().map(ImportSnippet::name).filter(name -> !name.equals("*"));
    return Stream.concat(COMMON.stream(), single).toList();
  }

  /** A type as a person writes it: {@code Map<String, int[]>}. */
  static String simple(Type type) {
    return simple(type.getTypeName());
  }

  static String simple(String typeName) {
    return withoutPackages(Tracebacks.clean(typeName).replace('$', '.'));
  }

  /** A text whose class names have lost their packages. */
  static String withoutPackages(String text) {
    return PACKAGES.matcher(text).replaceAll("");
  }
}
