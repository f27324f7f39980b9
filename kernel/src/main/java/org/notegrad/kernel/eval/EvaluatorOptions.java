package org.notegrad.kernel.eval;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What an evaluator starts with.
 *
 * @param classPath jars and folders that cells may use beside the kernel's own class path
 * @param imports import declarations, each whole: {@code import java.util.*;}
 * @param compilerOptions options for javac, such as {@code --add-modules jdk.incubator.vector}
 */
public record EvaluatorOptions(
    List<Path> classPath, List<String> imports, List<String> compilerOptions) {

  public EvaluatorOptions {
    classPath = List.copyOf(classPath);
    imports = List.copyOf(imports);
    compilerOptions = List.copyOf(compilerOptions);
  }

  /** No extra class path, Notegrad's default imports, and the incubating modules of this JVM. */
  public static EvaluatorOptions defaults() {
    var addModules =
        VectorApi.isLoaded() ? List.of("--add-modules", VectorApi.MODULE) : List.<String>of();
    return new EvaluatorOptions(List.of(), defaultImports(), addModules);
  }

  public EvaluatorOptions classPath(List<Path> paths) {
    return new EvaluatorOptions(paths, imports, compilerOptions);
  }

  public EvaluatorOptions imports(List<String> declarations) {
    return new EvaluatorOptions(classPath, declarations, compilerOptions);
  }

  /** JShell's own defaults, then those that each jar of Notegrad's on the class path asks for. */
  private static List<String> defaultImports() {
    var all =
        new ArrayList<>(
            List.of(
                "import java.io.*;",
                "import java.math.*;",
                "import java.nio.file.*;",
                "import java.util.*;",
                "import java.util.concurrent.*;",
                "import java.util.function.*;",
                "import java.util.stream.*;"));
    DefaultImports.of(EvaluatorOptions.class.getClassLoader()).stream()
        .filter(line -> !all.contains(line))
        .forEach(all::add);
    return all;
  }
}
