import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Prints how much a CPU user downloads for training with charts in a notebook (core, viz and kernel
 * with all that they need), and fails when that, or core's jar alone, is too large.
 *
 * <p>{@code DownloadSize.java LIB} looks at the jars of the folder LIB, the launcher's own left
 * out.
 */
final class DownloadSize {
  private static final double CORE_LIMIT_MB = 3;
  private static final double TOTAL_LIMIT_MB = 15;

  private record Jar(String name, long bytes) {
    static Jar of(Path path) {
      try {
        return new Jar(path.getFileName().toString(), Files.size(path));
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    boolean isLauncher() {
      return name.startsWith("notegrad-launcher-") || name.startsWith("picocli-");
    }
  }

  public static void main(String[] args) throws IOException {
    List<Jar> jars;
    try (var paths = Files.list(Path.of(args[0]))) {
      jars = paths.sorted().map(Jar::of).filter(jar -> !jar.isLauncher()).toList();
    }
    double core = megabytes(only(jars, "notegrad-core-"));
    double total = megabytes(jars);
    System.out.printf("core's jar: %.2f MB (limit %.0f MB)%n", core, CORE_LIMIT_MB);
    System.out.printf(
        "a CPU user downloads %d jars, %.2f MB (limit %.0f MB):%n",
        jars.size(), total, TOTAL_LIMIT_MB);
    jars.forEach(jar -> System.out.printf("  %,10d bytes  %s%n", jar.bytes(), jar.name()));
    if (core > CORE_LIMIT_MB || total > TOTAL_LIMIT_MB) {
      System.err.println("Too large to download: see the sizes and limits above.");
      System.exit(1);
    }
  }

  private static List<Jar> only(List<Jar> jars, String prefix) {
    var found = jars.stream().filter(jar -> jar.name().startsWith(prefix)).toList();
    if (found.size() != 1) {
      throw new IllegalStateException("expected one jar " + prefix + "*, found " + found);
    }
    return found;
  }

  private static double megabytes(List<Jar> jars) {
    return jars.stream().mapToLong(Jar::bytes).sum() / 1e6;
  }
}
