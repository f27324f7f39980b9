package org.notegrad.kernel.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** After an interrupt a cell's work has ended: no thread of it uses the processor any more. */
class InterruptTest {

  private static final String GO = "org.notegrad.kernel.eval.Cells.started = true;\n";

  private static final Cells CELLS = new Cells();

  private final long firstThread = Thread.ofPlatform().unstarted(() -> {}).threadId();
  private final Cells cells = CELLS;
  private final long ownThread = (long) cells.value("Thread.currentThread().threadId()");

  @AfterAll
  static void close() {
    CELLS.close();
  }

  static Stream<Arguments> stoppable() {
    return Stream.of(
        Arguments.of("tight loop", "", "while (true) {}"),
        Arguments.of("counting loop", "long n = 0;", "for (;;) n++;"),
        Arguments.of("counting loop over a local", "", "{ int n = 0; while (n != n + 1) n++; }"),
        Arguments.of(
            "recursion", "void r(int d) { if (d > 0) { r(d - 1); r(d - 1); } }", "r(100);"),
        Arguments.of(
            "lambda in a stream",
            "",
            "Stream.iterate(0, i -> i + 1).filter(i -> false).findFirst()"),
        Arguments.of(
            "lambda in a parallel stream",
            "",
            "LongStream.range(0, Long.MAX_VALUE).parallel().map(i -> i ^ 5).sum()"),
        Arguments.of(
            "method of a class",
            "class Looper { void run() { int k = 0; while (true) k++; } }",
            "new Looper().run();"),
        Arguments.of(
            "static initializer",
            "class Init { static int x; static { while (x == 0); } }",
            "Init.x"),
        Arguments.of(
            "catching Exception",
            "",
            "while (true) { try { Thread.sleep(1); } catch (Exception e) {} }"),
        Arguments.of(
            "catching Throwable",
            "",
            "while (true) { try { Thread.sleep(1); } catch (Throwable e) {} }"),
        Arguments.of(
            "continuing in finally",
            "",
            "while (true) { try { Thread.sleep(1); } finally { continue; } }"),
        Arguments.of("sleep", "", "Thread.sleep(60_000);"),
        Arguments.of("accept", "", "new java.net.ServerSocket(0).accept();"),
        Arguments.of(
            "join of a thread that loops",
            "var worker = new Thread(() -> { while (true); });",
            "worker.start();\nworker.join();"),
        Arguments.of(
            "virtual threads", "", "Thread.startVirtualThread(() -> { while (true); }).join();"),
        Arguments.of(
            "virtual threads that sleep and catch",
            "",
            "for (int i = 0; i < 5; i++) Thread.startVirtualThread(() -> { while (true) { "
                + "try { Thread.sleep(300); } catch (InterruptedException e) {} "
                + "long end = System.nanoTime() + 400_000_000L; while (System.nanoTime() < end); "
                + "} }); Thread.sleep(60_000);"),
        Arguments.of(
            "executor",
            "var pool = Executors.newFixedThreadPool(2);",
            "pool.submit(() -> { while (true); }).get();"),
        Arguments.of(
            "switch loop",
            "int s = 0;",
            "while (true) switch (s) { case 0: s = 1; continue; default: s = 0; }"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stoppable")
  void stops(String name, String before, String code) throws InterruptedException {
    var result = cells.interrupted(before + "\n" + GO + code);
    assertInstanceOf(CellResult.Interrupted.class, result, result::toString);
    assertIdle();
    assertEquals(2, cells.value("1 + 1"));
  }

  @Test
  void regularExpressionIsAbandonedAndTheNextCellRuns() {
    var code =
        "boolean done = false;\n"
            + GO
            + "done = \"a\".repeat(26).matches(\"(a*)*\\\\1b\") || true;";
    long start = System.nanoTime();
    var result = cells.interrupted(code);
    double seconds = (System.nanoTime() - start) / 1e9;
    var abandoned = assertInstanceOf(CellResult.Abandoned.class, result, result::toString);
    assertTrue(seconds < 3, () -> "took " + seconds + " s");
    assertTrue(
        Thread.getAllStackTraces().keySet().stream()
            .anyMatch(thread -> thread.getName().equals(abandoned.threadName())));
    assertTrue(String.join("\n", abandoned.traceback()).contains(abandoned.threadName()));
    assertEquals(2, cells.value("1 + 1"));
  }

  @Test
  void abandonedThreadEndsWhenItComesBackToCodeOfTheCell() throws InterruptedException {
    var code =
        """
        long until = System.nanoTime() + 2_000_000_000L;
        org.notegrad.kernel.eval.Cells.started = true;
        { org.notegrad.kernel.eval.Cells.busy(until); while (true); }
        """;
    var result = cells.interrupted(code);
    assertInstanceOf(CellResult.Abandoned.class, result, result::toString);
    assertEquals(2, cells.value("1 + 1"));
    Thread.sleep(1800);
    assertIdle();
  }

  @Test
  void deadlockIsAbandonedAndSaysWhoHoldsTheLock() {
    var code =
        """
        var lock = new Object();
        var holds = new CountDownLatch(1);
        Thread.ofPlatform().daemon().name("holder").start(() -> {
          synchronized (lock) {
            holds.countDown();
            org.notegrad.kernel.eval.Cells.busy(System.nanoTime() + 3_000_000_000L);
          }
        });
        holds.await();
        org.notegrad.kernel.eval.Cells.started = true;
        synchronized (lock) {}
        """;
    var result = cells.interrupted(code);
    var abandoned = assertInstanceOf(CellResult.Abandoned.class, result, result::toString);
    var text = String.join("\n", abandoned.traceback());
    assertTrue(text.contains("waiting for a lock that thread \"holder\" holds"), text);
    assertEquals(2, cells.value("1 + 1"));
  }

  @Test
  void finallyBlocksCleanUp() {
    var code =
        """
        int cleaned = 0;
        void clean() { for (int i = 0; i < 1000; i++) cleaned++; }
        org.notegrad.kernel.eval.Cells.started = true;
        try { while (true); } finally { clean(); }
        """;
    assertInstanceOf(CellResult.Interrupted.class, cells.interrupted(code));
    assertEquals(1000, cells.value("cleaned"));
  }

  @Test
  void threadsOfEarlierCellsGoOn() throws InterruptedException {
    cells.nothing(
        "volatile long ticks = 0;\n"
            + "Thread.ofPlatform().daemon().start(() -> { while (ticks >= 0) ticks++; });");
    assertInstanceOf(CellResult.Interrupted.class, cells.interrupted(GO + "while (true);"));
    long before = (long) cells.value("ticks");
    Thread.sleep(50);
    assertTrue((long) cells.value("ticks") > before);
    cells.nothing("ticks = -1_000_000_000;");
    cells.nothing("ticks = Long.MIN_VALUE;");
  }

  @Test
  void interruptWithoutARunningCellDoesNothing() {
    cells.evaluator.interrupt();
    assertEquals(2, cells.value("1 + 1"));
    assertFalse((boolean) cells.value("Thread.currentThread().isInterrupted()"));
  }

  @Test
  void interruptedCellTellsWhere() {
    var result = cells.interrupted("int k = 0; " + GO + "while (true)\n  k++;");
    var lines = Cells.plain(assertInstanceOf(CellResult.Interrupted.class, result).traceback());
    var at = "    at " + cells.label() + ", line ";
    assertTrue(List.of(at + 2, at + 3).contains(lines.get(1)), lines::toString);
  }

  /**
   * The threads that cells started, and their own, come to rest: on a busy machine a worker that
   * was not running when the cell was stopped has to run once more to see it.
   */
  private void assertIdle() throws InterruptedException {
    long used = Long.MAX_VALUE;
    for (int windows = 0; used >= 20_000_000 && windows < 20; windows++) {
      Thread.sleep(50);
      long before = cellCpuNanos();
      Thread.sleep(100);
      used = cellCpuNanos() - before;
    }
    assertTrue(used < 20_000_000, "cells used %,d ns in 100 ms".formatted(used));
  }

  private long cellCpuNanos() {
    var threads = ManagementFactory.getThreadMXBean();
    return Arrays.stream(threads.getAllThreadIds())
        .filter(id -> id > firstThread || id == ownThread)
        .map(threads::getThreadCpuTime)
        .filter(nanos -> nanos > 0)
        .sum();
  }
}
