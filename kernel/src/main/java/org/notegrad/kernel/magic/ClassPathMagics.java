package org.notegrad.kernel.magic;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.notegrad.kernel.eval.CellResult;
import org.notegrad.kernel.magic.Magic.Form;
import org.notegrad.kernel.magic.Magic.Operands;

/** {@code %classpath}, {@code %maven} and {@code %loadFromPOM}. */
final class ClassPathMagics {
  private ClassPathMagics() {}

  static List<Magic> all() {
    return List.of(
        Magic.line(
                "classpath",
                "[PATH...]",
                "Makes jars and folders of classes usable by cells.",
                ClassPathMagics::classPath)
            .aliases("jars")
            .operands(Operands.FILES)
            .details(
                """
                A path may hold `*`, `?` and `**`, which match jars and folders. Without a path it
                lists what cells have added. A class that is already loaded stays as it is: to
                change a jar, restart the kernel. What a jar names in its
                `org/notegrad/default-imports.txt` is imported, as `%maven` does.

                ```
                %classpath lib/*.jar
                %classpath target/classes
                ```
                """),
        Magic.line(
                "maven",
                "[--repo URL] [--exclude GROUP:NAME] [--offline] GROUP:NAME:VERSION...",
                "Gets artifacts and all that they need by Maven, and makes them usable by cells.",
                MavenMagic::maven)
            .aliases("addMavenDependency", "addMavenDependencies")
            .details(
                """
                Mirrors, proxies and passwords are those of your `~/.m2/settings.xml`, and artifacts
                are kept in your local repository, as Maven does. What the kernel itself already
                has is not loaded twice.

                Notegrad's own jars are imported too, as those are that the kernel starts with: a
                jar may list its import declarations, one a line, in
                `org/notegrad/default-imports.txt`. So `%maven org.notegrad:notegrad-tables:VERSION`
                needs no `import org.notegrad.tables.*;`.

                `--repo` names one more repository, for this call and those that follow;
                `--exclude` leaves out an artifact and what only it needs; `--offline` takes only
                what is in the local repository; `--settings FILE` reads other settings.

                ```
                %maven tech.tablesaw:tablesaw-core:0.44.4
                %maven --repo https://repo.example.org/releases org.example:thing:1.0
                ```
                """),
        Magic.line(
                "loadFromPOM",
                "[--exclude GROUP:NAME] [--offline] [POM]",
                "Gets the dependencies of a Maven project, and makes them usable by cells.",
                MavenMagic::pom)
            .forms(EnumSet.of(Form.LINE, Form.CELL))
            .operands(Operands.FILES)
            .details(
                """
                Takes a project's `pom.xml`, or in the lines below `%%loadFromPOM` a whole pom or parts
                of one: `<dependency>`, `<repository>`, `<properties>`, `<dependencyManagement>`.
                Dependencies of the scopes compile and runtime are added, as by `%maven`.

                ```
                %loadFromPOM ../pom.xml
                ```

                ```
                %%loadFromPOM
                <dependency>
                  <groupId>tech.tablesaw</groupId>
                  <artifactId>tablesaw-core</artifactId>
                  <version>0.44.4</version>
                </dependency>
                ```
                """),
        Magic.line(
                "mavenRepo",
                "[NAME] URL",
                "Adds a repository in which %maven looks.",
                MavenMagic::repository)
            .aliases("addMavenRepo"));
  }

  private static CellResult classPath(MagicCall call) {
    var words = call.words().rest();
    var classPath = call.notebook().classPath();
    if (words.isEmpty()) {
      return call.inCell(() -> {
        if (classPath.entries().isEmpty()) {
          System.out.println("cells have added nothing to the class path");
        }
        classPath.entries().forEach(System.out::println);
      });
    }
    var found = new ArrayList<Path>();
    words.forEach(word -> found.addAll(ClassPath.find(word)));
    var added = classPath.add(found);
    return call.notebook()
        .loadLibraries(
            call,
            () -> {
              added.forEach(path -> System.out.println("added " + path));
              if (added.isEmpty()) {
                System.out.println("already there: " + found);
              }
            });
  }
}
