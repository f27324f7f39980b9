/**
 * Operations with their gradients, a family a file: checks, types, broadcasting, then the backend.
 *
 * <p>Not exported; users reach them by {@link org.notegrad.Tensor} and {@link
 * org.notegrad.Functional}.
 */
package org.notegrad.ops;
