package org.notegrad.kernel.magic;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The arguments of {@code %maven}.
 *
 * @param coordinates what to get
 * @param repositories further repositories, by URL
 * @param excluded {@code group:name} of what to leave out
 * @param settings instead of the person's own
 * @param offline whether to take only what is in the local repository
 */
record MavenOptions(
    List<String> coordinates,
    List<String> repositories,
    List<String> excluded,
    Optional<Path> settings,
    boolean offline) {
  static MavenOptions of(Words words) {
    boolean offline = words.take("--offline", "-o");
    var settings = words.takeValue("--settings").map(FileMagics::path);
    var repositories = all(words, "--repo");
    var excluded = all(words, "--exclude");
    return new MavenOptions(words.rest(), repositories, excluded, settings, offline);
  }

  MavenOptions coordinates(List<String> others) {
    return new MavenOptions(others, repositories, excluded, settings, offline);
  }

  private static List<String> all(Words words, String option) {
    var values = new ArrayList<String>();
    for (var value = words.takeValue(option); value.isPresent(); value = words.takeValue(option)) {
      values.add(value.get());
    }
    return values;
  }
}
