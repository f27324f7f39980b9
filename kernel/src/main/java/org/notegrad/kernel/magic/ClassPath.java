package org.notegrad.kernel.magic;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.dflib.jjava.jupyter.Extension;
import org.notegrad.kernel.display.DisplayExtension;
import org.notegrad.kernel.display.Renderers;
import org.notegrad.kernel.eval.DefaultImports;
import org.notegrad.kernel.eval.JavaEvaluator;
import org.notegrad.kernel.jjava.JJavaLibraries;
import org.notegrad.viz.ViewProvider;

/** What cells have added to the class path, and which artifacts are on it. */
final class ClassPath {
  private static final String POM = "META-INF/maven/";

  private final JavaEvaluator java;
  private final Renderers renderers;
  private final List<Path> entries = new ArrayList<>();
  private final Set<Class<?>> extensions = new HashSet<>();
  private final List<String> imports = new ArrayList<>();
  private int imported;
  private Map<String, String> artifacts;
  private JJavaLibraries libraries;

  ClassPath(JavaEvaluator java, Renderers renderers) {
    this.java = java;
    this.renderers = renderers;
  }

  /** What was added, in order. */
  List<Path> entries() {
    return Collections.unmodifiableList(entries);
  }

  /** Adds what is not there yet; returns what was. Belongs to the evaluator's thread. */
  List<Path> add(List<Path> paths) {
    var added = new ArrayList<Path>();
    for (Path path : paths) {
      Path whole = path.toAbsolutePath().normalize();
      if (!entries.contains(whole)) {
        entries.add(whole);
        added.add(whole);
        imports.addAll(DefaultImports.of(whole));
      }
    }
    java.addToClassPath(added);
    return added;
  }

  /** The import declarations that the jars added by cells ask for, those since the last call. */
  List<String> takeImports() {
    var taken = List.copyOf(imports.subList(imported, imports.size()));
    imported = imports.size();
    return taken;
  }

  /** Says that imports have been forgotten. */
  void isReset() {
    imported = 0;
  }

  /**
   * Registers the displays that jars bring for their own types, and what extensions written for
   * JJava bring. Runs as a cell, whose thread's class loader knows the jars.
   */
  void loadDisplays() {
    var loader = Thread.currentThread().getContextClassLoader();
    ServiceLoader.load(DisplayExtension.class, loader).stream()
        .filter(provider -> isNew(provider.type()))
        .forEach(provider -> provider.get().register(renderers));
    ServiceLoader.load(ViewProvider.class, loader).stream()
        .filter(provider -> isNew(provider.type()))
        .forEach(provider -> renderers.register(provider.get()));
    ServiceLoader.load(Extension.class, loader).stream()
        .filter(provider -> isNew(provider.type()))
        .forEach(this::install);
  }

  private void install(ServiceLoader.Provider<Extension> provider) {
    if (libraries == null) {
      libraries = new JJavaLibraries(renderers);
    }
    try {
      libraries.install(provider.get());
    } catch (RuntimeException | LinkageError | ServiceConfigurationError e) {
      System.err.println(
          "the extension " + provider.type().getName() + ", written for JJava, failed: " + e);
    }
  }

  /** The libraries written for JJava, if there are any. */
  Optional<JJavaLibraries> libraries() {
    return Optional.ofNullable(libraries);
  }

  private boolean isNew(Class<?> type) {
    return type.getClassLoader() != ClassPath.class.getClassLoader() && extensions.add(type);
  }

  /** Notes an artifact whose jar was added. */
  void note(String groupAndName, String version) {
    artifacts().put(groupAndName, version);
  }

  /**
   * The versions of the artifacts whose classes cells already see, by {@code group:name}; from the
   * records that Maven leaves in jars.
   */
  Map<String, String> artifacts() {
    if (artifacts == null) {
      artifacts = new TreeMap<>();
      Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
          .filter(entry -> entry.endsWith(".jar"))
          .map(Path::of)
          .filter(Files::isRegularFile)
          .forEach(jar -> artifacts.putAll(artifactsOf(jar)));
    }
    return artifacts;
  }

  private static Map<String, String> artifactsOf(Path jar) {
    var found = new LinkedHashMap<String, String>();
    try (var file = new JarFile(jar.toFile())) {
      for (var entry : Collections.list(file.entries())) {
        String name = entry.getName();
        if (name.startsWith(POM) && name.endsWith("/pom.properties")) {
          var properties = new Properties();
          try (InputStream in = file.getInputStream(entry)) {
            properties.load(in);
          }
          found.put(
              properties.getProperty("groupId") + ":" + properties.getProperty("artifactId"),
              properties.getProperty("version"));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + jar, e);
    }
    return found;
  }

  /**
   * The files and folders that a person means.
   *
   * @param written a path, which may hold the wildcards of a glob
   */
  static List<Path> find(String written) {
    Path path = FileMagics.path(written);
    if (Files.exists(path)) {
      return List.of(path);
    }
    int wildcard = firstWildcard(written);
    if (wildcard < 0) {
      throw new MagicException("there is no file or folder " + path.toAbsolutePath());
    }
    int slash = written.lastIndexOf('/', wildcard);
    Path root = FileMagics.path(slash < 0 ? "." : written.substring(0, slash + 1));
    if (!Files.isDirectory(root)) {
      throw new MagicException("there is no folder " + root.toAbsolutePath());
    }
    String pattern = written.substring(slash + 1);
    var matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    int depth = pattern.contains("**") ? Integer.MAX_VALUE : 1 + pattern.split("/").length;
    try (Stream<Path> all = Files.walk(root, depth)) {
      var found =
          all.filter(file -> matcher.matches(root.relativize(file)))
              .filter(file -> Files.isDirectory(file) || file.toString().endsWith(".jar"))
              .sorted()
              .toList();
      if (found.isEmpty()) {
        throw new MagicException("no jar matches " + written);
      }
      return found;
    } catch (IOException | UncheckedIOException e) {
      throw new MagicException("can't look into " + root + ": " + e.getMessage(), e);
    }
  }

  private static int firstWildcard(String written) {
    for (int i = 0; i < written.length(); i++) {
      if ("*?[{".indexOf(written.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }
}
