package org.notegrad.kernel;

import java.util.List;
import java.util.Map;

/** What the kernel says of itself. */
public final class KernelVersion {
  private KernelVersion() {}

  /** The version in the jar's manifest. */
  public static String get() {
    String version = KernelVersion.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  static List<Map<String, String>> helpLinks() {
    int java = Runtime.version().feature();
    return List.of(
        link("Java API", "https://docs.oracle.com/en/java/javase/" + java + "/docs/api/"),
        link("Java language", "https://dev.java/learn/"),
        link("JShell", "https://dev.java/learn/jshell-tool/"));
  }

  private static Map<String, String> link(String text, String url) {
    return Map.of("text", text, "url", url);
  }
}
