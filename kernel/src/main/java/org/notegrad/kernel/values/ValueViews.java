package org.notegrad.kernel.values;

import java.awt.image.RenderedImage;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.notegrad.viz.View;

/**
 * The views of values of the JDK and of libraries that people use beside Notegrad. What plain text
 * shows as well has none.
 */
public final class ValueViews {
  private ValueViews() {}

  /** The view of a value; empty if its text is all there is to show. */
  public static Optional<View> of(Object value) {
    return Optional.ofNullable(
        switch (value) {
          case null -> null;
          case Throwable thrown -> new ThrowableView(thrown);
          case Record row -> Tables.ofRecord(row);
          case Collection<?> many -> Tables.ofCollection(many);
          case Map<?, ?> map -> Tables.ofMap(map);
          case Optional<?> some -> some.flatMap(ValueViews::of).orElse(null);
          case Enum<?> constant -> Plain.ofEnum(constant);
          case TemporalAccessor time -> Plain.ofTime(time);
          case TemporalAmount span -> Plain.ofSpan(span);
          case Object array when array.getClass().isArray() -> ArrayViews.of(array);
          default -> ofLibrary(value);
        });
  }

  /** Types of the desktop module and of other jars are looked at only where they are likely. */
  private static View ofLibrary(Object value) {
    for (Class<?> type = value.getClass(); type != null; type = type.getSuperclass()) {
      String name = type.getName();
      if (name.startsWith("java.awt.image.")) {
        return value instanceof RenderedImage image ? new ImageView(image) : null;
      }
      if (name.startsWith("org.ejml.")) {
        return MatrixView.of(value);
      }
      if (name.equals("tech.tablesaw.api.Table")) {
        return TablesawView.of(value);
      }
    }
    return null;
  }
}
