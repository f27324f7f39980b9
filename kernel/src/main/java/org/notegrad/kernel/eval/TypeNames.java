package org.notegrad.kernel.eval;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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

  private final UserClassLoader loader;
  private final Imports imports;

  TypeNames(UserClassLoader loader, Imports imports) {
    this.loader = loader;
    this.imports = imports;
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
    return imports.all().stream()
        .filter(one -> !one.isStatic() && !one.isModule())
        .filter(one -> one.isOnDemand() || one.name().equals(outer))
        .map(one -> load(one.from() + "." + outer + nested))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<Class<?>> load(String name) {
    return loader.find(name);
  }

  /** Simple names that cells use often, for comparing with misspelt ones. */
  List<String> commonNames() {
    var single = imports.all().stream().filter(one -> !one.isOnDemand()).map(Import::name);
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
