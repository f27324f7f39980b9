package org.notegrad.kernel.channel;

/** Which of the two text streams of a cell. */
public enum StreamName {
  STDOUT("stdout"),
  STDERR("stderr");

  private final String wireName;

  StreamName(String wireName) {
    this.wireName = wireName;
  }

  String wireName() {
    return wireName;
  }
}
