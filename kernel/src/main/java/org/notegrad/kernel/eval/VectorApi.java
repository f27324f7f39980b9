package org.notegrad.kernel.eval;

import jdk.internal.module.Modules;
import org.notegrad.kernel.channel.Log;

/**
 * The Vector API in a JVM that was started without it. An incubating module that is there from the
 * start keeps the JVM from using all of its AOT cache (classes linked, lambdas made), which costs a
 * quarter of the time to the first result; one that is loaded later does not, and computes as fast.
 *
 * <p>The JDK loads its own late modules by the same method, which is not exported to everybody: the
 * JVM needs the option {@link #EXPORT}, or {@code --add-modules} with the module's name.
 */
public final class VectorApi {
  /** The module. */
  public static final String MODULE = "jdk.incubator.vector";

  /** The option of the JVM that {@link #load} needs. */
  public static final String EXPORT = "--add-exports=java.base/jdk.internal.module=ALL-UNNAMED";

  private static boolean loaded = ModuleLayer.boot().findModule(MODULE).isPresent();

  private VectorApi() {}

  /** Loads the module, unless it is there already. */
  public static synchronized void load() {
    if (loaded) {
      return;
    }
    try {
      Modules.loadModule(MODULE);
      loaded = true;
    } catch (LinkageError | RuntimeException e) { // another JDK, or one without the module
      Log.warn(
          "tensors are computed by plain loops, many times slower, since the Vector API can't be"
              + " loaded ("
              + e
              + "); try NOTEGRAD_JVM_OPTS=\"--add-modules "
              + MODULE
              + "\"");
    }
  }

  /** Whether the module is there. */
  static synchronized boolean isLoaded() {
    return loaded;
  }
}
