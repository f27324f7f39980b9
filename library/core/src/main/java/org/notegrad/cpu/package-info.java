/**
 * The backend of the Java heap: kernels on the Vector API, with plain loops beside them that give
 * the same bits, and loops compiled from fused programs.
 */
package org.notegrad.cpu;
