package org.notegrad.kernel.eval;

/**
 * A top-level variable.
 *
 * @param type as Java writes it
 * @param value what it holds now, which may be null
 */
public record Variable(String type, String name, Object value) {}
