package org.notegrad.kernel.magic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession.CloseableSession;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.collection.DependencySelector;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.graph.DependencyFilter;
import org.eclipse.aether.graph.Exclusion;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactDescriptorPolicy;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.resolution.VersionRangeRequest;
import org.eclipse.aether.resolution.VersionRangeResolutionException;
import org.eclipse.aether.supplier.RepositorySystemSupplier;
import org.eclipse.aether.supplier.SessionBuilderSupplier;
import org.eclipse.aether.util.graph.selector.AndDependencySelector;
import org.eclipse.aether.util.graph.selector.ExclusionDependencySelector;
import org.eclipse.aether.util.repository.SimpleResolutionErrorPolicy;
import org.eclipse.aether.version.Version;

/** Finds artifacts and all that they need, as Maven 3 does. */
final class MavenResolver {
  /**
   * What to resolve.
   *
   * @param coordinates each {@code group:name[:extension[:classifier]]:version}
   * @param project whose dependencies to get too
   * @param excluded {@code group:name} of what to leave out, with what only it needs
   * @param present {@code group:name} of what is already there
   */
  record Request(
      List<Artifact> coordinates,
      Optional<Pom> project,
      List<String> excluded,
      Set<String> present) {}

  private static final String RUNTIME = "runtime";
  private static final Set<String> AT_RUN_TIME = Set.of(RUNTIME, "compile", "");

  private final RepositorySystem system;
  private final MavenSettings settings;
  private final List<RemoteRepository> repositories;
  private final MavenProgress progress;
  private final boolean offline;

  private MavenResolver(
      RepositorySystem system,
      MavenSettings settings,
      List<RemoteRepository> repositories,
      MavenProgress progress,
      boolean offline) {
    this.system = system;
    this.settings = settings;
    this.repositories = repositories;
    this.progress = progress;
    this.offline = offline;
  }

  /** The part that is costly to make and shared by all calls. */
  static RepositorySystem newSystem() {
    // SLF4J would tell on stderr that it has no logger; nobody here reads the resolver's log.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    return new RepositorySystemSupplier().get();
  }

  /** A resolver that looks into the settings' repositories and some more. */
  static MavenResolver of(
      RepositorySystem system,
      MavenSettings settings,
      List<RemoteRepository> more,
      MavenProgress progress,
      MavenOptions options) {
    var repositories = new ArrayList<>(more);
    repositories.addAll(settings.repositories());
    return new MavenResolver(
        system, settings, repositories, progress, options.offline() || settings.isOffline());
  }

  /** Reads a coordinate. */
  static Artifact artifact(String coordinate) {
    try {
      return new DefaultArtifact(coordinate);
    } catch (IllegalArgumentException e) {
      throw new MagicException("no coordinate: " + coordinate + "; expected GROUP:NAME:VERSION", e);
    }
  }

  static String key(Artifact artifact) {
    return artifact.getGroupId() + ":" + artifact.getArtifactId();
  }

  /** All artifacts that a request leads to and that are not present, with their files. */
  List<Artifact> resolve(Request request) {
    try (var session = session(request.excluded(), request.project())) {
      var collect = new CollectRequest();
      request.project().ifPresent(pom -> collect.setRoot(new Dependency(pom.artifact(), RUNTIME)));
      for (Artifact artifact : request.coordinates()) {
        collect.addDependency(new Dependency(artifact, RUNTIME));
      }
      collect.setRepositories(system.newResolutionRepositories(session, repositories));
      DependencyFilter filter =
          (node, parents) ->
              (request.project().isEmpty() || !parents.isEmpty())
                  && isWanted(node.getDependency(), request.present());
      return system
          .resolveDependencies(session, new DependencyRequest(collect, filter))
          .getArtifactResults()
          .stream()
          .map(ArtifactResult::getArtifact)
          .toList();
    } catch (DependencyResolutionException e) {
      throw new MagicException(MavenErrors.explain(e) + newest(request.coordinates()), e);
    }
  }

  /** Whether cells need an artifact when they run, and don't have it. */
  private static boolean isWanted(Dependency dependency, Set<String> present) {
    return dependency == null
        || (AT_RUN_TIME.contains(dependency.getScope())
            && !present.contains(key(dependency.getArtifact())));
  }

  private String newest(List<Artifact> wanted) {
    var hints = new StringBuilder();
    for (Artifact artifact : wanted) {
      var versions = versions(artifact);
      if (!versions.isEmpty() && !versions.contains(artifact.getVersion())) {
        hints.append(
            "\nthe newest version of %s is %s".formatted(key(artifact), versions.getLast()));
      }
    }
    return hints.toString();
  }

  /** The versions of an artifact that its repositories list, the newest last. */
  List<String> versions(Artifact artifact) {
    try (var session = session(List.of(), Optional.empty())) {
      var request = new VersionRangeRequest();
      request.setArtifact(artifact.setVersion("[0,)"));
      request.setRepositories(system.newResolutionRepositories(session, repositories));
      return system.resolveVersionRange(session, request).getVersions().stream()
          .map(Version::toString)
          .toList();
    } catch (VersionRangeResolutionException e) {
      return List.of(); // a hint's worth only; the failure itself has been reported
    }
  }

  private CloseableSession session(List<String> excluded, Optional<Pom> project) {
    var exclusions = excluded.stream().map(MavenResolver::exclusion).toList();
    var supplier =
        new SessionBuilderSupplier(system) {
          @Override
          protected DependencySelector getDependencySelector() {
            return new AndDependencySelector(
                super.getDependencySelector(), new ExclusionDependencySelector(exclusions));
          }
        };
    var builder =
        supplier
            .get()
            .withLocalRepositoryBaseDirectories(settings.localRepository())
            .setSystemProperties(System.getProperties())
            .setConfigProperty("aether.transport.http.userAgent", "Notegrad")
            .setConfigProperty("aether.transport.http.connectTimeout", 10_000)
            .setResolutionErrorPolicy(new SimpleResolutionErrorPolicy(false, false))
            .setTransferListener(progress)
            .setOffline(offline);
    project.ifPresent(pom ->
        builder
            .setWorkspaceReader(pom)
            .setArtifactDescriptorPolicy((_, request) ->
                pom.isSelf(request.getArtifact())
                    ? ArtifactDescriptorPolicy.STRICT
                    : ArtifactDescriptorPolicy.IGNORE_ERRORS));
    return settings.applyTo(builder).build();
  }

  private static Exclusion exclusion(String groupAndName) {
    int colon = groupAndName.indexOf(':');
    if (colon < 0) {
      throw new MagicException("--exclude expects GROUP:NAME, got " + groupAndName);
    }
    return new Exclusion(
        groupAndName.substring(0, colon), groupAndName.substring(colon + 1), "*", "*");
  }
}
