package org.notegrad.kernel.eval;

/**
 * A token of Java source; brackets and semicolons are tokens of their own.
 *
 * @param start where it starts
 * @param end one past its last character
 * @param text its characters
 */
record Token(int start, int end, String text) {}
