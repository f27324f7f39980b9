package org.notegrad.viz;

import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** A view whose methods never throw: a form that fails is replaced by a line that says so. */
record SafeView(View view, Object value) implements View {
  static View failed(Object value, Throwable failure) {
    var message = message(value, failure);
    return new View() {
      @Override
      public String text() {
        return message;
      }

      @Override
      public String html() {
        return "<pre>" + Html.escape(message) + "</pre>";
      }
    };
  }

  @Override
  public String text() {
    return guarded(view::text, failure -> failure);
  }

  @Override
  public String html() {
    return guarded(view::html, failure -> "<pre>" + Html.escape(failure) + "</pre>");
  }

  @Override
  public Map<String, Object> others() {
    return guarded(view::others, failure -> Map.of());
  }

  private <T> T guarded(Supplier<T> form, Function<String, T> instead) {
    try {
      return form.get();
    } catch (RuntimeException | StackOverflowError e) {
      return instead.apply(message(value, e));
    }
  }

  private static String message(Object value, Throwable failure) {
    return "%s (its view failed: %s)".formatted(value.getClass().getSimpleName(), failure);
  }
}
