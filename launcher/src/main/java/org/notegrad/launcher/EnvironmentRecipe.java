package org.notegrad.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a Python environment of the clone holds.
 *
 * @param name of its folder in {@code .notegrad}
 * @param contents as a person is told, such as {@code JupyterLab}
 * @param cost as a person is told, such as {@code about half a minute}
 * @param pip what {@code pip install} is given: requirements, and files of them
 * @param identity changes whenever the environment must be made anew
 * @param megabytes what making it takes on the disk
 */
public record EnvironmentRecipe(
    String name, String contents, String cost, List<String> pip, String identity, long megabytes) {

  public EnvironmentRecipe {
    pip = List.copyOf(pip);
  }

  /** An environment of pinned packages, such as {@code torch==2.15.0}. */
  public static EnvironmentRecipe ofPackages(
      String name, String contents, String cost, long megabytes, List<String> packages) {
    return new EnvironmentRecipe(
        name, contents, cost, packages, String.join("\n", packages) + "\n", megabytes);
  }

  /** What notebooks are executed and read with. */
  static EnvironmentRecipe jupyter(Workspace workspace) throws IOException {
    Path requirements = workspace.pythonSources().resolve("requirements.txt");
    Path constraints = workspace.pythonSources().resolve("constraints.txt");
    return new EnvironmentRecipe(
        "venv",
        "JupyterLab",
        "about half a minute",
        List.of("-r", requirements.toString(), "-c", constraints.toString()),
        Files.readString(requirements) + Files.readString(constraints),
        400);
  }
}
