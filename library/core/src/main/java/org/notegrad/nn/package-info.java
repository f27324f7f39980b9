/**
 * Layers and losses with their parameters: a module is a tree of named tensors and modules.
 *
 * <p>What is computed stands in {@link org.notegrad.Functional} too.
 */
package org.notegrad.nn;
