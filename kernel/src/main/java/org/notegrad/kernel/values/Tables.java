package org.notegrad.kernel.values;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.notegrad.viz.View;

/** Records, lists of records, collections and maps as tables. */
final class Tables {
  private static final int MOST_ROWS = 30;
  private static final int MOST_COLUMNS = 24;
  private static final int SHORT = 100;

  private Tables() {}

  /** A record's components; none if the record has none. */
  static View ofRecord(Record row) {
    var components = components(row.getClass());
    if (components.length == 0) {
      return null;
    }
    var rows = new ArrayList<List<String>>();
    for (var component : components) {
      rows.add(
          List.of(
              component.getName(),
              component.getType().getSimpleName(),
              Cells.of(get(component, row))));
    }
    var grid = new Grid(row.getClass().getSimpleName(), List.of("", "type", "value"), rows, "");
    return new Told(ValueText.of(row), grid);
  }

  /** A table of records of one class, or a numbered list of what does not fit in a line. */
  static View ofCollection(Collection<?> many) {
    return isJdk(many) ? ofElements(many, kind(many), ValueText.of(many)) : null;
  }

  /** As {@link #ofCollection}, for an array's elements. */
  static View ofArray(Object[] array) {
    return ofElements(
        Arrays.asList(array),
        array.getClass().getComponentType().getSimpleName() + "[]",
        ValueText.of(array));
  }

  private static View ofElements(Collection<?> many, String kind, String text) {
    var first = new ArrayList<Object>();
    for (Object element : many) {
      if (first.size() == MOST_ROWS) {
        break;
      }
      first.add(element);
    }
    if (first.isEmpty()) {
      return null;
    }
    String note = more(many.size() - first.size(), "more");
    String caption = kind + ", " + count(many.size(), "element");
    if (first.getFirst() instanceof Record
        && first.stream().allMatch(e -> e != null && e.getClass() == first.getFirst().getClass())
        && components(first.getFirst().getClass()).length > 0) {
      return new Told(text, records(caption, first, note));
    }
    if (text.length() <= SHORT) {
      return null;
    }
    if (first.stream().allMatch(Tables::isScalar)) {
      return new Told(text, ArrayViews.tenInARow(caption, many, many.size()));
    }
    var rows = new ArrayList<List<String>>();
    for (Object element : first) {
      rows.add(List.of(String.valueOf(rows.size()), Cells.of(element)));
    }
    return new Told(text, new Grid(caption, List.of("", "value"), rows, note));
  }

  private static boolean isScalar(Object element) {
    return element instanceof Number || element instanceof Boolean || element instanceof Character;
  }

  private static Grid records(String caption, List<Object> records, String note) {
    var components = components(records.getFirst().getClass());
    int columns = Math.min(components.length, MOST_COLUMNS);
    var header = new ArrayList<String>();
    header.add("");
    Arrays.stream(components).limit(columns).map(RecordComponent::getName).forEach(header::add);
    var rows = new ArrayList<List<String>>();
    for (Object each : records) {
      var cells = new ArrayList<String>();
      cells.add(String.valueOf(rows.size()));
      for (int c = 0; c < columns; c++) {
        cells.add(Cells.of(get(components[c], each)));
      }
      rows.add(cells);
    }
    String name = records.getFirst().getClass().getSimpleName();
    String left = more(components.length - columns, "columns more");
    String notes = note.isEmpty() || left.isEmpty() ? note + left : note + "; " + left;
    return new Grid(caption + " of " + name, header, rows, notes);
  }

  /** Keys and values. */
  static View ofMap(Map<?, ?> map) {
    if (!isJdk(map) || map.isEmpty()) {
      return null;
    }
    var rows = new ArrayList<List<String>>();
    for (var entry : map.entrySet()) {
      if (rows.size() == MOST_ROWS) {
        break;
      }
      rows.add(List.of(Cells.of(entry.getKey()), Cells.of(entry.getValue())));
    }
    String caption =
        kind(map) + ", " + (map.size() == 1 ? "1 entry" : "%,d entries".formatted(map.size()));
    var grid =
        new Grid(caption, List.of("key", "value"), rows, more(map.size() - rows.size(), "more"));
    return new Told(ValueText.of(map), grid);
  }

  /** Collections of others may be endless, or do work when they are read. */
  private static boolean isJdk(Object container) {
    return container.getClass().getName().startsWith("java.util.");
  }

  private static String kind(Object container) {
    String name = container.getClass().getName();
    if (name.startsWith("java.util.ImmutableCollections")) {
      return switch (container) {
        case Map<?, ?> _ -> "Map";
        case List<?> _ -> "List";
        default -> "Set";
      };
    }
    return container.getClass().getSimpleName();
  }

  private static String more(int count, String what) {
    return count <= 0 ? "" : "... %,d %s".formatted(count, what);
  }

  static String count(long count, String what) {
    return count == 1 ? "1 " + what : "%,d %ss".formatted(count, what);
  }

  /** The components that may be read; none of records that the JDK keeps to itself. */
  private static RecordComponent[] components(Class<?> type) {
    return Arrays.stream(type.getRecordComponents())
        .filter(component -> component.getAccessor().trySetAccessible())
        .toArray(RecordComponent[]::new);
  }

  /** A component's value, or what its accessor threw. */
  private static Object get(RecordComponent component, Object row) {
    try {
      return component.getAccessor().invoke(row);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Error error && !(error instanceof StackOverflowError)) {
        throw error;
      }
      return "(threw " + e.getCause().getClass().getName() + ")";
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("reading " + component, e);
    }
  }
}
