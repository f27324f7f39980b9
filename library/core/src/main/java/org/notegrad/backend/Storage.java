package org.notegrad.backend;

import org.notegrad.DType;

/**
 * The elements behind one or more tensors, on one device. Views share a storage, and with it the
 * version that every in-place write bumps, by which the backward pass notices that a tensor it
 * saved has since been changed.
 */
public abstract class Storage {
  private final DType dtype;
  private final long length;
  private int version;

  protected Storage(DType dtype, long length) {
    this.dtype = dtype;
    this.length = length;
  }

  /** The backend that made this storage and computes on it. */
  public abstract Backend backend();

  public final DType dtype() {
    return dtype;
  }

  /** The number of elements. */
  public final long length() {
    return length;
  }

  /** How many in-place writes there have been. */
  public final int version() {
    return version;
  }

  /** Notes an in-place write. */
  public final void bumpVersion() {
    version++;
  }
}
