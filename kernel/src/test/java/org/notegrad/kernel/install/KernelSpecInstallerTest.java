package org.notegrad.kernel.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelSpecInstallerTest {
  @TempDir Path folder;

  private InstallOptions options(String jarContent) throws IOException {
    Path jar = Files.writeString(folder.resolve("a.jar"), jarContent);
    return new InstallOptions(List.of(jar), Path.of("/opt/jdk-25"), "-Xmx3g");
  }

  @Test
  void theSpecNamesALauncherBesideTheJars() throws IOException {
    Path home = KernelSpecInstaller.install(folder.resolve("kernels"), options("one"));
    var spec = JsonParser.parseString(Files.readString(home.resolve("kernel.json")));
    var launcher = Path.of(spec.getAsJsonObject().getAsJsonArray("argv").get(1).getAsString());
    assertTrue(Files.isExecutable(launcher));
    assertEquals(home, launcher.getParent());
    assertEquals("message", spec.getAsJsonObject().get("interrupt_mode").getAsString());
    assertEquals("one", Files.readString(home.resolve("jars").resolve("a.jar")));
    assertEquals("/opt/jdk-25", Files.readString(home.resolve("jdk-home")).strip());
    assertEquals("-Xmx3g", Files.readString(home.resolve("jvm-options")).strip());
  }

  @Test
  void anotherInstallationTakesThePlaceOfTheFirst() throws IOException {
    Path kernels = folder.resolve("kernels");
    KernelSpecInstaller.install(kernels, options("one"));
    Path home = KernelSpecInstaller.install(kernels, options("two"));
    assertEquals("two", Files.readString(home.resolve("jars").resolve("a.jar")));
    assertEquals(List.of("notegrad"), names(kernels));
  }

  @Test
  void anInstallationThatFailsLeavesTheFirst() throws IOException {
    Path kernels = folder.resolve("kernels");
    Path home = KernelSpecInstaller.install(kernels, options("one"));
    var broken =
        new InstallOptions(List.of(folder.resolve("missing.jar")), Path.of("/opt/jdk-25"), "");
    assertThrows(IOException.class, () -> KernelSpecInstaller.install(kernels, broken));
    assertEquals("one", Files.readString(home.resolve("jars").resolve("a.jar")));
    assertEquals(List.of("notegrad"), names(kernels));
  }

  @Test
  void uninstallingTellsWhetherThereWasSomething() throws IOException {
    Path kernels = folder.resolve("kernels");
    KernelSpecInstaller.install(kernels, options("one"));
    assertTrue(KernelSpecInstaller.uninstall(kernels));
    assertFalse(KernelSpecInstaller.uninstall(kernels));
    assertEquals(List.of(), names(kernels));
  }

  @Test
  void aWheelHoldsTheKernelAndARecordOfEveryFile() throws IOException {
    for (String name : List.of("README.md", "LICENSE", "NOTICE")) {
      Files.writeString(folder.resolve(name), "the " + name);
    }
    Path wheel =
        KernelWheel.build(folder.resolve("dist"), "0.1.0-SNAPSHOT", folder, options("one"));
    assertEquals("notegrad-0.1.0.dev0-py3-none-any.whl", wheel.getFileName().toString());
    try (var zip = FileSystems.newFileSystem(wheel)) {
      Path home = zip.getPath("notegrad-0.1.0.dev0.data/data/share/jupyter/kernels/notegrad");
      assertEquals("one", Files.readString(home.resolve("jars").resolve("a.jar")));
      String spec = Files.readString(home.resolve("kernel.json"));
      assertTrue(spec.contains("{resource_dir}/notegrad-kernel"), spec);
      Path info = zip.getPath("notegrad-0.1.0.dev0.dist-info");
      String metadata = Files.readString(info.resolve("METADATA"));
      assertTrue(metadata.contains("\nLicense-Expression: Apache-2.0\n"), metadata);
      assertTrue(metadata.endsWith("\n\nthe README.md"), metadata);
      assertEquals("the NOTICE", Files.readString(info.resolve("licenses").resolve("NOTICE")));
      String record = Files.readString(info.resolve("RECORD"));
      String digest = "sha256=dpLDrTVAu4A8Ags67mbNiIcSMjTqDG5xQ8Ct1z_0Me0,3"; // of "one"
      assertTrue(record.contains(home.resolve("jars").resolve("a.jar") + "," + digest), record);
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
