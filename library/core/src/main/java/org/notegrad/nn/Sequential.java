package org.notegrad.nn;

import org.notegrad.Tensor;

/**
 * Modules one after the other, each taking the output of the one before. They are named "0", "1",
 * ...
 */
public final class Sequential extends Module {
  public Sequential(Module... modules) {
    for (int i = 0; i < modules.length; i++) {
      child(Integer.toString(i), modules[i]);
    }
  }

  @Override
  protected Tensor compute(Tensor x) {
    Tensor out = x;
    for (Module module : children().values()) {
      out = module.forward(out);
    }
    return out;
  }
}
