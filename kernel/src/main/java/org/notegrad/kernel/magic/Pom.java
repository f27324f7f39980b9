package org.notegrad.kernel.magic;

import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.maven.model.Model;
import org.apache.maven.model.io.xpp3.MavenXpp3Reader;
import org.codehaus.plexus.util.xml.pull.XmlPullParserException;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.repository.WorkspaceReader;
import org.eclipse.aether.repository.WorkspaceRepository;

/**
 * A project's pom. The resolver finds it here, and those of its parents that lie beside it; all
 * else comes from repositories.
 */
final class Pom implements WorkspaceReader {
  private static final Pattern PARTS =
      Pattern.compile(
          "<(properties|dependencyManagement|repository|dependency)>.*?</\\1>", Pattern.DOTALL);
  private static final String PROJECT =
      "<project><modelVersion>4.0.0</modelVersion><groupId>notebook</groupId>"
          + "<artifactId>cell</artifactId><version>1</version>%s</project>";

  private final WorkspaceRepository repository = new WorkspaceRepository("notebook");
  private final Map<String, Path> files = new HashMap<>();
  private final Artifact artifact;

  private Pom(Path file) {
    artifact = register(file);
  }

  /** A pom in a file, or in a folder that has one. */
  static Pom read(Path path) {
    Path file = Files.isDirectory(path) ? path.resolve("pom.xml") : path;
    if (!Files.isRegularFile(file)) {
      throw new MagicException("there is no file " + file.toAbsolutePath());
    }
    return new Pom(file.toAbsolutePath().normalize());
  }

  /** A pom that is written out, or parts of one. */
  static Pom of(String text) {
    String whole = text.contains("<project") ? text : project(text);
    try {
      Path file = Files.createTempFile("notegrad", ".pom");
      file.toFile().deleteOnExit();
      return new Pom(Files.writeString(file, whole.strip()));
    } catch (IOException e) {
      throw new MagicException("can't keep the pom in a file: " + e.getMessage(), e);
    }
  }

  private static String project(String parts) {
    var byName = new HashMap<String, StringBuilder>();
    var matcher = PARTS.matcher(parts);
    while (matcher.find()) {
      byName.computeIfAbsent(matcher.group(1), n -> new StringBuilder()).append(matcher.group());
    }
    if (!byName.containsKey("dependency")) {
      throw new MagicException("has no <dependency>...</dependency>");
    }
    var all = new StringBuilder();
    for (String whole : List.of("properties", "dependencyManagement")) {
      all.append(byName.getOrDefault(whole, new StringBuilder()));
    }
    var repositories = byName.getOrDefault("repository", new StringBuilder());
    all.append("<repositories>").append(repositories).append("</repositories>");
    all.append("<dependencies>").append(byName.get("dependency")).append("</dependencies>");
    return PROJECT.formatted(all);
  }

  /** Notes where a project's pom and its parents' are. */
  private Artifact register(Path file) {
    Model model = model(file);
    var parent = model.getParent();
    var self =
        new DefaultArtifact(
            model.getGroupId() == null && parent != null ? parent.getGroupId() : model.getGroupId(),
            model.getArtifactId(),
            "pom",
            model.getVersion() == null && parent != null
                ? parent.getVersion()
                : model.getVersion());
    boolean isNew = files.put(self.toString(), file) == null;
    if (isNew && parent != null && !parent.getRelativePath().isEmpty()) {
      Path beside = file.resolveSibling(parent.getRelativePath()).normalize();
      Path above = Files.isDirectory(beside) ? beside.resolve("pom.xml") : beside;
      if (Files.isRegularFile(above)) {
        register(above);
      }
    }
    return self;
  }

  private static Model model(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new MagicException("can't read " + file + ": " + e.getMessage(), e);
    }
    try {
      return new MavenXpp3Reader().read(new StringReader(text));
    } catch (XmlPullParserException | IOException e) { // the latter where the text just ends
      throw new MagicException("no pom: " + e.getMessage(), e);
    }
  }

  /** The project itself. */
  Artifact artifact() {
    return artifact;
  }

  boolean isSelf(Artifact other) {
    return MavenResolver.key(other).equals(MavenResolver.key(artifact))
        && other.getVersion().equals(artifact.getVersion());
  }

  @Override
  public WorkspaceRepository getRepository() {
    return repository;
  }

  @Override
  public File findArtifact(Artifact wanted) {
    Path file = files.get(wanted.toString());
    return file == null ? null : file.toFile();
  }

  @Override
  public List<String> findVersions(Artifact wanted) {
    return List.of();
  }
}
