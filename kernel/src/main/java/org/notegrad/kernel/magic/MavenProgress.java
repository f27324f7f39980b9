package org.notegrad.kernel.magic;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.aether.transfer.AbstractTransferListener;
import org.eclipse.aether.transfer.TransferCancelledException;
import org.eclipse.aether.transfer.TransferEvent;
import org.notegrad.kernel.display.Display;

/** Shows what is being downloaded, in one line that changes at most five times a second. */
final class MavenProgress extends AbstractTransferListener {
  private static final long PACE_NANOS = 200_000_000;

  private final long started = System.nanoTime();
  private final Map<String, Long> expected = new HashMap<>();
  private final Map<String, Long> received = new HashMap<>();
  private int files;
  private Optional<Display> display = Optional.empty();
  private long shown = started;
  private volatile boolean cancelled;

  /** Ends all downloads as soon as they move. */
  void cancel() {
    cancelled = true;
  }

  @Override
  public void transferInitiated(TransferEvent event) throws TransferCancelledException {
    check();
  }

  @Override
  public synchronized void transferStarted(TransferEvent event) throws TransferCancelledException {
    check();
    expected.put(name(event), Math.max(0, event.getResource().getContentLength()));
    show(event);
  }

  @Override
  public synchronized void transferProgressed(TransferEvent event)
      throws TransferCancelledException {
    check();
    received.put(name(event), event.getTransferredBytes());
    show(event);
  }

  @Override
  public synchronized void transferSucceeded(TransferEvent event) {
    received.put(name(event), event.getTransferredBytes());
    expected.put(name(event), event.getTransferredBytes());
    files += name(event).endsWith(".jar") ? 1 : 0;
    show(event);
  }

  private void check() throws TransferCancelledException {
    if (cancelled) {
      throw new TransferCancelledException("the cell was interrupted");
    }
  }

  private static String name(TransferEvent event) {
    return event.getResource().getResourceName();
  }

  private void show(TransferEvent event) {
    if (System.nanoTime() - shown < PACE_NANOS) {
      return;
    }
    shown = System.nanoTime();
    String file = name(event).substring(name(event).lastIndexOf('/') + 1);
    update(
        "downloading: %s of %s, now %s"
            .formatted(Units.bytes(bytes()), Units.bytes(sum(expected)), file));
  }

  /** Replaces the line by what came of it. */
  synchronized void finish(Object result) {
    update(result);
  }

  /** Says that nothing came of it, if downloads were shown. */
  synchronized void fail() {
    display.ifPresent(live -> live.update("nothing was added"));
  }

  private void update(Object value) {
    if (display.isPresent()) {
      display.get().update(value);
    } else {
      display = Optional.of(Display.display(value));
    }
  }

  /** How many bytes were downloaded. */
  synchronized long bytes() {
    return sum(received);
  }

  /** How many jars were downloaded. */
  synchronized int jars() {
    return files;
  }

  /** How long it has taken until now. */
  long nanos() {
    return System.nanoTime() - started;
  }

  private static long sum(Map<String, Long> bytes) {
    return bytes.values().stream().mapToLong(Long::longValue).sum();
  }
}
