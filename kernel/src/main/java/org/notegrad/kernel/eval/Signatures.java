package org.notegrad.kernel.eval;

import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;
import jdk.jshell.MethodSnippet;
import org.notegrad.kernel.eval.Completion.Candidate;
import org.notegrad.kernel.eval.Completion.Kind;

/** Says what the names are that completion offers: kinds, types and parameters. */
final class Signatures {

  private static final Set<String> PRIMITIVES =
      Set.of("boolean", "byte", "char", "short", "int", "long", "float", "double");

  private final LazyShell shell;
  private final VariableTypes variables;
  private final TypeNames types;

  Signatures(LazyShell shell, VariableTypes variables, TypeNames types) {
    this.shell = shell;
    this.variables = variables;
    this.types = types;
  }

  /** Describes a member of a class; what is not known of it is left empty. */
  Candidate member(Optional<Class<?>> receiver, String text) {
    var name = nameOf(text);
    if (receiver.isEmpty()) {
      return new Candidate(text, guess(text), "");
    }
    var methods = methods(receiver.get(), name);
    if (text.contains("(") && !methods.isEmpty()) {
      return new Candidate(text, Kind.FUNCTION, overloads(methods));
    }
    return Stream.concat(
            Arrays.stream(receiver.get().getFields()),
            Arrays.stream(receiver.get().getDeclaredFields()))
        .filter(field -> field.getName().equals(name))
        .findFirst()
        .map(field -> new Candidate(text, Kind.FIELD, fieldSignature(field)))
        .orElseGet(() -> new Candidate(text, guess(text), ""));
  }

  /** Describes a name that stands alone. */
  Candidate topLevel(String text) {
    var name = nameOf(text);
    var variable = variables.all().get(name);
    if (variable != null) {
      var type = TypeNames.simple(variable);
      return new Candidate(text, Kind.INSTANCE, name + ": " + type);
    }
    var methods = shell.get().methods().filter(one -> one.name().equals(name)).toList();
    if (!methods.isEmpty()) {
      return new Candidate(text, Kind.FUNCTION, snippetSignature(methods));
    }
    if (PRIMITIVES.contains(name) || SourceVersion.isKeyword(name)) {
      return new Candidate(text, Kind.KEYWORD, "");
    }
    return types
        .find(name)
        .map(type -> new Candidate(text, Kind.CLASS, typeSignature(type)))
        .orElseGet(() -> new Candidate(text, guess(text), ""));
  }

  /** A candidate's text without what follows the name. */
  static String nameOf(String text) {
    int parenthesis = text.indexOf('(');
    return parenthesis < 0 ? text : text.substring(0, parenthesis);
  }

  private static Kind guess(String text) {
    if (text.contains("(")) {
      return Kind.FUNCTION;
    }
    return Character.isUpperCase(text.codePointAt(0)) ? Kind.CLASS : Kind.INSTANCE;
  }

  private static List<Method> methods(Class<?> type, String name) {
    return Stream.concat(Arrays.stream(type.getMethods()), Arrays.stream(type.getDeclaredMethods()))
        .filter(method -> method.getName().equals(name) && !method.isBridge())
        .distinct()
        .sorted(Comparator.comparing(Method::getParameterCount).thenComparing(Method::toString))
        .toList();
  }

  private static String overloads(List<Method> methods) {
    var first = methods.getFirst();
    var signature =
        first.getName() + parameters(first) + ": " + TypeNames.simple(first.getGenericReturnType());
    return methods.size() == 1 ? signature : signature + ", +" + (methods.size() - 1);
  }

  private static String parameters(Executable executable) {
    return Arrays.stream(executable.getParameters())
        .map(parameter -> {
          var type = TypeNames.simple(parameter.getParameterizedType());
          return parameter.isNamePresent() ? type + " " + parameter.getName() : type;
        })
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private static String fieldSignature(Field field) {
    return field.getName() + ": " + TypeNames.simple(field.getGenericType());
  }

  private static String snippetSignature(List<MethodSnippet> methods) {
    var first = methods.getFirst();
    var written = first.signature();
    int end = written.lastIndexOf(')') + 1;
    var signature = first.name() + written.substring(0, end) + ": " + written.substring(end);
    return methods.size() == 1 ? signature : signature + ", +" + (methods.size() - 1);
  }

  private static String typeSignature(Class<?> type) {
    var kind =
        type.isRecord()
            ? "record"
            : type.isEnum() ? "enum" : type.isInterface() ? "interface" : "class";
    return kind + " " + Tracebacks.clean(type.getName()).replace('$', '.');
  }
}
