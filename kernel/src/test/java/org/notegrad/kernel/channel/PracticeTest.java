package org.notegrad.kernel.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PracticeTest {
  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("(notegrad|iothread|reaper).*"))
        .collect(Collectors.toSet());
  }

  @Test
  void goesOnWhileThereIsTimeAndLeavesNoThread() throws InterruptedException {
    var before = threads();
    var asked = new AtomicInteger();
    Practice.run(() -> asked.incrementAndGet() <= 3);
    assertEquals(4, asked.get());
    var left = threads();
    left.removeAll(before);
    for (Thread thread : left) {
      thread.join(5_000);
      assertEquals(Thread.State.TERMINATED, thread.getState(), thread.getName());
    }
  }
}
