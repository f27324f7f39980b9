import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.spi.ToolProvider;

/**
 * Runs google-java-format over every Java file of the repository, in one JVM.
 *
 * <p>{@code Format.java format ROOT LIST} formats in place; {@code Format.java check ROOT LIST}
 * changes nothing and names the files that are not formatted. When a file is not formatted, or
 * cannot be parsed, LIST is left behind with the names, and the build fails on its presence.
 */
final class Format {
  private static final Set<String> SKIPPED = Set.of("target", ".git", ".notegrad", "node_modules");

  public static void main(String[] args) throws IOException {
    var root = Path.of(args[1]).toAbsolutePath().normalize();
    var files = javaFiles(root);
    Files.deleteIfExists(Path.of(args[2]));
    var arguments = new ArrayList<>(List.of(option(args[0])));
    files.forEach(file -> arguments.add(file.toString()));

    var changed = new StringWriter();
    int status =
        ToolProvider.findFirst("google-java-format")
            .orElseThrow()
            .run(
                new PrintWriter(changed, true),
                new PrintWriter(System.err, true),
                arguments.toArray(String[]::new));
    var unformatted =
        changed.toString().lines().map(file -> root.relativize(Path.of(file)).toString()).toList();
    if (status == 0 && unformatted.isEmpty()) {
      System.out.printf("%s: %d Java files%n", args[0], files.size());
    } else {
      System.err.printf("Not formatted (%d of %d files):%n", unformatted.size(), files.size());
      unformatted.forEach(name -> System.err.println("  " + name));
      leave(unformatted, Path.of(args[2]));
    }
  }

  private static void leave(List<String> unformatted, Path list) throws IOException {
    Files.createDirectories(list.getParent());
    Files.write(list, unformatted);
  }

  private static String option(String action) {
    return switch (action) {
      case "check" -> "--dry-run";
      case "format" -> "--replace";
      default ->
          throw new IllegalArgumentException("expected check or format, was given " + action);
    };
  }

  private static List<Path> javaFiles(Path root) throws IOException {
    var files = new ArrayList<Path>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            return SKIPPED.contains(dir.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) files.add(file);
            return FileVisitResult.CONTINUE;
          }
        });
    files.sort(null);
    return files;
  }
}
