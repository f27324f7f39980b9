package org.notegrad.kernel.jjava;

import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;

/**
 * What JJava finds when Notegrad's jars are on its class path: gives it Notegrad's displays and
 * imports.
 *
 * <p>JJava runs on Java 11 too, and this class alone is compiled for that, so that it can tell a
 * person that Notegrad needs a newer one. It therefore names {@link
 * org.notegrad.kernel.jjava.JJavaDisplays} by a string.
 */
public final class NotegradExtension implements Extension {
  private static final int OLDEST_JAVA = 25;
  private static final String DISPLAYS = "org.notegrad.kernel.jjava.JJavaDisplays";
  private static final String VECTORS = "jdk.incubator.vector";
  private static final long LOOK_EVERY_MILLIS = 10;

  @Override
  public void install(BaseKernel kernel) {
    int java = Runtime.version().feature();
    if (java < OLDEST_JAVA) {
      tell(
          kernel,
          "Notegrad needs Java 25 or later, and this JJava runs on Java "
              + java
              + " ("
              + System.getProperty("java.home")
              + "). Its kernelspec starts the java that is first on the PATH:"
              + " put a JDK 25's there and restart.");
      return;
    }
    try {
      displays().install(kernel);
    } catch (NoClassDefFoundError e) {
      tell(
          kernel,
          "Notegrad's displays in JJava need the jars notegrad-core, notegrad-viz,"
              + " notegrad-kernel and xchart on the class path; missing: "
              + e.getMessage());
      return;
    }
    if (ModuleLayer.boot().findModule(VECTORS).isEmpty()) {
      tell(
          kernel,
          "Notegrad computes with plain loops here, many times slower: start Jupyter with"
              + " JJAVA_JVM_OPTS=\"--add-modules "
              + VECTORS
              + "\"");
    }
  }

  private static Extension displays() {
    try {
      return (Extension) Class.forName(DISPLAYS).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("creating " + DISPLAYS, e);
    }
  }

  /**
   * Tells a person something in the notebook: in the running cell, or else in the first one, since
   * JJava installs the extensions of its initial class path before it has a client.
   */
  private static void tell(BaseKernel kernel, String message) {
    System.err.println(message);
    if (kernel.getIO().isAttached()) {
      return;
    }
    Thread teller = new Thread(() -> tellFirstCell(kernel, message), "notegrad-tell");
    teller.setDaemon(true);
    teller.start();
  }

  private static void tellFirstCell(BaseKernel kernel, String message) {
    try {
      while (!kernel.getIO().isAttached()) {
        Thread.sleep(LOOK_EVERY_MILLIS);
      }
    } catch (InterruptedException e) {
      return;
    }
    kernel.getIO().err.println(message);
    kernel.getIO().err.flush();
  }
}
