package org.notegrad.kernel.eval;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarFile;

/** The imports that a jar asks for, one declaration a line in a resource of this name. */
public final class DefaultImports {

  private static final String RESOURCE = "org/notegrad/default-imports.txt";

  private DefaultImports() {}

  /** Those of all jars that a class loader knows, each once. */
  static List<String> of(ClassLoader loader) {
    var all = new ArrayList<String>();
    try {
      for (var resource : Collections.list(loader.getResources(RESOURCE))) {
        try (var in = resource.openStream()) {
          all.addAll(read(in));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + RESOURCE, e);
    }
    return all.stream().distinct().toList();
  }

  /** Those of a jar or of a folder of classes; none if it asks for none. */
  public static List<String> of(Path entry) {
    try {
      return Files.isDirectory(entry) ? ofFolder(entry) : ofJar(entry);
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + entry, e);
    }
  }

  private static List<String> ofFolder(Path folder) throws IOException {
    var file = folder.resolve(RESOURCE);
    if (!Files.exists(file)) {
      return List.of();
    }
    try (var in = Files.newInputStream(file)) {
      return read(in);
    }
  }

  private static List<String> ofJar(Path path) throws IOException {
    try (var jar = new JarFile(path.toFile())) {
      var entry = jar.getEntry(RESOURCE);
      if (entry == null) {
        return List.of();
      }
      try (var in = jar.getInputStream(entry)) {
        return read(in);
      }
    }
  }

  private static List<String> read(InputStream in) {
    return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith("import "))
        .toList();
  }
}
