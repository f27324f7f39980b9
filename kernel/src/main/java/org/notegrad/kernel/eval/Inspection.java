package org.notegrad.kernel.eval;

/**
 * What is known of the name at the cursor.
 *
 * @param text for {@code text/plain}
 * @param html for {@code text/html}; everything in it is escaped
 */
public record Inspection(String text, String html) {}
