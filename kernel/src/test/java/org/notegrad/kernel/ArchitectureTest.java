package org.notegrad.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page that tells how Notegrad is built. */
class ArchitectureTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern CLASS = Pattern.compile("(?:final )?class (\\w+)");
  private static final Pattern PATH =
      Pattern.compile("`((?:library|kernel|buildtools|launcher|docs)/[\\w/.-]+)`");
  private static final Pattern SHORT_PATH = Pattern.compile("`((?:ops|cpu|backend)/\\w+\\.java)`");

  @TempDir private Path out;

  private static String page() throws IOException {
    return Files.readString(ROOT.resolve("docs/architecture.md"));
  }

  private static JavaFileObject source(String code) {
    var name = CLASS.matcher(code);
    assertTrue(name.find(), code);
    return new SimpleJavaFileObject(
        URI.create("string:///" + name.group(1) + ".java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignored) {
        return code;
      }
    };
  }

  @Test
  void itsSnippetsCompile() throws Exception {
    var sources = new ArrayList<JavaFileObject>();
    SNIPPET.matcher(page()).results().forEach(m -> sources.add(source(m.group(1))));
    assertEquals(6, sources.size());
    var problems = new DiagnosticCollector<JavaFileObject>();
    boolean compiled =
        ToolProvider.getSystemJavaCompiler()
            .getTask(
                null,
                null,
                problems,
                List.of("-d", out.toString(), "-proc:none", "-Xlint:all,-missing-explicit-ctor"),
                null,
                sources)
            .call();
    assertTrue(compiled && problems.getDiagnostics().isEmpty(), problems.getDiagnostics() + "");
  }

  @Test
  void itsPathsExist() throws Exception {
    List<String> paths = PATH.matcher(page()).results().map(m -> m.group(1)).toList();
    assertTrue(paths.size() > 15, paths + "");
    for (String path : paths) {
      assertTrue(Files.exists(ROOT.resolve(path)), path);
    }
    Path core = ROOT.resolve("library/core/src/main/java/org/notegrad");
    for (var path : SHORT_PATH.matcher(page()).results().map(m -> m.group(1)).toList()) {
      assertTrue(Files.exists(core.resolve(path)), path);
    }
  }
}
