/**
 * Optimizers and learning-rate schedules: each optimizer is its settings and its rule.
 *
 * <p>A rule is written in tensor operations.
 */
package org.notegrad.optim;
