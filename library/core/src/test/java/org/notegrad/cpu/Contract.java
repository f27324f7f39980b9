package org.notegrad.cpu;

import org.notegrad.backend.Backend;

/** A part of what every backend must do. */
interface Contract {
  /** The backend that is tested. */
  Backend backend();
}
