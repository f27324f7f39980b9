package org.notegrad.kernel.channel;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Map;

/** Short ways to write JSON values. */
public final class Json {
  private Json() {}

  /**
   * An object of alternating names and values.
   *
   * @param namesAndValues each value one that {@link #of} takes
   */
  public static JsonObject object(Object... namesAndValues) {
    var object = new JsonObject();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.add((String) namesAndValues[i], of(namesAndValues[i + 1]));
    }
    return object;
  }

  /**
   * A value as JSON: null, JSON itself, text, numbers, flags, and lists and maps of these.
   *
   * @throws IllegalArgumentException if the value is of none of these types
   */
  public static JsonElement of(Object value) {
    return switch (value) {
      case null -> JsonNull.INSTANCE;
      case JsonElement json -> json;
      case CharSequence text -> new JsonPrimitive(text.toString());
      case Double d when !Double.isFinite(d) -> new JsonPrimitive(d.toString());
      case Float f when !Float.isFinite(f) -> new JsonPrimitive(f.toString());
      case Number number -> new JsonPrimitive(number);
      case Boolean flag -> new JsonPrimitive(flag);
      case Map<?, ?> map -> {
        var object = new JsonObject();
        map.forEach((name, element) -> object.add(String.valueOf(name), of(element)));
        yield object;
      }
      case Iterable<?> elements -> {
        var array = new JsonArray();
        elements.forEach(element -> array.add(of(element)));
        yield array;
      }
      default ->
          throw new IllegalArgumentException("no JSON form for a " + value.getClass().getName());
    };
  }
}
