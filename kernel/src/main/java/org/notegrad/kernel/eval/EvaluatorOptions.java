package org.notegrad.kernel.eval;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
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

  private static final String IMPORTS = "org/notegrad/default-imports.txt";

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
    try {
      for (URL resource : Collections.list(loader().getResources(IMPORTS))) {
        try (var in = resource.openStream()) {
          var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
          reader
              .lines()
              .map(String::strip)
              .filter(line -> line.startsWith("import "))
              .filter(line -> !all.contains(line))
              .forEach(all::add);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + IMPORTS, e);
    }
    return all;
  }

  private static ClassLoader loader() {
    return EvaluatorOptions.class.getClassLoader();
  }
}
