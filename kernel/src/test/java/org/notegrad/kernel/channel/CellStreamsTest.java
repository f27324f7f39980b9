package org.notegrad.kernel.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class CellStreamsTest {
  private final List<String> pieces = new ArrayList<>();
  private final CellPrintStream out = new CellPrintStream(pieces::add, () -> {});

  @Test
  void everyPrintIsOnePiece() {
    out.println("a");
    out.print(1);
    out.printf("%s-%d%n", "b", 2);
    out.append("xyz", 1, 2).append('!');
    out.println(new char[] {'c', 'd'});
    out.println((Object) null);
    assertEquals(List.of("a\n", "1", "b-2\n", "y", "!", "cd\n", "null\n"), pieces);
  }

  @Test
  void bytesOfACharacterMayComeOneByOne() {
    for (byte b : "é😀\n".getBytes(StandardCharsets.UTF_8)) {
      out.write(b);
    }
    assertEquals("é😀\n", String.join("", pieces));
  }

  @Test
  void bytesThatAreNoTextAreReplaced() {
    out.write(new byte[] {(byte) 0xff, 'a'}, 0, 2);
    assertEquals("\ufffda", String.join("", pieces));
  }

  @Test
  void anArgumentWhoseTextNeverComesHoldsNobodyUp() throws InterruptedException {
    var stuck = new CountDownLatch(1);
    var entered = new CountDownLatch(1);
    var never =
        new Object() {
          @Override
          public String toString() {
            entered.countDown();
            try {
              stuck.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            return "";
          }
        };
    Thread.ofPlatform().daemon().start(() -> out.printf("%s", never));
    entered.await();
    assertTimeoutPreemptively(Duration.ofSeconds(5), () -> out.println("on"));
    stuck.countDown();
  }

  @Test
  void closingLeavesTheStreamUsable() {
    out.close();
    out.print("still");
    assertFalse(out.checkError());
    assertEquals(List.of("still"), pieces);
  }

  @Test
  void inputIsAskedLineByLine() throws IOException {
    Iterator<String> lines = List.of("zażółć", "", "end").iterator();
    var reader =
        new BufferedReader(
            new InputStreamReader(new CellInputStream(lines::next), StandardCharsets.UTF_8));
    assertEquals("zażółć", reader.readLine());
    assertEquals("", reader.readLine());
    assertEquals("end", reader.readLine());
  }
}
