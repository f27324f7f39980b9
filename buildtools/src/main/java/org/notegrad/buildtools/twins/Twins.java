package org.notegrad.buildtools.twins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes the Java files that are translations of others. Whatever starts with
 *
 * <pre>{@code // DoubleGemm.java is generated from this file (FloatToDouble).}</pre>
 *
 * has such a twin in the same package; a file may name several, a line each, and several
 * translations, one after another, for a twin of a twin. In the twin these lines are gone, and its
 * first line says where it comes from.
 *
 * <p>{@code Twins.java FROM TO} reads the sources below FROM and writes their twins below TO. A
 * file that says already what it should is not touched, so that nothing is compiled again, and a
 * twin that nobody names any more is deleted: all of TO belongs to this program.
 */
public final class Twins {
  private static final Map<String, Translation> TRANSLATIONS =
      new TreeMap<>(
          Stream.of(new FloatToDouble(), new VectorToScalar())
              .collect(
                  Collectors.toMap(
                      t -> t.getClass().getSimpleName(), Function.<Translation>identity())));

  private static final Pattern DECLARATION =
      Pattern.compile(
          "(?m)^// (\\w+)\\.java is generated from this file \\((\\w+(?:, \\w+)*)\\)\\.\\R");

  private Twins() {}

  public static void main(String[] args) throws IOException {
    if (args.length != 2) {
      throw new IllegalArgumentException("usage: Twins.java FROM TO");
    }
    update(Path.of(args[0]), Path.of(args[1]));
  }

  static void update(Path from, Path to) throws IOException {
    var twins = new TreeMap<Path, String>();
    for (Path source : javaFiles(from)) {
      Path folder = to.resolve(from.relativize(source.getParent()));
      of(source.getFileName().toString(), Files.readString(source))
          .forEach((name, text) -> put(twins, folder.resolve(name), text));
    }
    for (var twin : twins.entrySet()) {
      write(twin.getKey(), twin.getValue());
    }
    for (Path old : javaFiles(to)) {
      if (!twins.containsKey(old)) {
        Files.delete(old);
      }
    }
  }

  /** The twins that a file names, by their files' names. */
  static Map<String, String> of(String file, String source) {
    var twins = new TreeMap<String, String>();
    Matcher declared = DECLARATION.matcher(source);
    String text = DECLARATION.matcher(source).replaceAll("");
    while (declared.find()) {
      String name = declared.group(1);
      String twin = text;
      for (String translation : declared.group(2).split(", ")) {
        twin = translation(file, translation).translate(file, twin);
      }
      if (!Pattern.compile("(class|interface|record|enum) " + name + "\\b").matcher(twin).find()) {
        throw new IllegalArgumentException(
            "%s: its twin does not declare %s".formatted(file, name));
      }
      put(twins, name + ".java", "// Generated from " + file + ": change that file.\n" + twin);
    }
    return twins;
  }

  private static Translation translation(String file, String name) {
    Translation translation = TRANSLATIONS.get(name);
    if (translation == null) {
      throw new IllegalArgumentException(
          "%s: there is no translation %s, only %s".formatted(file, name, TRANSLATIONS.keySet()));
    }
    return translation;
  }

  private static <K> void put(Map<K, String> twins, K name, String text) {
    if (twins.put(name, text) != null) {
      throw new IllegalArgumentException("two files have the twin " + name);
    }
  }

  private static void write(Path file, String text) throws IOException {
    if (Files.exists(file) && Files.readString(file).equals(text)) {
      return;
    }
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static List<Path> javaFiles(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (var files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }
}
