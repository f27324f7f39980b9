package org.notegrad.buildtools.twins;

/** How a twin is made of its source. Its class's name is what sources call it by. */
interface Translation {
  /**
   * @param file the source's name, for errors
   * @param source its text, without the lines that name its twins
   */
  String translate(String file, String source);
}
