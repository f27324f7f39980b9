package org.notegrad.kernel.values;

import org.notegrad.viz.View;

final class ArrayViews {
  static View of(Object v) {
    return null;
  }
}
