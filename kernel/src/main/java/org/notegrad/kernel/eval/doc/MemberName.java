package org.notegrad.kernel.eval.doc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a signature speaks of, without packages, type arguments and names of parameters.
 *
 * @param path {@code Tensor.matmul}, {@code Adam}, {@code Screen.Outcome}
 * @param parameters {@code (Tensor)}, {@code (List,double)}; empty for types and fields
 */
record MemberName(String path, String parameters) {
  private static final Pattern PACKAGES = Pattern.compile("\\b(?:[a-z][a-z0-9_]*\\.)+(?=[A-Z])");
  private static final Pattern TYPE_ARGUMENTS = Pattern.compile("<[^<>]*>");

  /** A record's name is printed with its components: they go if more follows. */
  private static final Pattern COMPONENTS = Pattern.compile("\\([^()]*\\)(?=[.(])");

  private static final Pattern SIGNATURE =
      Pattern.compile("(?:.*\\s)?([A-Z][\\w.]*)(\\([^()]*\\))?(?::.*|\\s+throws\\s.*)?");

  static Optional<MemberName> of(String signature) {
    String plain = plain(signature);
    var matcher = SIGNATURE.matcher(COMPONENTS.matcher(plain).replaceAll(""));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String parameters = matcher.group(2);
    return Optional.of(
        new MemberName(matcher.group(1), parameters == null ? "" : types(parameters)));
  }

  /** A type as the name of a parameter's type is compared. */
  static String plain(String type) {
    String plain = PACKAGES.matcher(type).replaceAll("");
    for (Matcher m = TYPE_ARGUMENTS.matcher(plain); m.find(); m = TYPE_ARGUMENTS.matcher(plain)) {
      plain = m.replaceAll("");
    }
    return plain.replace("...", "[]");
  }

  private static String types(String parameters) {
    var types = new ArrayList<String>();
    for (String parameter : parameters.substring(1, parameters.length() - 1).split(",")) {
      types.add(parameter.strip().split("\\s")[0]);
    }
    return "(" + String.join(",", types) + ")";
  }

  /** The type that declares the file, if types have files of their name. */
  String outermost() {
    return path.split("\\.")[0];
  }

  /** The path of the type that a member belongs to; of a type, its own. */
  String type() {
    int dot = path.lastIndexOf('.');
    boolean isMember = dot > 0 && !(parameters.isEmpty() && isType(path.substring(dot + 1)));
    return isMember ? path.substring(0, dot) : path;
  }

  /** Constants are all of capital letters. */
  private static boolean isType(String name) {
    return Character.isUpperCase(name.charAt(0)) && !name.equals(name.toUpperCase());
  }

  /** The same member in another type; none of types and constructors, which are not inherited. */
  Optional<MemberName> in(String otherType) {
    return type().equals(path)
        ? Optional.empty()
        : Optional.of(
            new MemberName(otherType + path.substring(path.lastIndexOf('.')), parameters));
  }

  /** Where its comment may be: a constructor without one is told by its type's. */
  List<String> keys() {
    String simple = path.substring(path.lastIndexOf('.') + 1);
    return Character.isUpperCase(simple.charAt(0))
        ? List.of(path + "." + SourceComments.CONSTRUCTOR + parameters, path)
        : List.of(path + parameters);
  }
}
