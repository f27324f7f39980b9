package org.notegrad.kernel.magic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.repository.RemoteRepository;
import org.notegrad.kernel.eval.CellResult;
import org.notegrad.kernel.values.Grid;

/** What {@code %maven} and {@code %loadFromPOM} do in a session. */
final class MavenMagic {
  private final List<RemoteRepository> repositories = new ArrayList<>();
  private RepositorySystem system;

  /** Adds a repository; nothing happens if its URL is known. */
  private void add(String name, String url) {
    if (!url.contains(":/")) {
      throw new MagicException("no URL of a repository: " + url);
    }
    if (repositories.stream().noneMatch(known -> known.getUrl().equals(url))) {
      repositories.add(new RemoteRepository.Builder(name, "default", url).build());
    }
  }

  static CellResult repository(MagicCall call) {
    var words = call.words().rest();
    if (words.isEmpty() || words.size() > 2) {
      throw new MagicException("expects a URL: %mavenRepo https://repo.example.org/releases");
    }
    call.notebook().maven().add(words.getFirst(), words.getLast());
    return new CellResult.Nothing();
  }

  static CellResult maven(MagicCall call) {
    var options = MavenOptions.of(call.words());
    if (options.coordinates().isEmpty()) {
      throw new MagicException("expects a coordinate: %maven GROUP:NAME:VERSION");
    }
    return call.notebook().maven().get(call, options, Optional.empty());
  }

  static CellResult pom(MagicCall call) {
    var options = MavenOptions.of(call.words());
    var paths = options.coordinates();
    if (paths.size() != (call.isWholeCell() ? 0 : 1)) {
      throw new MagicException(
          "expects a path, %loadFromPOM pom.xml, or dependencies in the lines below %%loadFromPOM");
    }
    var project =
        call.isWholeCell() ? Pom.of(call.body()) : Pom.read(FileMagics.path(paths.getFirst()));
    return call.notebook().maven().get(call, options.coordinates(List.of()), Optional.of(project));
  }

  private CellResult get(MagicCall call, MavenOptions options, Optional<Pom> project) {
    for (String url : options.repositories()) {
      add(url, url);
    }
    var progress = new MavenProgress();
    var classPath = call.notebook().classPath();
    var result = call.inCell(() -> resolve(options, project, classPath, progress));
    if (!(result instanceof CellResult.Value(Resolved resolved))) {
      progress.fail();
      return result;
    }
    classPath.add(resolved.files());
    for (Artifact artifact : resolved.artifacts()) {
      classPath.note(MavenResolver.key(artifact), artifact.getVersion());
    }
    return call.notebook().loadLibraries(call, () -> progress.finish(resolved.view()));
  }

  private CellResult resolve(
      MavenOptions options, Optional<Pom> project, ClassPath classPath, MavenProgress progress)
      throws InterruptedException {
    var wanted = options.coordinates().stream().map(this::unversioned).toList();
    if (system == null) {
      system = MavenResolver.newSystem();
    }
    var settings = MavenSettings.read(options.settings());
    var resolver = MavenResolver.of(system, settings, repositories, progress, options);
    var present = new TreeMap<>(classPath.artifacts());
    var request =
        new MavenResolver.Request(
            withVersions(wanted, resolver), project, options.excluded(), present.keySet());
    var task = new FutureTask<>(() -> resolver.resolve(request));
    var thread = new Thread(task, "maven");
    thread.setDaemon(true);
    thread.start();
    try {
      return new CellResult.Value(new Resolved(request, present, task.get(), progress));
    } catch (InterruptedException e) {
      progress.cancel();
      throw e;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof MagicException told
          ? told
          : new MagicException(MavenErrors.explain(e.getCause()), e);
    }
  }

  /** A coordinate without a version gets a version that means none. */
  private Artifact unversioned(String coordinate) {
    return MavenResolver.artifact(
        coordinate.matches("[^:]+:[^:]+") ? coordinate + ":?" : coordinate);
  }

  private static List<Artifact> withVersions(List<Artifact> wanted, MavenResolver resolver) {
    for (Artifact artifact : wanted) {
      if (artifact.getVersion().equals("?")) {
        var versions = resolver.versions(artifact);
        String key = MavenResolver.key(artifact);
        throw new MagicException(
            versions.isEmpty()
                ? key + " has no version, and none was found"
                : key
                    + " has no version; the newest is "
                    + versions.getLast()
                    + ": %maven "
                    + key
                    + ":"
                    + versions.getLast());
      }
    }
    return wanted;
  }

  /** What came of a call. */
  private record Resolved(
      MavenResolver.Request request,
      TreeMap<String, String> present,
      List<Artifact> artifacts,
      MavenProgress progress) {
    List<Path> files() {
      return artifacts.stream().map(Artifact::getPath).toList();
    }

    Grid view() {
      var notes = new ArrayList<String>();
      for (Artifact wanted : request.coordinates()) {
        String there = present.get(MavenResolver.key(wanted));
        if (there != null) {
          boolean same = there.equals(wanted.getVersion());
          notes.add(
              MavenResolver.key(wanted)
                  + (same ? " is already there" : " is already there in version " + there)
                  + (same ? "" : ", which a running session can't change"));
        }
      }
      var rows =
          artifacts.stream()
              .map(artifact ->
                  List.of(MavenResolver.key(artifact), artifact.getVersion(), size(artifact)))
              .toList();
      long bytes = artifacts.stream().mapToLong(a -> length(a.getPath())).sum();
      String caption =
          artifacts.isEmpty()
              ? "Nothing added"
              : "%d %s added, %s, %s"
                  .formatted(
                      artifacts.size(),
                      artifacts.size() == 1 ? "jar" : "jars",
                      Units.bytes(bytes),
                      progress.jars() == 0
                          ? "from the local repository"
                          : "%d downloaded in %s"
                              .formatted(progress.jars(), Units.time(progress.nanos())));
      return new Grid(caption, List.of(), rows, String.join("; ", notes));
    }

    private static String size(Artifact artifact) {
      return Units.bytes(length(artifact.getPath()));
    }

    private static long length(Path file) {
      try {
        return Files.size(file);
      } catch (IOException e) {
        throw new UncheckedIOException("reading " + file, e);
      }
    }
  }
}
