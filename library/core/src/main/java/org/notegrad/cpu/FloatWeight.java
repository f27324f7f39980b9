// DoubleWeight.java is generated from this file (FloatToDouble).
package org.notegrad.cpu;

import org.notegrad.backend.Operand;
import org.notegrad.backend.Packed;

/** A weight {@code (out, in)} of float32, packed as the matrix {@code (in, out)}. */
record FloatWeight(Operand weight, FloatMatrix matrix) implements Packed {}
