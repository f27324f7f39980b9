/**
 * Random programs run by Notegrad and by PyTorch: makes them, compares the answers, makes what
 * differs small, and keeps a recorded set for those without PyTorch.
 */
package org.notegrad.fuzz;
