package org.notegrad.kernel.magic;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.notegrad.kernel.eval.CellResult;
import org.notegrad.kernel.magic.Magic.Operands;

/** {@code %%writefile}, and how magics find files. */
final class FileMagics {
  private FileMagics() {}

  static List<Magic> all() {
    return List.of(
        Magic.cell("writefile", "[-a] FILE", "Writes the cell to a file.", FileMagics::writeFile)
            .operands(Operands.FILES)
            .details(
                """
                With `-a` the cell is appended. The file is replaced in one step: whoever reads it
                sees the old text or the new one, never half of it. Folders that are missing are made.

                ```
                %%writefile data/notes.txt
                first line
                ```
                """));
  }

  private static CellResult writeFile(MagicCall call) {
    var words = call.words();
    boolean append = words.take("-a", "--append");
    Path file = path(words.only("one file: %%writefile FILE"));
    String text = call.body();
    return call.inCell(() -> {
      boolean existed = Files.exists(file);
      write(file, (append && existed ? read(file) : "") + text);
      String done = !existed ? "wrote" : append ? "appended to" : "replaced";
      System.out.printf("%s %s (%,d lines)%n", done, file, text.lines().count());
    });
  }

  /** A path as a person writes it; {@code ~} is the home folder. */
  static Path path(String written) {
    String home = System.getProperty("user.home");
    try {
      return Path.of(
          written.equals("~") || written.startsWith("~/") ? home + written.substring(1) : written);
    } catch (java.nio.file.InvalidPathException e) {
      throw new MagicException("no path: " + written + " (" + e.getReason() + ")", e);
    }
  }

  /** A file's text. */
  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new MagicException("can't read " + file + ": " + problem(e), e);
    }
  }

  private static void write(Path file, String text) {
    Path folder = file.toAbsolutePath().getParent();
    try {
      if (Files.isDirectory(file)) {
        throw new MagicException("can't write " + file + ": it is a folder");
      }
      Files.createDirectories(folder);
      Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
      Path beside = Files.createTempFile(target.getParent(), "." + target.getFileName(), ".new");
      try {
        try (var out = FileChannel.open(beside, StandardOpenOption.WRITE)) {
          var bytes = java.nio.ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
          while (bytes.hasRemaining()) {
            out.write(bytes);
          }
          out.force(true);
        }
        keepPermissions(target, beside);
        Files.move(
            beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(beside);
      }
    } catch (IOException e) {
      throw new MagicException("can't write " + file + ": " + problem(e), e);
    }
  }

  /** A temporary file is its owner's alone; a file that a person asked for is as others are. */
  private static void keepPermissions(Path target, Path beside) throws IOException {
    if (!Files.getFileStore(beside).supportsFileAttributeView("posix")) {
      return;
    }
    if (Files.exists(target)) {
      Files.setPosixFilePermissions(beside, Files.getPosixFilePermissions(target));
    } else {
      Path plain = beside.resolveSibling(beside.getFileName() + ".mode");
      Files.createFile(plain);
      try {
        Files.setPosixFilePermissions(beside, Files.getPosixFilePermissions(plain));
      } finally {
        Files.delete(plain);
      }
    }
  }

  private static String problem(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "there is no such file";
      case AccessDeniedException _ -> "access is denied";
      case java.nio.charset.MalformedInputException _ -> "it is not text in UTF-8";
      default -> MagicException.reason(e);
    };
  }
}
