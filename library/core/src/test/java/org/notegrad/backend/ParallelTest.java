package org.notegrad.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.notegrad.NotegradException;

@Timeout(60)
class ParallelTest {
  private int before;

  @BeforeEach
  void useThreeThreads() throws InterruptedException {
    before = Parallel.threads();
    Parallel.setThreads(3);
    Thread.sleep(20); // so that no other thread has just used the workers
  }

  @AfterEach
  void restore() {
    Parallel.setThreads(before);
  }

  private static void assertEachOnce(AtomicIntegerArray visits) {
    for (int i = 0; i < visits.length(); i++) {
      assertEquals(1, visits.get(i), "element " + i);
    }
  }

  private static void visit(AtomicIntegerArray visits, int from, int to) {
    for (int i = from; i < to; i++) {
      visits.incrementAndGet(i);
    }
  }

  @Test
  void everyElementIsVisitedOnce() {
    for (int n : new int[] {0, 1, 2, 3, 100, 1001}) {
      for (int round = 0; round < 200; round++) {
        var visits = new AtomicIntegerArray(n);
        Parallel.forRange(n, 1, (from, to) -> visit(visits, from, to));
        assertEachOnce(visits);
      }
    }
  }

  @Test
  void partsRunAtTheSameTime() throws InterruptedException {
    var together = new CountDownLatch(3);
    Parallel.forRange(
        3,
        1,
        (from, to) -> {
          together.countDown();
          try {
            assertTrue(together.await(30, TimeUnit.SECONDS), "the other parts have not started");
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
  }

  @Test
  void aPartSmallerThanTheGrainIsNotSplit() {
    Set<Thread> used = ConcurrentHashMap.newKeySet();
    Parallel.forRange(99, 50, (from, to) -> used.add(Thread.currentThread()));
    assertEquals(Set.of(Thread.currentThread()), used);
  }

  @Test
  void aCallInsideAPartRunsThere() {
    var visits = new AtomicIntegerArray(300);
    Parallel.forRange(
        3,
        1,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int start = 100 * i;
            Thread outer = Thread.currentThread();
            Parallel.forRange(
                100,
                1,
                (f, t) -> {
                  assertSame(outer, Thread.currentThread());
                  visit(visits, start + f, start + t);
                });
          }
        });
    assertEachOnce(visits);
  }

  @Test
  void whatAPartThrowsKeepsItsType() {
    for (int culprit = 0; culprit < 3; culprit++) {
      int failing = culprit;
      var thrown = new ArithmeticException("part " + failing);
      var caught =
          assertThrows(
              ArithmeticException.class,
              () ->
                  Parallel.forRange(
                      3,
                      1,
                      (from, to) -> {
                        if (from <= failing && failing < to) {
                          throw thrown;
                        }
                      }));
      assertSame(thrown, caught);
    }
    var visits = new AtomicIntegerArray(10);
    Parallel.forRange(10, 1, (from, to) -> visit(visits, from, to));
    assertEachOnce(visits);
  }

  @Test
  void anInterruptedCallerFinishesAndStaysInterrupted() {
    var visits = new AtomicIntegerArray(1000);
    Thread.currentThread().interrupt();
    Parallel.forRange(1000, 1, (from, to) -> visit(visits, from, to));
    assertTrue(Thread.interrupted());
    assertEachOnce(visits);
  }

  @Test
  void manyThreadsMayCallAtOnce() throws InterruptedException {
    var visits = new AtomicIntegerArray(4 * 500);
    var callers = new Thread[4];
    for (int c = 0; c < callers.length; c++) {
      int start = 500 * c;
      callers[c] =
          Thread.ofPlatform()
              .start(() -> {
                for (int i = 0; i < 100; i++) {
                  int at = start + 5 * i;
                  Parallel.forRange(5, 1, (f, t) -> visit(visits, at + f, at + t));
                }
              });
    }
    for (Thread caller : callers) {
      caller.join();
    }
    assertEachOnce(visits);
  }

  /** How many of the calls that this thread makes in a while are split among threads. */
  private static double shareOfSplitCalls(int millis) {
    int calls = 0;
    int split = 0;
    for (long end = System.nanoTime() + millis * 1_000_000L; System.nanoTime() < end; calls++) {
      var parts = new AtomicInteger();
      Parallel.forRange(
          3,
          1,
          (from, to) -> {
            parts.incrementAndGet();
            busy(50_000);
          });
      split += parts.get() > 1 ? 1 : 0;
    }
    return (double) split / calls;
  }

  private static void busy(long nanos) {
    for (long end = System.nanoTime() + nanos; System.nanoTime() < end; ) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aThreadThatComputesNowAndThenDoesNotKeepAnotherFromTheWorkers() throws Exception {
    var running = new AtomicBoolean(true);
    Thread loader =
        Thread.ofPlatform()
            .start(() -> {
              while (running.get()) {
                Parallel.forRange(3, 1, (from, to) -> busy(1000));
                LockSupport.parkNanos(4_000_000);
              }
            });
    try {
      double share = shareOfSplitCalls(400);
      assertTrue(share > 0.6, "only " + share + " of the calls were split");
    } finally {
      running.set(false);
      loader.join();
    }
  }

  @Test
  void threadsThatComputeAllTheTimeLeaveEachOtherTheirCores() throws Exception {
    var running = new AtomicBoolean(true);
    var others = new Thread[2];
    for (int i = 0; i < others.length; i++) {
      others[i] =
          Thread.ofPlatform()
              .start(() -> {
                while (running.get()) {
                  Parallel.forRange(3, 1, (from, to) -> busy(50_000));
                }
              });
    }
    try {
      shareOfSplitCalls(100); // until it is known how much the others compute
      double share = shareOfSplitCalls(400);
      assertTrue(share < 0.5, share + " of the calls were split");
    } finally {
      running.set(false);
      for (Thread other : others) {
        other.join();
      }
    }
    Thread.sleep(50);
    assertTrue(shareOfSplitCalls(100) > 0.6, "the others are gone");
  }

  @Test
  void aBodyMayBeLimitedToFewerThreads() {
    Set<Thread> used = ConcurrentHashMap.newKeySet();
    int limit =
        Parallel.during(
            1,
            () -> {
              Parallel.forRange(1000, 1, (from, to) -> used.add(Thread.currentThread()));
              return Parallel.threads();
            });
    assertEquals(1, limit);
    assertEquals(Set.of(Thread.currentThread()), used);
    assertEquals(3, Parallel.threads());
    var parts = new AtomicInteger();
    Parallel.during(2, () -> Parallel.forRange(1000, 1, (from, to) -> parts.incrementAndGet()));
    assertEquals(2, parts.get());
  }

  @Test
  void insideALimitedBodyTheSmallerLimitCounts() {
    Parallel.during(
        2,
        () -> {
          assertEquals(2, (int) Parallel.during(5, Parallel::threads));
          assertEquals(1, (int) Parallel.during(1, Parallel::threads));
          assertEquals(2, Parallel.threads());
        });
  }

  @Test
  void aLimitEndsWithWhatItsBodyThrows() {
    var thrown = new ArithmeticException();
    var caught =
        assertThrows(
            ArithmeticException.class,
            () ->
                Parallel.during(
                    1,
                    () -> {
                      throw thrown;
                    }));
    assertSame(thrown, caught);
    assertEquals(3, Parallel.threads());
    var e = assertThrows(NotegradException.class, () -> Parallel.during(0, () -> {}));
    assertTrue(e.getMessage().contains("0 threads"), e.getMessage());
  }

  @Test
  void aLimitIsItsThreadsOwn() throws Exception {
    var elsewhere = new AtomicInteger();
    Parallel.during(
        1,
        () -> {
          try {
            Thread.ofPlatform().start(() -> elsewhere.set(Parallel.threads())).join();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
    assertEquals(3, elsewhere.get());
  }

  @Test
  void aBadNumberOfThreadsIsNamed() {
    assertEquals(5, Parallel.parse(" 5 "));
    assertTrue(Parallel.parse(null) >= 1);
    for (String bad : new String[] {"", "0", "-2", "many", "1.5"}) {
      var e = assertThrows(NotegradException.class, () -> Parallel.parse(bad));
      assertTrue(e.getMessage().contains("NOTEGRAD_THREADS is '" + bad + "'"), e.getMessage());
    }
  }
}
