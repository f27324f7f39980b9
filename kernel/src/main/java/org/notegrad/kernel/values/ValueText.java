package org.notegrad.kernel.values;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.BaseStream;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.notegrad.Tensor;
import org.notegrad.kernel.eval.CellNames;
import org.notegrad.nn.Module;

/**
 * Values as plain text that has an end: long and deep ones are cut and say so, those that hold
 * themselves are followed once, and a {@code toString} that throws is named.
 */
public final class ValueText {
  private static final int MOST_CHARS = 16 * 1024;
  private static final int MOST_ELEMENTS = 200;
  private static final int MOST_DEPTH = 6;

  private final StringBuilder out = new StringBuilder();
  private final Set<Object> inside = Collections.newSetFromMap(new IdentityHashMap<>());
  private final int room;

  private ValueText(int room) {
    this.room = room;
  }

  /** A value's text, at most 16 Ki characters; a string's own text is taken whole up to 64 Ki. */
  public static String of(Object value) {
    return value instanceof CharSequence text ? text(text, 4 * MOST_CHARS) : of(value, MOST_CHARS);
  }

  /** A value's text, of about so many characters at most. */
  static String of(Object value, int room) {
    var text = new ValueText(room);
    text.write(value);
    return text(text.out, room);
  }

  /** A value in one line of at most so many characters; tensors and modules by their kind. */
  public static String brief(Object value, int most) {
    String text =
        switch (value) {
          case Tensor tensor -> "Tensor " + tensor.dtype() + " " + tensor.shape();
          case Module module -> module.getClass().getSimpleName();
          case String string -> '"' + string + '"';
          case null, default -> of(value, most);
        };
    return Grid.cut(text, most);
  }

  private static String text(CharSequence text, int most) {
    String whole = own(text);
    if (whole.length() <= most) {
      return whole;
    }
    int end = Character.isHighSurrogate(whole.charAt(most - 1)) ? most - 1 : most;
    return whole.substring(0, end) + "... (%,d more characters)".formatted(whole.length() - end);
  }

  private void write(Object value) {
    switch (value) {
      case null -> out.append("null");
      case Collection<?> many when isPlain(many) -> nested(many, '[', ']', () -> elements(many));
      case Map<?, ?> map when isPlain(map) -> nested(map, '{', '}', () -> entries(map));
      case Optional<?> some when some.isPresent() ->
          nested(some, "Optional[", "]", () -> write(some.get()));
      case BaseStream<?, ?> stream -> out.append(describe(stream));
      case Object array when array.getClass().isArray() ->
          nested(array, '[', ']', () -> array(array));
      case Record row when isPlain(row) ->
          nested(row, row.getClass().getSimpleName() + "[", "]", () -> components(row));
      default -> out.append(own(value));
    }
  }

  /** Collections that name themselves in a way of their own keep it. */
  private static boolean isPlain(Object container) {
    return container.getClass().getName().startsWith("java.util.");
  }

  /** The toString that compilers write for a record is final; a person has no reason for that. */
  private static boolean isPlain(Record row) {
    try {
      return Modifier.isFinal(row.getClass().getMethod("toString").getModifiers())
          && fields(row).stream().allMatch(AccessibleObject::trySetAccessible);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("every object has a toString", e);
    }
  }

  private static List<Field> fields(Record row) {
    var type = row.getClass();
    var fields = new ArrayList<Field>();
    for (var component : type.getRecordComponents()) {
      try {
        fields.add(type.getDeclaredField(component.getName()));
      } catch (NoSuchFieldException e) {
        throw new IllegalStateException("a record has a field for every component", e);
      }
    }
    return fields;
  }

  private void nested(Object container, char open, char close, Runnable content) {
    nested(container, String.valueOf(open), String.valueOf(close), content);
  }

  private void nested(Object container, String open, String close, Runnable content) {
    if (!inside.add(container)) {
      out.append("(this again)");
      return;
    }
    out.append(open);
    if (inside.size() > MOST_DEPTH) {
      out.append("...");
    } else {
      try {
        content.run();
      } catch (ConcurrentModificationException e) {
        out.append("... (changed while it was read)");
      }
    }
    out.append(close);
    inside.remove(container);
  }

  private void elements(Collection<?> many) {
    int at = 0;
    for (Object element : many) {
      if (!next(at, many.size())) {
        return;
      }
      write(element);
      at++;
    }
  }

  private void entries(Map<?, ?> map) {
    int at = 0;
    for (var entry : map.entrySet()) {
      if (!next(at, map.size())) {
        return;
      }
      write(entry.getKey());
      out.append('=');
      write(entry.getValue());
      at++;
    }
  }

  /** As toString does, the fields themselves: an accessor may tell something else. */
  private void components(Record row) {
    var fields = fields(row);
    for (int at = 0; at < fields.size(); at++) {
      if (!next(at, fields.size())) {
        return;
      }
      var field = fields.get(at);
      field.setAccessible(true);
      out.append(field.getName()).append('=');
      try {
        write(field.get(row));
      } catch (IllegalAccessException e) {
        throw new IllegalStateException("reading " + field, e);
      }
    }
  }

  private void array(Object array) {
    int length = Array.getLength(array);
    for (int at = 0; at < length; at++) {
      if (!next(at, length)) {
        return;
      }
      write(Array.get(array, at));
    }
  }

  /** Whether there is room for one more element; says how many are left out if not. */
  private boolean next(int at, int size) {
    if (at > 0) {
      out.append(", ");
    }
    if (at < MOST_ELEMENTS && out.length() < room) {
      return true;
    }
    out.append("... %,d more".formatted(size - at));
    return false;
  }

  /** Reading a stream would use it up, and it may have no end. */
  static String describe(BaseStream<?, ?> stream) {
    String kind =
        switch (stream) {
          case IntStream _ -> "IntStream";
          case LongStream _ -> "LongStream";
          case DoubleStream _ -> "DoubleStream";
          default -> "Stream";
        };
    return kind + ", not read yet";
  }

  /** What a value's own toString gives. */
  static String own(Object value) {
    if (value != null && isLambda(value.getClass())) {
      return "a lambda: " + value.getClass().getInterfaces()[0].getSimpleName();
    }
    try {
      String text = String.valueOf(String.valueOf(value)); // a toString may give null
      return value instanceof CharSequence ? text : CellNames.clean(text);
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      String type = CellNames.clean(value.getClass().getName());
      return "(" + type + ".toString() threw " + describe(e) + ")";
    }
  }

  private static boolean isLambda(Class<?> type) {
    return type.isHidden() && type.isSynthetic() && type.getInterfaces().length > 0;
  }

  private static String describe(Throwable thrown) {
    try {
      return thrown.toString();
    } catch (RuntimeException | StackOverflowError e) {
      return thrown.getClass().getName();
    }
  }
}
