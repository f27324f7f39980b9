package org.notegrad.kernel.magic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.notegrad.kernel.display.MimeBundle;
import org.notegrad.kernel.eval.CellResult;
import org.notegrad.kernel.eval.Completeness;
import org.notegrad.kernel.eval.Completion.Candidate;
import org.notegrad.kernel.eval.RunMeter;

class MagicsTest {
  private static final Notebook notebook = new Notebook();

  @TempDir Path folder;

  @AfterAll
  static void close() {
    notebook.close();
  }

  @Test
  void javaAroundAMagicRunsInOrder() {
    assertEquals(6, notebook.value("int order = 2;\n%time order++;\norder * 2"));
    assertTrue(notebook.displayed().contains("allocated"), notebook::displayed);
  }

  @Test
  void anUnknownMagicNamesTheLineAndANearOne() {
    var report = notebook.failure("int u = 1;\n%timit u");
    assertEquals("MagicError in cell [1], line 2:", report.get(0));
    assertEquals("    2 | %timit u", report.get(1));
    assertEquals("      | ^^^^^^^^", report.get(2));
    assertTrue(report.get(3).contains("did you mean %timeit?"), () -> report.toString());
  }

  @Test
  void nothingRunsBeforeAMagicThatCanNotBe() {
    notebook.failure("int early = 1;\n%timit early");
    notebook.failure("early");
    var report = notebook.failure("for (int i = 0; i < 3; i++) {\n  %time i\n}");
    assertEquals("MagicError in cell [1], line 2:", report.getFirst());
    assertTrue(report.getLast().contains("not inside a block"), report::toString);
    assertTrue(notebook.failure("int a;\n%%html").getLast().contains("first line of a cell"));
  }

  @Test
  void javaErrorsAfterAMagicKeepTheirLine() {
    var report = notebook.failure("%who\n\nint e = \"x\";");
    assertEquals("CompileError in cell [1], line 3:", report.getFirst());
    assertEquals("    3 | int e = \"x\";", report.get(1));
  }

  @Test
  void theFormMustFit() {
    assertTrue(notebook.failure("%html x").getLast().contains("write %%html"));
    assertTrue(notebook.failure("%%who\n").getLast().contains("write %who"));
  }

  @Test
  void timeGivesTheValueOfItsExpression() {
    assertEquals(5, notebook.value("%time 2 + 3"));
    assertEquals(7, notebook.value("%%time\nint t = 3;\nt + 4"));
  }

  @Test
  void onlyRunningIsMetered() {
    var runs = new ArrayList<String>();
    var meter =
        new RunMeter() {
          @Override
          public void started() {
            runs.add("started");
          }

          @Override
          public void ended() {
            runs.add("ended");
          }
        };
    try (var _ = notebook.java.meter(meter)) {
      notebook.failure("int metered = \"does not compile\";");
      assertEquals(List.of(), runs);
      notebook.done("int metered = 1;");
      assertEquals(List.of("started", "ended"), runs.subList(0, 2));
    }
    int before = runs.size();
    notebook.done("metered++;");
    assertEquals(before, runs.size());
  }

  @Test
  void timeitMeasuresExpressionsStatementsAndBlocks() {
    notebook.done("double[] data = new double[1000];");
    for (String code :
        new String[] {
          "%timeit -n 100 -r 5 Arrays.stream(data).sum()",
          "%timeit -n 100 -r 5 Arrays.fill(data, 1.0)",
          "%%timeit -n 100 -r 5\nint s = 0;\nfor (double d : data) s += d;\ndata[0] = s;",
          "%%timeit -n 100 -r 5\nArrays.stream(data).sum() // twice\n"
        }) {
      notebook.done(code);
      assertTrue(notebook.displayed().contains("median a run"), code);
      assertTrue(notebook.displayed().contains("5 samples of 100 runs"), notebook::displayed);
    }
  }

  @Test
  void timeitReportsErrorsAtTheirPlaceInTheCell() {
    var report = notebook.failure("int k = 1;\n%timeit k.foo()");
    assertEquals("CompileError in cell [1], line 2:", report.getFirst());
    assertEquals("    2 | %timeit k.foo()", report.get(1));
    var thrown = notebook.failure("%timeit Integer.parseInt(\"x\")");
    assertTrue(thrown.getFirst().startsWith("java.lang.NumberFormatException"), thrown::toString);
  }

  @Test
  void timeitCanBeInterrupted() throws InterruptedException {
    var result = interrupted("%timeit Thread.sleep(2000)", 300);
    assertInstanceOf(CellResult.Interrupted.class, result);
  }

  private CellResult interrupted(String code, int afterMillis) throws InterruptedException {
    var interrupter =
        Thread.ofPlatform()
            .start(() -> {
              try {
                Thread.sleep(afterMillis);
              } catch (InterruptedException e) {
                return;
              }
              notebook.evaluator.interrupt();
            });
    var result = notebook.run(code);
    interrupter.join();
    return result;
  }

  @Test
  void whoShowsVariablesAndDeclarationsAndResetForgetsThem() {
    notebook.done("%reset");
    notebook.done("int whoNumber = 42; String whoText = \"a\\nb\"; record Pair(int a, int b) {}");
    notebook.done("long twice(long x, int y) { return 2 * x; }");
    notebook.done("%who");
    String shown = notebook.displayed();
    assertTrue(shown.contains("whoNumber") && shown.contains("42"), shown);
    assertTrue(shown.contains("record Pair"), shown);
    assertTrue(shown.contains("long twice(long, int)"), shown);
    notebook.done("%reset");
    assertTrue(notebook.printed().contains("forgot 4 names"), notebook::printed);
    notebook.done("%who");
    assertTrue(notebook.printed().contains("nothing") || notebook.printed().contains("anything"));
    notebook.failure("whoNumber");
    assertEquals(1, notebook.value("List.of(1).size()"));
  }

  @Test
  void cellsOfHtmlMarkdownAndLatexAreShown() {
    notebook.done("%%html\n<b>x</b>");
    assertEquals("<b>x</b>", notebook.displays.getFirst().data().get(MimeBundle.HTML));
    notebook.done("%%markdown\n# x");
    assertEquals("# x", notebook.displays.getFirst().data().get(MimeBundle.MARKDOWN));
    notebook.done("%%svg\n<svg><!-- </script> --></svg>");
    String html = String.valueOf(notebook.displays.getFirst().data().get(MimeBundle.HTML));
    assertTrue(html.contains("src=\"data:image/svg+xml;base64,"), html);
    notebook.done("%%latex\n$x$");
    assertEquals("$x$", notebook.displays.getFirst().data().get(MimeBundle.LATEX));
  }

  @Test
  void bashStreamsOutputAndTellsItsExitCode() {
    notebook.done("%%bash\necho one; echo two >&2\n");
    assertTrue(notebook.printed().contains("one") && notebook.printed().contains("two"));
    var report = notebook.failure("%bash exit 3");
    assertTrue(report.getLast().contains("exit code 3"), report::toString);
  }

  @Test
  void interruptingBashEndsWhatItStarted() throws Exception {
    Path pid = folder.resolve("pid");
    long start = System.nanoTime();
    var result =
        interrupted("%%bash\nsh -c 'echo $$ > " + pid + "; sleep 60; echo late'\necho late", 500);
    assertInstanceOf(CellResult.Interrupted.class, result);
    assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(10));
    long child = Long.parseLong(Files.readString(pid).strip());
    var handle = ProcessHandle.of(child);
    if (handle.isPresent()) {
      handle.get().onExit().get(5, TimeUnit.SECONDS);
    }
    assertFalse(notebook.printed().contains("late"));
  }

  @Test
  void writefileReplacesAndAppends() throws IOException {
    Path file = folder.resolve("deep/er/notes.txt");
    notebook.done("%%writefile " + file + "\none\n");
    notebook.done("%%writefile -a " + file + "\ntwo");
    assertEquals("one\ntwo", Files.readString(file));
    notebook.done("%%writefile \"" + file + "\"\nthree");
    assertEquals("three", Files.readString(file));
    try (var files = Files.list(file.getParent())) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void loadEvaluatesAFileAndNamesItInErrors() throws IOException {
    Path good = folder.resolve("Good.java");
    Files.writeString(good, "/* about */\npackage a.b;\nclass Loaded { int four() { return 4; } }");
    assertEquals(4, notebook.value("%load " + good + "\nnew Loaded().four()"));
    Path bad = folder.resolve("Bad.java");
    Files.writeString(bad, "int fine;\nint bad = \"\";");
    assertEquals("CompileError in Bad.java, line 2:", notebook.failure("%load " + bad).getFirst());
    assertTrue(notebook.failure("%load none.java").getLast().contains("no such file"));
  }

  @Test
  void classpathAddsFoldersAndJarsByPattern() throws IOException {
    notebook.done("%classpath " + folder);
    assertTrue(notebook.printed().contains("added " + folder), notebook::printed);
    notebook.done("%classpath " + folder);
    assertTrue(notebook.printed().contains("already there"), notebook::printed);
    notebook.done("%classpath");
    assertTrue(notebook.printed().contains(folder.toString()), notebook::printed);
    assertTrue(
        notebook.failure("%classpath " + folder + "/*.jar").getLast().contains("no jar matches"));
    assertTrue(notebook.failure("%classpath /none/x.jar").getLast().contains("/none/x.jar"));
  }

  @Test
  void everyMagicHasHelp() {
    for (Magic magic : notebook.evaluator.magics().all()) {
      notebook.done("%help " + magic.name());
      assertTrue(notebook.displayed().contains(magic.summary()), magic.name());
    }
    notebook.done("%timeit ?");
    assertTrue(notebook.displayed().contains("%timeit [-n RUNS]"), notebook::displayed);
    notebook.done("%lsmagic");
    assertTrue(notebook.displayed().contains("%%writefile"), notebook::displayed);
  }

  @Test
  void doctorTellsOfJavaAndBackends() {
    notebook.done("%notegrad doctor");
    assertTrue(notebook.displayed().contains(Runtime.version().toString()), notebook::displayed);
    assertTrue(notebook.displayed().contains("backends"), notebook::displayed);
  }

  @Test
  void threadsShowsWhatACellLeftRunning() {
    notebook.done(
        "var sleeper = new Thread(() -> { try { Thread.sleep(60_000); }"
            + " catch (InterruptedException e) {} }, \"left-behind\"); sleeper.start();");
    notebook.done("%threads");
    assertTrue(notebook.displayed().contains("left-behind"), notebook::displayed);
    notebook.done("sleeper.interrupt(); sleeper.join();");
  }

  @Test
  void namesOfMagicsAndTheirArgumentsAreCompleted() {
    var names = notebook.evaluator.complete("int a;\n%tim", 11);
    assertEquals(7, names.start());
    assertEquals(
        List.of("%time", "%timeit"), names.candidates().stream().map(Candidate::text).toList());
    assertTrue(
        notebook.evaluator.complete("%%wr", 4).candidates().stream()
            .anyMatch(candidate -> candidate.text().equals("%%writefile")));
    var java = notebook.evaluator.complete("%time \"\".subs", 13);
    assertTrue(
        java.candidates().stream().anyMatch(candidate -> candidate.text().startsWith("substring")),
        java::toString);
    assertEquals(9, java.start());
  }

  @Test
  void filesAreCompleted() throws IOException {
    Files.createFile(folder.resolve("Apple.java"));
    String code = "%load " + folder + "/Ap";
    var completion = notebook.evaluator.complete(code, code.length());
    assertEquals("Apple.java", completion.candidates().getFirst().text());
    assertEquals(code.length() - 2, completion.start());
  }

  @Test
  void aMagicIsInspectedWhereItStands() {
    var inspection = notebook.evaluator.inspect("int a;\n%timeit a", 10, 0).orElseThrow();
    assertTrue(inspection.text().contains("%timeit"), inspection::text);
    assertTrue(inspection.html().contains("<pre"), inspection::html);
  }

  @Test
  void completenessKnowsMagics() {
    assertEquals(new Completeness.Complete(), notebook.evaluator.isComplete("%who"));
    assertInstanceOf(
        Completeness.Incomplete.class, notebook.evaluator.isComplete("%who\nfor (;;) {"));
    assertInstanceOf(Completeness.Incomplete.class, notebook.evaluator.isComplete("%%bash\nls"));
    assertEquals(new Completeness.Complete(), notebook.evaluator.isComplete("%%bash\nls\n"));
  }
}
