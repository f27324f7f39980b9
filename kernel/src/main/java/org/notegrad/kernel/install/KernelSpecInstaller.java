package org.notegrad.kernel.install;

import com.google.gson.GsonBuilder;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import org.notegrad.kernel.channel.Json;

/**
 * Puts the kernel where Jupyter finds it: a folder with a kernelspec, the launcher that starts the
 * JVM, and the jars.
 */
public final class KernelSpecInstaller {
  /** The folder's name, which is the kernel's name in notebooks. */
  public static final String KERNEL_NAME = "notegrad";

  private static final String LAUNCHER = "notegrad-kernel";

  /** Files that are copied as they are. */
  private static final List<String> RESOURCES =
      List.of(
          "find-jdk.sh", "no_jdk_kernel.py", "logo-svg.svg", "logo-32x32.png", "logo-64x64.png");

  private KernelSpecInstaller() {}

  /**
   * Installs the kernel, in the place of one that is there already.
   *
   * @param kernelsDir a folder that Jupyter searches, such as {@code
   *     ~/.local/share/jupyter/kernels}; made when it is not there
   * @return the kernel's own folder
   * @throws IOException if a jar can't be read or the folder can't be written; what was installed
   *     before is then still there
   */
  public static Path install(Path kernelsDir, InstallOptions options) throws IOException {
    Files.createDirectories(kernelsDir);
    Path home = kernelsDir.toAbsolutePath().normalize().resolve(KERNEL_NAME);
    Path beside = Files.createTempDirectory(kernelsDir.toAbsolutePath(), ".notegrad-");
    try {
      Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString("rwxr-xr-x"));
      write(beside, home.resolve(LAUNCHER).toString(), options);
      replace(home, beside);
      return home;
    } finally {
      delete(beside);
    }
  }

  /**
   * Makes the cache that halves the time of a start, by a rehearsed one; takes some seconds.
   *
   * @param home what {@link #install} returned
   * @throws IOException if the rehearsal fails, with what it said; the kernel works without it
   */
  public static void rehearse(Path home) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(
                "/bin/sh", home.resolve(LAUNCHER).toString(), "--rehearse", home.toString())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("the rehearsal of the kernel's start failed:\n" + said);
    }
  }

  /**
   * Removes the kernel.
   *
   * @return whether it was there
   */
  public static boolean uninstall(Path kernelsDir) throws IOException {
    Path home = kernelsDir.resolve(KERNEL_NAME);
    boolean there = Files.exists(home);
    delete(home);
    return there;
  }

  /** Fills a kernel's folder; {@code launcher} is where Jupyter will find the launcher. */
  static void write(Path target, String launcher, InstallOptions options) throws IOException {
    Path jars = Files.createDirectory(target.resolve("jars"));
    var names = new StringBuilder();
    for (Path jar : options.classPath()) {
      Files.copy(jar, jars.resolve(jar.getFileName().toString()));
      names.append(jar.getFileName()).append('\n');
    }
    Files.writeString(target.resolve("class-path"), names);
    for (String resource : RESOURCES) {
      Files.write(target.resolve(resource), resource(resource));
    }
    Files.writeString(target.resolve("jdk-home"), options.jdk() + "\n");
    Files.writeString(target.resolve("jvm-options"), options.jvmOptions() + "\n");
    Path script = target.resolve(LAUNCHER);
    Files.write(script, resource("notegrad-kernel.sh"));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(target.resolve("kernel.json"), kernelSpec(launcher));
  }

  /**
   * The kernelspec, for a launcher at a path that Jupyter understands. The shell is named, since
   * pip does not keep the right to execute a file.
   */
  static String kernelSpec(String launcher) {
    var spec =
        Json.object(
            "argv", List.of("/bin/sh", launcher, "{connection_file}"),
            "display_name", "Java (Notegrad)",
            "language", "java",
            "interrupt_mode", "message",
            "metadata", Json.object("debugger", false, "supported_encryption", List.of("curve")));
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(spec) + "\n";
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = KernelSpecInstaller.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new FileNotFoundException("the kernel's jar lacks install/" + name);
      }
      return in.readAllBytes();
    }
  }

  /** Moves a new folder to its place; the old one is put back should that fail. */
  private static void replace(Path home, Path beside) throws IOException {
    Path old = home.resolveSibling(beside.getFileName() + "-old");
    try {
      Files.move(home, old, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      Files.move(beside, home, StandardCopyOption.ATOMIC_MOVE); // nothing was installed before
      return;
    }
    try {
      Files.move(beside, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.move(old, home, StandardCopyOption.ATOMIC_MOVE);
      throw e;
    }
    delete(old);
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
