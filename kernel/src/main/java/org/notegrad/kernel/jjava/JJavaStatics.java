package org.notegrad.kernel.jjava;

import org.dflib.jjava.jupyter.kernel.BaseKernel;

/** What JJava imports for its cells, so that the code of its libraries finds it here. */
public final class JJavaStatics {
  private JJavaStatics() {}

  /** What libraries take for JJava's kernel. */
  public static BaseKernel getKernelInstance() {
    return BaseKernel.notebookKernel();
  }

  /** The same. */
  public static BaseKernel kernel() {
    return getKernelInstance();
  }
}
