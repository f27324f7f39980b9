/**
 * What a training needs around its loop: a history of values, and metrics of a classifier.
 *
 * <p>Its displays are in {@code org.notegrad.viz}.
 */
package org.notegrad.train;
