package org.notegrad.buildtools.twins;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.notegrad.buildtools.twins.Token.Kind;

/**
 * The scalar twin of functions of vectors: {@code a.mul(b).add(c)} becomes {@code (a * b) + c},
 * {@code a.blend(b, mask)} becomes {@code mask ? b : a}, {@code FloatVector} {@code float}, and a
 * mask a {@code boolean}. The operations are the same in the same order, and so are the results.
 *
 * <p>Methods that are not in this table are refused. So are vectors in fields, generics, lambdas.
 */
final class VectorToScalar implements Translation {
  private static final Map<String, String> OPERATORS =
      Map.of("add", "+", "sub", "-", "mul", "*", "div", "/", "and", "&", "or", "|");

  private static final Map<String, String> LANEWISE =
      Map.of("LSHL", "<<", "LSHR", ">>>", "ASHR", ">>", "XOR", "^", "AND", "&", "OR", "|");

  private static final Map<String, String> COMPARISONS =
      Map.of("EQ", "==", "NE", "!=", "LT", "<", "LE", "<=", "GT", ">", "GE", ">=");

  private static final Map<String, String> FUNCTIONS =
      Map.of(
          "abs", "Math.abs",
          "fma", "Math.fma",
          "max", "Math.max",
          "min", "Math.min",
          "reinterpretAsInts", "Float.floatToRawIntBits",
          "reinterpretAsFloats", "Float.intBitsToFloat",
          "reinterpretAsLongs", "Double.doubleToRawLongBits",
          "reinterpretAsDoubles", "Double.longBitsToDouble");

  /** What a single element is already. */
  private static final Set<String> NOTHING = Set.of("toArray", "anyTrue", "cast");

  private static final Map<String, String> TYPES =
      Map.of(
          "FloatVector", "float",
          "DoubleVector", "double",
          "IntVector", "int",
          "LongVector", "long",
          "VectorMask", "boolean");

  private static final Set<String> KEYWORDS =
      Set.of("return", "if", "else", "new", "final", "static", "private", "class", "throw");

  /** A piece of code, and whether it needs parentheses as an operand. */
  private record Code(String text, boolean isSimple) {
    String operand() {
      return isSimple ? text : "(" + text + ")";
    }
  }

  @Override
  public String translate(String file, String source) {
    String text = source.replaceAll("(?m)^import (static )?jdk\\.incubator\\.vector\\..*\\R", "");
    boolean isFloat = text.contains("FloatVector");
    return new Reader(file, isFloat, Token.of(text)).everything();
  }

  /** Goes through the tokens of one file once, and writes the twin. */
  private static final class Reader {
    private final String file;
    private final boolean isFloat;
    private final List<Token> tokens;
    private int at;

    Reader(String file, boolean isFloat, List<Token> tokens) {
      this.file = file;
      this.isFloat = isFloat;
      this.tokens = tokens;
    }

    String everything() {
      var out = new StringBuilder();
      while (at < tokens.size()) {
        out.append(isOther(")") || isOther(",") ? take() : piece().text());
      }
      return out.toString();
    }

    /** An expression up to a comma or a closing parenthesis of its own level. */
    private Code expression() {
      var out = new StringBuilder();
      int pieces = 0;
      boolean isSimple = true;
      while (!isOther(",") && !isOther(")")) {
        Code piece = piece();
        if (!piece.text().isBlank()) {
          isSimple &= piece.isSimple() && ++pieces == 1;
        }
        out.append(pieces == 0 && piece.text().isBlank() ? "" : piece.text());
      }
      return new Code(out.toString().strip(), isSimple);
    }

    /** One token of no interest, or a value with all that is called on it. */
    private Code piece() {
      Token token = tokens.get(at);
      if (token.text().equals("package") || token.text().equals("import")) {
        return new Code(statement(), false);
      }
      boolean isValue =
          token.kind() == Kind.NUMBER
              || token.kind() == Kind.WORD && !KEYWORDS.contains(token.text())
              || isOther("(");
      return isValue ? value() : new Code(take(), false);
    }

    private String statement() {
      var out = new StringBuilder();
      while (!isOther(";")) {
        out.append(take());
      }
      return out.toString();
    }

    private Code value() {
      Code value;
      if (isOther("(")) {
        value = parenthesis();
      } else {
        String word = take();
        value = new Code(name(word), true);
        if (word.equals("VectorMask")) {
          skipTypeArgument();
        }
        if (isOther("(")) {
          value = new Code(value.text() + arguments(), true);
        } else if (Character.isUpperCase(word.charAt(0)) && isOther(".")) {
          value = member(word);
        }
      }
      while (isCall()) {
        value = call(value);
      }
      return value;
    }

    private Code parenthesis() {
      take();
      Code inner = list();
      return new Code("(" + inner.text() + ")", true);
    }

    /** The rest of a list in parentheses, whether of parameters or of one expression. */
    private Code list() {
      List<Code> items = items();
      return new Code(String.join(", ", items.stream().map(Code::text).toList()), false);
    }

    private String arguments() {
      take();
      return "(" + list().text() + ")";
    }

    private List<Code> items() {
      var items = new ArrayList<Code>();
      while (!isOther(")")) {
        items.add(expression());
        if (isOther(",")) {
          take();
        }
      }
      take();
      return items;
    }

    /** A constant or a static method of another class. */
    private Code member(String owner) {
      take();
      String member = take();
      if (owner.endsWith("Vector") && member.equals("fromArray")) {
        take();
        return items().get(1);
      }
      if (owner.endsWith("Vector")) {
        throw refused(owner + "." + member);
      }
      String text = name(owner) + "." + member;
      return new Code(isOther("(") ? text + arguments() : text, true);
    }

    private boolean isCall() {
      int next = at;
      while (next < tokens.size() && tokens.get(next).text().isBlank()) {
        next++;
      }
      return next + 1 < tokens.size()
          && tokens.get(next).text().equals(".")
          && tokens.get(next + 1).kind() == Kind.WORD;
    }

    private Code call(Code value) {
      while (!isOther(".")) {
        take();
      }
      take();
      String method = take();
      if (!isOther("(")) {
        throw refused(method);
      }
      take();
      List<Code> arguments = items();
      return arguments.isEmpty() ? call(method, value) : call(method, value, arguments);
    }

    private Code call(String method, Code x) {
      return switch (method) {
        case "neg" -> new Code("-" + x.operand(), false);
        case "not" -> new Code("!" + x.operand(), false);
        case "sqrt" ->
            isFloat
                ? new Code("(float) Math.sqrt(" + x.text() + ")", false)
                : new Code("Math.sqrt(" + x.text() + ")", true);
        case "species" -> x;
        default -> call(method, x, List.of());
      };
    }

    private Code call(String method, Code x, List<Code> arguments) {
      if (NOTHING.contains(method)) {
        return x;
      }
      if (FUNCTIONS.containsKey(method)) {
        var all = new ArrayList<>(List.of(x));
        all.addAll(arguments);
        String list = String.join(", ", all.stream().map(Code::text).toList());
        return new Code(FUNCTIONS.get(method) + "(" + list + ")", true);
      }
      if (OPERATORS.containsKey(method) && arguments.size() == 1) {
        return infix(x, OPERATORS.get(method), arguments.get(0));
      }
      if (method.equals("broadcast") && arguments.size() == 1) {
        return arguments.get(0);
      }
      if (arguments.size() == 2) {
        String name = arguments.get(0).text();
        Code other = arguments.get(1);
        if (method.equals("blend")) {
          String choice = other.operand() + " ? " + arguments.get(0).operand() + " : ";
          return new Code(choice + x.operand(), false);
        }
        if (method.equals("compare") && COMPARISONS.containsKey(name)) {
          return infix(x, COMPARISONS.get(name), other);
        }
        if (method.equals("lanewise") && LANEWISE.containsKey(name)) {
          return infix(x, LANEWISE.get(name), other);
        }
      }
      throw refused(method);
    }

    private static Code infix(Code a, String operator, Code b) {
      return new Code(a.operand() + " " + operator + " " + b.operand(), false);
    }

    /** {@code FloatMath} becomes {@code FloatScalarMath}, and a type its element's. */
    private static String name(String word) {
      return TYPES.getOrDefault(
          word, word.replaceAll("^(Float|Double)(Math|Series)$", "$1Scalar$2"));
    }

    private void skipTypeArgument() {
      while (!take().equals(">")) {}
    }

    private boolean isOther(String text) {
      return at < tokens.size()
          && tokens.get(at).kind() == Kind.OTHER
          && tokens.get(at).text().equals(text);
    }

    private String take() {
      return tokens.get(at++).text();
    }

    private IllegalArgumentException refused(String method) {
      return new IllegalArgumentException("%s: '%s' has no scalar twin".formatted(file, method));
    }
  }
}
