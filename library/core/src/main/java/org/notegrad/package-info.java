/**
 * Tensors, their gradients, and the functions of them: what a program that uses Notegrad names.
 *
 * <p>Operations are methods of {@link org.notegrad.Tensor} and functions of {@link
 * org.notegrad.Functional}; {@link org.notegrad.Autograd} takes gradients.
 */
package org.notegrad;
