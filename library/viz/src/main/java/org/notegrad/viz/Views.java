package org.notegrad.viz;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.knowm.xchart.internal.chartpart.IChart;
import org.notegrad.Tensor;
import org.notegrad.data.Batch;
import org.notegrad.nn.Module;
import org.notegrad.train.History;

/** Finds the view of a value. */
public final class Views {
  private static final List<ViewProvider> PROVIDERS =
      ServiceLoader.load(ViewProvider.class, Views.class.getClassLoader()).stream()
          .map(ServiceLoader.Provider::get)
          .toList();

  private Views() {}

  /**
   * The view of {@code value}: itself if it is a {@link View}, else what the first provider on the
   * class path makes of it, else a built-in view; empty for null and for types without a view.
   *
   * <p>The view's methods never throw: where rendering fails, its text and HTML name the value's
   * class and say what failed.
   */
  public static Optional<View> of(Object value) {
    if (value == null) {
      return Optional.empty();
    }
    try {
      return find(value).map(view -> new SafeView(view, value));
    } catch (RuntimeException | StackOverflowError e) {
      return Optional.of(SafeView.failed(value, e));
    }
  }

  private static Optional<View> find(Object value) {
    if (value instanceof View view) {
      return Optional.of(view);
    }
    return PROVIDERS.stream()
        .flatMap(provider -> provider.view(value).stream())
        .findFirst()
        .or(() -> builtIn(value));
  }

  private static Optional<View> builtIn(Object value) {
    return Optional.ofNullable(
        switch (value) {
          case Tensor tensor -> new TensorView(tensor);
          case Batch batch -> new BatchView(batch);
          case Module module -> Summary.of(module);
          case Training<?> training -> training.view();
          case History history -> new HistoryView(history);
          case IChart chart -> new ChartView(chart);
          default -> null;
        });
  }
}
