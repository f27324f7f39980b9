package org.notegrad.kernel.eval.doc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.stream.Stream;

/**
 * Documentation comments of libraries whose jars carry their sources, as Notegrad's do: JShell
 * knows those of the JDK alone.
 */
public final class LibraryDocs {
  private static final String FOLDER = "META-INF/notegrad-sources/";

  private final ClassLoader loader;
  private final Map<URL, SourceComments> read = new HashMap<>();
  private Map<String, List<URL>> files;

  /**
   * @param loader knows the jars
   */
  public LibraryDocs(ClassLoader loader) {
    this.loader = loader;
  }

  /**
   * The comment of a type, method, constructor or field, or of what it overrides; empty if none is
   * known.
   *
   * @param signature as JShell prints it, such as {@code Tensor Tensor.matmul(Tensor other)}
   */
  public Optional<String> comment(String signature) {
    return MemberName.of(signature).flatMap(this::comment);
  }

  private Optional<String> comment(MemberName name) {
    for (SourceComments source : sources(name.outermost())) {
      for (String key : name.keys()) {
        String comment = source.comments().get(key);
        if (comment != null) {
          return Optional.of(comment);
        }
      }
      for (String supertype : source.supertypes().getOrDefault(name.type(), List.of())) {
        var inherited = name.in(supertype).flatMap(this::comment);
        if (inherited.isPresent()) {
          return inherited;
        }
      }
    }
    return Optional.empty();
  }

  /** The files that declare an outermost type of this simple name. */
  private List<SourceComments> sources(String outermost) {
    if (files == null) {
      files = find();
    }
    return files.getOrDefault(outermost, List.of()).stream()
        .map(file -> read.computeIfAbsent(file, LibraryDocs::parse))
        .toList();
  }

  private static SourceComments parse(URL file) {
    try (InputStream in = file.openStream()) {
      return SourceComments.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + file, e);
    }
  }

  private Map<String, List<URL>> find() {
    var found = new HashMap<String, List<URL>>();
    try {
      for (URL folder : Collections.list(loader.getResources(FOLDER))) {
        for (URL file : javaFiles(folder)) {
          String path = file.getPath();
          String name = path.substring(path.lastIndexOf('/') + 1, path.length() - ".java".length());
          found.computeIfAbsent(name, n -> new ArrayList<>()).add(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("looking for sources", e);
    }
    return found;
  }

  private static List<URL> javaFiles(URL folder) throws IOException {
    var files = new ArrayList<URL>();
    if (folder.openConnection() instanceof JarURLConnection jar) {
      for (JarEntry entry : Collections.list(jar.getJarFile().entries())) {
        if (entry.getName().startsWith(FOLDER) && entry.getName().endsWith(".java")) {
          String inFolder = entry.getName().substring(FOLDER.length());
          files.add(URI.create(folder.toString() + inFolder).toURL());
        }
      }
      return files;
    }
    try (Stream<Path> all = Files.walk(Path.of(URI.create(folder.toString())))) {
      for (Path file : all.filter(path -> path.toString().endsWith(".java")).toList()) {
        files.add(file.toUri().toURL());
      }
    }
    return files;
  }
}
