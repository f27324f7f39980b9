/**
 * Views of tensors, models and training runs: text, and HTML and SVG without scripts.
 *
 * <p>A {@link org.notegrad.viz.View} is what a person sees of a value, {@link
 * org.notegrad.viz.Views} finds the view of any object, and a {@link org.notegrad.viz.Screen} is
 * where views appear: a notebook's cell, or a terminal.
 */
package org.notegrad.viz;
