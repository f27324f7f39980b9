package org.notegrad.kernel.jjava;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.dflib.jjava.jupyter.Extension;
import org.notegrad.kernel.display.Renderers;

/**
 * Libraries on the class path that are written for JJava. Made when the first one is found: no
 * class of JJava's is loaded before.
 */
public final class JJavaLibraries {
  private final HostKernel kernel;

  /**
   * @param renderers gets what the libraries register
   */
  public JJavaLibraries(Renderers renderers) {
    kernel = new HostKernel(renderers);
  }

  /** Lets an extension register its renderers and magics. */
  public void install(Extension extension) {
    extension.install(kernel);
  }

  /** The code that extensions and magics asked to evaluate since the last call. */
  public List<String> takeSources() {
    return kernel.takeSources();
  }

  /** The names of the line magics that the libraries bring. */
  public Set<String> lineMagics() {
    return new TreeSet<>(kernel.getMagicsRegistry().getLineMagicNames());
  }

  /** The names of the cell magics that the libraries bring. */
  public Set<String> cellMagics() {
    return new TreeSet<>(kernel.getMagicsRegistry().getCellMagicNames());
  }

  /**
   * Runs a line magic.
   *
   * @return what it gives, null included
   */
  public Object runLine(String name, List<String> arguments) throws Exception {
    return kernel.getMagicsRegistry().evalLineMagic(kernel, name, arguments);
  }

  /**
   * Runs a cell magic.
   *
   * @return what it gives, null included
   */
  public Object runCell(String name, List<String> arguments, String body) throws Exception {
    return kernel.getMagicsRegistry().evalCellMagic(kernel, name, arguments, body);
  }
}
