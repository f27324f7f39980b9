package org.notegrad.kernel.magic;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.settings.Profile;
import org.apache.maven.settings.Repository;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.DefaultSettingsBuilderFactory;
import org.apache.maven.settings.building.DefaultSettingsBuildingRequest;
import org.apache.maven.settings.building.SettingsBuildingException;
import org.apache.maven.settings.crypto.DefaultSettingsDecrypter;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.eclipse.aether.RepositorySystemSession.SessionBuilder;
import org.eclipse.aether.repository.Authentication;
import org.eclipse.aether.repository.Proxy;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.repository.RepositoryPolicy;
import org.eclipse.aether.util.repository.AuthenticationBuilder;
import org.eclipse.aether.util.repository.DefaultAuthenticationSelector;
import org.eclipse.aether.util.repository.DefaultMirrorSelector;
import org.eclipse.aether.util.repository.DefaultProxySelector;
import org.sonatype.plexus.components.cipher.DefaultPlexusCipher;
import org.sonatype.plexus.components.sec.dispatcher.DefaultSecDispatcher;

/** A person's own settings of Maven: mirrors, proxies, passwords, repositories. */
final class MavenSettings {
  private static final RemoteRepository CENTRAL =
      new RemoteRepository.Builder("central", "default", "https://repo.maven.apache.org/maven2")
          .setSnapshotPolicy(new RepositoryPolicy(false, null, null))
          .build();

  private final Settings settings;
  private final SettingsDecryptionResult secrets;

  private MavenSettings(Settings settings, SettingsDecryptionResult secrets) {
    this.settings = settings;
    this.secrets = secrets;
  }

  /**
   * Reads settings as Maven does: a person's own, then the installation's.
   *
   * @param file instead of {@code ~/.m2/settings.xml}
   */
  static MavenSettings read(Optional<Path> file) {
    Path folder = Path.of(System.getProperty("user.home"), ".m2");
    file.filter(path -> !Files.isRegularFile(path))
        .ifPresent(path -> {
          throw new MagicException("there are no settings " + path.toAbsolutePath());
        });
    var request =
        new DefaultSettingsBuildingRequest()
            .setUserSettingsFile(file.orElse(folder.resolve("settings.xml")).toFile())
            .setGlobalSettingsFile(installationSettings())
            .setSystemProperties(System.getProperties());
    System.getenv()
        .forEach((name, value) -> request.getSystemProperties().setProperty("env." + name, value));
    try {
      var settings =
          new DefaultSettingsBuilderFactory().newInstance().build(request).getEffectiveSettings();
      var dispatcher =
          new DefaultSecDispatcher(
              new DefaultPlexusCipher(),
              Map.of(),
              folder.resolve("settings-security.xml").toString());
      var secrets =
          new DefaultSettingsDecrypter(dispatcher)
              .decrypt(new DefaultSettingsDecryptionRequest(settings));
      return new MavenSettings(settings, secrets);
    } catch (SettingsBuildingException e) {
      throw new MagicException("Maven's settings can't be read: " + e.getMessage(), e);
    }
  }

  private static File installationSettings() {
    String home = System.getenv("MAVEN_HOME");
    return home == null ? null : Path.of(home, "conf", "settings.xml").toFile();
  }

  boolean isOffline() {
    return settings.isOffline();
  }

  /** Where artifacts are kept. */
  Path localRepository() {
    String set = settings.getLocalRepository();
    return set == null || set.isBlank()
        ? Path.of(System.getProperty("user.home"), ".m2", "repository")
        : FileMagics.path(set);
  }

  /** The repositories of the active profiles, then Maven Central. */
  List<RemoteRepository> repositories() {
    var all = new ArrayList<RemoteRepository>();
    for (Profile profile : settings.getProfiles()) {
      boolean active =
          settings.getActiveProfiles().contains(profile.getId())
              || (profile.getActivation() != null && profile.getActivation().isActiveByDefault());
      if (active) {
        profile.getRepositories().forEach(repository -> all.add(remote(repository)));
      }
    }
    if (all.stream().noneMatch(repository -> repository.getId().equals(CENTRAL.getId()))) {
      all.add(CENTRAL);
    }
    return all;
  }

  private static RemoteRepository remote(Repository repository) {
    return new RemoteRepository.Builder(
            repository.getId(), repository.getLayout(), repository.getUrl())
        .setReleasePolicy(policy(repository.getReleases()))
        .setSnapshotPolicy(policy(repository.getSnapshots()))
        .build();
  }

  private static RepositoryPolicy policy(org.apache.maven.settings.RepositoryPolicy set) {
    return set == null
        ? new RepositoryPolicy()
        : new RepositoryPolicy(set.isEnabled(), set.getUpdatePolicy(), set.getChecksumPolicy());
  }

  /** Makes a session obey these settings. */
  SessionBuilder applyTo(SessionBuilder session) {
    return session
        .setMirrorSelector(mirrors())
        .setProxySelector(proxies())
        .setAuthenticationSelector(passwords());
  }

  private DefaultMirrorSelector mirrors() {
    var selector = new DefaultMirrorSelector();
    for (var mirror : settings.getMirrors()) {
      selector.add(
          mirror.getId(),
          mirror.getUrl(),
          mirror.getLayout(),
          false,
          mirror.isBlocked(),
          mirror.getMirrorOf(),
          mirror.getMirrorOfLayouts());
    }
    return selector;
  }

  private DefaultProxySelector proxies() {
    var selector = new DefaultProxySelector();
    for (var proxy : secrets.getProxies()) {
      if (proxy.isActive()) {
        Authentication login =
            new AuthenticationBuilder()
                .addUsername(proxy.getUsername())
                .addPassword(proxy.getPassword())
                .build();
        selector.add(
            new Proxy(proxy.getProtocol(), proxy.getHost(), proxy.getPort(), login),
            proxy.getNonProxyHosts());
      }
    }
    return selector;
  }

  private DefaultAuthenticationSelector passwords() {
    var selector = new DefaultAuthenticationSelector();
    for (var server : secrets.getServers()) {
      selector.add(
          server.getId(),
          new AuthenticationBuilder()
              .addUsername(server.getUsername())
              .addPassword(server.getPassword())
              .addPrivateKey(server.getPrivateKey(), server.getPassphrase())
              .build());
    }
    return selector;
  }
}
