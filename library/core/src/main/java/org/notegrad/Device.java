package org.notegrad;

/**
 * Where a tensor's elements live.
 *
 * @param type {@code "cpu"}, or the name of another backend
 * @param index which of the devices of that type, from 0
 */
public record Device(String type, int index) {
  /** The Java heap. */
  public static final Device CPU = new Device("cpu", 0);

  @Override
  public String toString() {
    return this.equals(CPU) ? type : type + ":" + index;
  }
}
