package org.notegrad.kernel.install;

import java.nio.file.Path;
import java.util.List;

/**
 * What an installed kernel is made of.
 *
 * @param classPath the kernel's jar and all that it needs; copied, so that the kernel stands alone
 * @param jdk the home of the JDK that the kernel tries first; an empty path for none
 * @param jvmOptions options for the JVM beside Notegrad's own, as a shell would split them; empty
 *     for none
 */
public record InstallOptions(List<Path> classPath, Path jdk, String jvmOptions) {
  public InstallOptions {
    classPath = List.copyOf(classPath);
  }
}
