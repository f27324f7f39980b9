package org.notegrad.kernel.magic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.notegrad.kernel.eval.CellResult;

/** Against repositories in a folder and on the loopback, with settings of the test's own. */
class MavenMagicTest {
  @TempDir Path folder;
  private Notebook notebook;
  private Path remote;
  private Path settings;

  @BeforeEach
  void open() throws IOException {
    notebook = new Notebook();
    remote = folder.resolve("remote");
    settings = folder.resolve("settings.xml");
    artifact("org.example", "leaf", "1.0", "");
    artifact("org.example", "tested", "1.0", "");
    artifact(
        "org.example",
        "tree",
        "2.0",
        dependency("org.example", "leaf", "1.0", "compile")
            + dependency("org.example", "tested", "1.0", "test"));
    settings("<mirrors>" + mirror(remote.toUri().toString()) + "</mirrors>");
  }

  @AfterEach
  void close() {
    notebook.close();
  }

  private static String mirror(String url) {
    return "<mirror><id>all</id><mirrorOf>*</mirrorOf><url>" + url + "</url></mirror>";
  }

  private void settings(String content) throws IOException {
    Files.writeString(
        settings,
        "<settings><localRepository>"
            + folder.resolve("local")
            + "</localRepository>"
            + content
            + "</settings>");
  }

  private static String dependency(String group, String name, String version, String scope) {
    return "<dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version>"
            .formatted(group, name, version)
        + "<scope>"
        + scope
        + "</scope></dependency>";
  }

  /** Publishes an artifact with a resource that is named after it. */
  private void artifact(String group, String name, String version, String dependencies)
      throws IOException {
    artifact(group, name, version, dependencies, "");
  }

  private void artifact(
      String group, String name, String version, String dependencies, String imports)
      throws IOException {
    Path home = remote.resolve(group.replace('.', '/')).resolve(name).resolve(version);
    Files.createDirectories(home);
    Files.writeString(
        home.resolve(name + "-" + version + ".pom"),
        """
        <project><modelVersion>4.0.0</modelVersion><groupId>%s</groupId><artifactId>%s</artifactId>
        <version>%s</version><dependencies>%s</dependencies></project>
        """
            .formatted(group, name, version, dependencies));
    Path jar = home.resolve(name + "-" + version + ".jar");
    try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new ZipEntry(name + ".txt"));
      out.write((name + " " + version).getBytes(StandardCharsets.UTF_8));
      if (!imports.isEmpty()) {
        out.putNextEntry(new ZipEntry("org/notegrad/default-imports.txt"));
        out.write(imports.getBytes(StandardCharsets.UTF_8));
      }
    }
    Files.writeString(
        home.getParent().resolve("maven-metadata.xml"),
        """
        <metadata><groupId>%s</groupId><artifactId>%s</artifactId><versioning><latest>%s</latest>
        <release>%s</release><versions><version>%s</version></versions></versioning></metadata>
        """
            .formatted(group, name, version, version, version));
  }

  private String maven(String arguments) {
    return "%maven --settings " + settings + " " + arguments;
  }

  private boolean isSeen(String resource) {
    return notebook.value(
            "Thread.currentThread().getContextClassLoader().getResource(\"" + resource + "\")")
        != null;
  }

  @Test
  void anArtifactComesWithWhatItNeedsAtRunTime() {
    notebook.done(maven("org.example:tree:2.0"));
    assertTrue(notebook.displayed().contains("2 jars added"), notebook::displayed);
    assertTrue(notebook.displayed().contains("org.example:leaf"), notebook::displayed);
    assertTrue(isSeen("tree.txt"));
    assertTrue(isSeen("leaf.txt"));
    assertFalse(isSeen("tested.txt"));
    assertTrue(Files.exists(folder.resolve("local/org/example/leaf/1.0/leaf-1.0.jar")));
  }

  @Test
  void whatAJarAsksForIsImported() throws IOException {
    artifact(
        "org.example",
        "asks",
        "1.0",
        "",
        "# of texts\n import java.text.*;\nimport java.net.URI;\n");
    notebook.failure("new DecimalFormat()");
    notebook.done(maven("org.example:asks:1.0"));
    assertEquals("#0", notebook.value("new DecimalFormat(\"0\").toPattern()"));
    notebook.done("String scheme(URI uri) { return uri.getScheme(); }");
    notebook.done("%reset");
    assertEquals("#0", notebook.value("new DecimalFormat(\"0\").toPattern()"));
  }

  @Test
  void anImportThatIsNotThereIsToldAndTheJarsAreThere() throws IOException {
    artifact("org.example", "wrong", "1.0", "", "import none.such.Thing;\nimport java.text.*;");
    var report = notebook.failure(maven("org.example:wrong:1.0"));
    assertEquals("CompileError in the default imports of a jar, line 1:", report.getFirst());
    assertTrue(isSeen("wrong.txt"));
    notebook.done("new DecimalFormat()");
  }

  @Test
  void whatIsExcludedIsLeftOut() {
    notebook.done(maven("--exclude org.example:leaf org.example:tree:2.0"));
    assertTrue(isSeen("tree.txt"));
    assertFalse(isSeen("leaf.txt"));
  }

  @Test
  void whatIsThereIsNotAddedAgain() throws IOException {
    notebook.done(maven("org.example:leaf:1.0"));
    notebook.done(maven("org.example:tree:2.0"));
    assertTrue(notebook.displayed().contains("1 jar added"), notebook::displayed);
    artifact("org.example", "leaf", "9.0", "");
    notebook.done(maven("org.example:leaf:9.0"));
    assertTrue(
        notebook.displayed().contains("leaf is already there in version 1.0"), notebook::displayed);
    assertEquals(2, notebook.evaluator.classPath().entries().size());
  }

  @Test
  void whatTheKernelItselfHasIsThere() {
    var artifacts = notebook.evaluator.classPath().artifacts();
    var jar = Path.of(Gson.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    assertEquals(
        jar.getFileName().toString(),
        "gson-" + artifacts.get("com.google.code.gson:gson") + ".jar");
  }

  @Test
  void whatIsMissingIsNamedWithItsRepositoryAndTheNewestVersion() {
    var report = notebook.failure("int a;\n" + maven("org.example:leaf:3.0"));
    assertEquals("MagicError in cell [1], line 2:", report.getFirst());
    String text = String.join("\n", report);
    assertTrue(text.contains("org.example:leaf:jar:3.0 was not found in all"), text);
    assertTrue(text.contains("the newest version of org.example:leaf is 1.0"), text);
  }

  @Test
  void aMissingArtifactIsLookedForAgain() throws IOException {
    notebook.failure(maven("org.example:late:1.0"));
    artifact("org.example", "late", "1.0", "");
    notebook.done(maven("org.example:late:1.0"));
    assertTrue(isSeen("late.txt"));
  }

  @Test
  void aCoordinateWithoutVersionIsAnsweredWithTheNewest() {
    var report = notebook.failure(maven("org.example:tree"));
    assertTrue(report.getLast().contains("%maven org.example:tree:2.0"), report::toString);
    assertTrue(notebook.failure(maven("tree")).getLast().contains("GROUP:NAME:VERSION"));
  }

  @Test
  void offlineTakesOnlyWhatIsInTheLocalRepository() {
    notebook.failure(maven("--offline org.example:leaf:1.0"));
    notebook.done(maven("org.example:leaf:1.0"));
    var other = new Notebook();
    try {
      other.done(maven("--offline org.example:leaf:1.0"));
    } finally {
      other.close();
    }
  }

  @Test
  void passwordsOfTheSettingsAreUsed() throws IOException {
    var asked = Collections.synchronizedList(new ArrayList<String>());
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String login = exchange.getRequestHeaders().getFirst("Authorization");
          asked.add(String.valueOf(login));
          Path file = remote.resolve(exchange.getRequestURI().getPath().substring(1));
          if (login == null) {
            exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"test\"");
            exchange.sendResponseHeaders(401, -1);
          } else if (Files.isRegularFile(file)) {
            exchange.sendResponseHeaders(200, Files.size(file));
            try (OutputStream out = exchange.getResponseBody()) {
              Files.copy(file, out);
            }
          } else {
            exchange.sendResponseHeaders(404, -1);
          }
          exchange.close();
        });
    server.start();
    try {
      settings(
          "<mirrors>"
              + mirror("http://127.0.0.1:" + server.getAddress().getPort() + "/")
              + "</mirrors><servers><server><id>all</id><username>ada</username>"
              + "<password>secret</password></server></servers>");
      notebook.done(maven("org.example:tree:2.0"));
      assertTrue(isSeen("leaf.txt"));
    } finally {
      server.stop(0);
    }
    String login =
        Base64.getEncoder().encodeToString("ada:secret".getBytes(StandardCharsets.UTF_8));
    assertTrue(asked.contains("Basic " + login), asked::toString);
  }

  @Test
  void aDownloadThatHangsCanBeInterrupted() throws Exception {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      settings("<mirrors>" + mirror("http://127.0.0.1:" + silent.getLocalPort()) + "</mirrors>");
      var interrupter =
          Thread.ofPlatform()
              .start(() -> {
                try (var _ = silent.accept()) {
                  notebook.evaluator.interrupt();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      var result = notebook.run(maven("org.example:tree:2.0"));
      interrupter.join();
      assertInstanceOf(CellResult.Interrupted.class, result);
    }
    notebook.done("int after = 1;");
  }

  @Test
  void aRepositoryThatCanNotBeReachedIsNamed() throws IOException {
    settings("<mirrors>" + mirror("http://127.0.0.1:1/") + "</mirrors>");
    String text = String.join("\n", notebook.failure(maven("org.example:tree:2.0")));
    assertTrue(text.contains("could not be fetched"), text);
    assertTrue(text.contains("refused"), text);
  }

  @Test
  void aFurtherRepositoryIsAskedToo() throws IOException {
    settings("<offline>false</offline>");
    Files.writeString(
        settings,
        Files.readString(settings)
            .replace(
                "</settings>",
                "<mirrors><mirror><id>none</id><mirrorOf>central</mirrorOf><url>"
                    + folder.resolve("empty").toUri()
                    + "</url></mirror></mirrors></settings>"));
    notebook.done(maven("--repo " + remote.toUri() + " org.example:leaf:1.0"));
    assertTrue(isSeen("leaf.txt"));
    assertEquals(List.of(), notebook.displays.stream().filter(d -> d.data().isEmpty()).toList());
  }

  private String pom(String arguments) {
    return "loadFromPOM --settings " + settings + " " + arguments;
  }

  @Test
  void theDependenciesOfAProjectsPomAreLoaded() throws IOException {
    Path project = Files.createDirectories(folder.resolve("project/module"));
    Files.writeString(
        folder.resolve("project/pom.xml"),
        """
        <project><modelVersion>4.0.0</modelVersion><groupId>org.example</groupId>
        <artifactId>parent</artifactId><version>7</version><packaging>pom</packaging>
        <properties><tree.version>2.0</tree.version></properties>
        <dependencyManagement><dependencies>%s</dependencies></dependencyManagement></project>
        """
            .formatted(dependency("org.example", "tree", "${tree.version}", "compile")));
    artifact("org.example", "only", "1.0", "");
    Files.writeString(
        project.resolve("pom.xml"),
        """
        <project><modelVersion>4.0.0</modelVersion>
        <parent><groupId>org.example</groupId><artifactId>parent</artifactId><version>7</version></parent>
        <artifactId>module</artifactId><dependencies>
        <dependency><groupId>org.example</groupId><artifactId>tree</artifactId></dependency>
        %s</dependencies></project>
        """
            .formatted(dependency("org.example", "only", "1.0", "test")));
    notebook.done("%" + pom(project.resolve("pom.xml").toString()));
    assertTrue(notebook.displayed().contains("2 jars added"), notebook::displayed);
    assertTrue(isSeen("tree.txt"));
    assertTrue(isSeen("leaf.txt"));
    assertFalse(isSeen("only.txt"));
  }

  @Test
  void dependenciesCanBePastedIntoACell() {
    String wanted = dependency("org.example", "leaf", "${leaf}", "compile");
    notebook.done("%%" + pom("\n<properties><leaf>1.0</leaf></properties>\n" + wanted));
    assertTrue(isSeen("leaf.txt"));
  }

  @Test
  void aRepositoryOfThePomIsAsked() throws IOException {
    settings("");
    String repository = "<repository><id>own</id><url>" + remote.toUri() + "</url></repository>\n";
    notebook.done(
        "%%" + pom("\n" + repository + dependency("org.example", "leaf", "1.0", "compile")));
    assertTrue(isSeen("leaf.txt"));
  }

  @Test
  void aPomThatIsWrongIsToldSo() {
    String text = String.join("\n", notebook.failure("%%" + pom("\n<project><dependencies>")));
    assertTrue(text.contains("no pom: "), text);
    assertTrue(notebook.failure("%%" + pom("\nnothing")).getLast().contains("has no <dependency>"));
    assertTrue(notebook.failure("%" + pom("/none/pom.xml")).getLast().contains("/none/pom.xml"));
    assertTrue(notebook.failure("%" + pom("")).getLast().contains("expects a path"));
    String unversioned =
        "<dependency><groupId>org.example</groupId><artifactId>tree</artifactId></dependency>";
    String why = String.join("\n", notebook.failure("%%" + pom("\n" + unversioned)));
    assertTrue(why.contains("org.example:tree") && why.contains("version"), why);
  }
}
