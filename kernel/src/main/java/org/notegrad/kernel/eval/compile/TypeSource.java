package org.notegrad.kernel.eval.compile;

import java.util.Optional;
import java.util.stream.Collectors;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;

/** Writes types as a declaration would. */
final class TypeSource {

  private TypeSource() {}

  /** A type's source; empty if it has none, as that of an anonymous class. */
  static Optional<String> of(TypeMirror type) {
    return switch (type) {
      case DeclaredType declared when type.getKind() == TypeKind.DECLARED -> declared(declared);
      case ArrayType array -> of(array.getComponentType()).map(component -> component + "[]");
      case WildcardType wildcard -> wildcard(wildcard);
      default -> type.getKind().isPrimitive() ? Optional.of(type.toString()) : Optional.empty();
    };
  }

  private static Optional<String> declared(DeclaredType type) {
    var element = (TypeElement) type.asElement();
    var nesting = element.getNestingKind();
    if (nesting == NestingKind.ANONYMOUS || nesting == NestingKind.LOCAL) {
      return Optional.empty();
    }
    var outer = type.getEnclosingType();
    if (outer instanceof DeclaredType generic && !generic.getTypeArguments().isEmpty()) {
      return Optional.empty(); // an inner class of a generic one: rare, and left to JShell
    }
    var name = element.getQualifiedName().toString();
    if (type.getTypeArguments().isEmpty()) {
      return Optional.of(name);
    }
    var arguments = type.getTypeArguments().stream().map(TypeSource::of).toList();
    return arguments.stream().allMatch(Optional::isPresent)
        ? Optional.of(
            arguments.stream()
                .map(Optional::get)
                .collect(Collectors.joining(", ", name + "<", ">")))
        : Optional.empty();
  }

  private static Optional<String> wildcard(WildcardType type) {
    if (type.getExtendsBound() != null) {
      return of(type.getExtendsBound()).map(bound -> "? extends " + bound);
    }
    if (type.getSuperBound() != null) {
      return of(type.getSuperBound()).map(bound -> "? super " + bound);
    }
    return Optional.of("?");
  }
}
