package org.notegrad.kernel.install;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Makes a Python wheel of the kernel, so that {@code pip install} puts it where Jupyter finds it.
 *
 * <p>The format is that of <a
 * href="https://packaging.python.org/en/latest/specifications/binary-distribution-format/">the
 * binary distribution format</a>; the wheel holds no Python package, only data files.
 */
public final class KernelWheel {
  private KernelWheel() {}

  /**
   * Makes a wheel.
   *
   * @param folder where it is put; made when it is not there
   * @param version Maven's version; a snapshot becomes a development release
   * @param documents the folder of README.md, LICENSE and NOTICE, which become the description and
   *     the licence files
   * @return the wheel's file
   * @throws IOException if a jar can't be read or the folder can't be written
   */
  public static Path build(Path folder, String version, Path documents, InstallOptions options)
      throws IOException {
    String pythonVersion = version.replace("-SNAPSHOT", ".dev0");
    Files.createDirectories(folder);
    Path wheel = folder.resolve("notegrad-" + pythonVersion + "-py3-none-any.whl");
    Path beside = folder.resolve("." + wheel.getFileName() + ".new");
    Files.deleteIfExists(beside);
    var attributes = Map.of("create", "true", "enablePosixFileAttributes", "true");
    try (var zip = FileSystems.newFileSystem(URI.create("jar:" + beside.toUri()), attributes)) {
      fill(zip, "notegrad-" + pythonVersion, pythonVersion, documents, options);
    }
    return Files.move(beside, wheel, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void fill(
      FileSystem zip, String stem, String version, Path documents, InstallOptions options)
      throws IOException {
    Path home =
        Files.createDirectories(
            zip.getPath("/", stem + ".data", "data", "share", "jupyter", "kernels")
                .resolve(KernelSpecInstaller.KERNEL_NAME));
    // pip knows no step after the copying: the first start makes up for the rehearsal.
    Files.writeString(home.resolve("rehearse-later"), "");
    KernelSpecInstaller.write(home, "{resource_dir}/notegrad-kernel", options);
    Path info = Files.createDirectory(zip.getPath("/", stem + ".dist-info"));
    Files.writeString(
        info.resolve("METADATA"),
        """
        Metadata-Version: 2.4
        Name: notegrad
        Version: %s
        Summary: Java 25 in Jupyter, with tensors, models and training shown inline
        License-Expression: Apache-2.0
        License-File: LICENSE
        License-File: NOTICE
        Requires-Python: >=3.8
        Keywords: jupyter,kernel,java,tensor,autograd
        Classifier: Framework :: Jupyter
        Classifier: Programming Language :: Java
        Description-Content-Type: text/markdown

        This package is the Jupyter kernel "Java (Notegrad)", with the library in it. It needs a JDK 25
        on the machine, and says in the notebook how to get one when there is none. `jupyter lab` offers
        it as soon as it is installed. What follows is about the project.

        """
                .formatted(version)
            + Files.readString(documents.resolve("README.md")));
    Path licences = Files.createDirectory(info.resolve("licenses"));
    for (String name : List.of("LICENSE", "NOTICE")) {
      Files.write(licences.resolve(name), Files.readAllBytes(documents.resolve(name)));
    }
    Files.writeString(
        info.resolve("WHEEL"),
        """
        Wheel-Version: 1.0
        Generator: notegrad
        Root-Is-Purelib: true
        Tag: py3-none-any
        """);
    Path record = info.resolve("RECORD");
    Files.writeString(record, record(zip.getPath("/")) + relative(record) + ",,\n");
  }

  /** Every file with its digest and size. */
  private static String record(Path root) throws IOException {
    var lines = new StringBuilder();
    List<Path> files;
    try (var walk = Files.walk(root)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      byte[] bytes = Files.readAllBytes(file);
      String digest = Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(bytes));
      lines.append("%s,sha256=%s,%d\n".formatted(relative(file), digest, bytes.length));
    }
    return lines.toString();
  }

  private static String relative(Path file) {
    return file.toAbsolutePath().toString().substring(1);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
