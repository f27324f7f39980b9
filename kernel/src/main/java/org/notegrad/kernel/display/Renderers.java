package org.notegrad.kernel.display;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.notegrad.kernel.values.ValueText;
import org.notegrad.kernel.values.ValueViews;
import org.notegrad.viz.View;
import org.notegrad.viz.ViewProvider;
import org.notegrad.viz.Views;

/**
 * Which objects are shown how: the one place where a value becomes a {@link MimeBundle}.
 *
 * <p>A value is shown by the renderer of its class, or else of the nearest superclass or interface
 * that has one, or else by the view that {@link Views} finds, or else by its {@code toString}.
 * Renderers come from {@link DisplayExtension}s and from cells.
 */
public final class Renderers {
  private final Map<Class<?>, Function<Object, Optional<MimeBundle>>> byClass =
      new ConcurrentHashMap<>();
  private final List<ViewProvider> providers = new CopyOnWriteArrayList<>();

  /** The renderers of all extensions on the class path. */
  public static Renderers load(ClassLoader loader) {
    var renderers = new Renderers();
    ServiceLoader.load(DisplayExtension.class, loader).forEach(e -> e.register(renderers));
    return renderers;
  }

  /** Shows values of a type, and of its subtypes that have no renderer of their own. */
  public <T> void register(Class<T> type, Function<? super T, MimeBundle> renderer) {
    registerPartial(type, value -> Optional.of(renderer.apply(value)));
  }

  /** As {@link #register}, for a renderer that may leave a value to the next nearest one. */
  public <T> void registerPartial(
      Class<T> type, Function<? super T, Optional<MimeBundle>> renderer) {
    byClass.put(type, value -> renderer.apply(type.cast(value)));
  }

  /** Asks this provider for the view of values that have no renderer and no view else. */
  public void register(ViewProvider provider) {
    providers.add(provider);
  }

  /**
   * Shows a value. What a renderer or {@code toString} throws is told in the text, unless the cell
   * is being stopped.
   *
   * @param value anything, null included
   */
  public MimeBundle render(Object value) {
    if (value instanceof MimeBundle bundle) {
      return bundle;
    }
    if (value == null) {
      return MimeBundle.text("null");
    }
    for (Class<?> type : ancestry(value.getClass())) {
      var renderer = byClass.get(type);
      if (renderer != null) {
        try {
          var bundle = renderer.apply(value);
          if (bundle.isPresent()) {
            return withText(bundle.get(), value);
          }
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
          String problem = "the renderer of " + type.getName() + " threw " + describe(e);
          return MimeBundle.text(ValueText.of(value) + "\n(" + problem + ")");
        }
      }
    }
    try {
      return Views.of(value)
          .or(() -> provided(value))
          .or(() -> ValueViews.of(value))
          .map(Renderers::bundle)
          .orElseGet(() -> MimeBundle.text(ValueText.of(value)));
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      return MimeBundle.text(ValueText.of(value) + "\n(its view failed: " + describe(e) + ")");
    }
  }

  private Optional<View> provided(Object value) {
    return providers.stream().flatMap(provider -> provider.view(value).stream()).findFirst();
  }

  private static MimeBundle bundle(View view) {
    var data = new LinkedHashMap<String, Object>();
    view.others().forEach((type, content) -> data.put(type, encode(content)));
    String html = view.html();
    if (!html.isEmpty()) {
      data.put(MimeBundle.HTML, html);
    }
    data.put(MimeBundle.TEXT, view.text());
    return new MimeBundle(data, Map.of());
  }

  private static Object encode(Object content) {
    return content instanceof byte[] bytes ? Base64.getEncoder().encodeToString(bytes) : content;
  }

  private static MimeBundle withText(MimeBundle bundle, Object value) {
    return bundle.data().containsKey(MimeBundle.TEXT)
        ? bundle
        : bundle.with(MimeBundle.TEXT, ValueText.of(value));
  }

  private static String describe(Throwable thrown) {
    try {
      return thrown.toString();
    } catch (RuntimeException | StackOverflowError e) {
      return thrown.getClass().getName();
    }
  }

  /** A class, its superclasses and all their interfaces, the nearest first. */
  private static Set<Class<?>> ancestry(Class<?> type) {
    var found = new LinkedHashSet<Class<?>>();
    for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
      found.add(c);
      var interfaces = new ArrayDeque<>(Arrays.asList(c.getInterfaces()));
      while (!interfaces.isEmpty()) {
        var next = interfaces.removeFirst();
        if (found.add(next)) {
          interfaces.addAll(Arrays.asList(next.getInterfaces()));
        }
      }
    }
    found.add(Object.class);
    return found;
  }
}
