/**
 * The commands of {@code ./notegrad}; what needs no build (test, format, help) is in the script.
 */
package org.notegrad.launcher;
