/**
 * Notegrad's core: tensors, gradients, the CPU's backend, layers, optimizers and data.
 *
 * <p>What users name is exported, and {@code org.notegrad.backend}, which a backend implements. On
 * the module path no {@code --add-modules} is needed for the Vector API.
 */
module org.notegrad {
  requires jdk.incubator.vector;

  exports org.notegrad;
  exports org.notegrad.backend;
  exports org.notegrad.data;
  exports org.notegrad.nn;
  exports org.notegrad.optim;
  exports org.notegrad.train;

  uses org.notegrad.backend.Backend;

  provides org.notegrad.backend.Backend with
      org.notegrad.cpu.CpuBackend;
}
