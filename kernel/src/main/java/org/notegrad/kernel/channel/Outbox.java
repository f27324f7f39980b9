package org.notegrad.kernel.channel;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Everything that leaves the kernel, in the order in which it was put in. Printed text is gathered
 * into few messages: it leaves after {@value #GATHER_MILLIS} ms, or when there is much of it, or
 * just before the next message of another kind.
 *
 * <p>Any thread may put messages in. Encoding, signing and sending happen on the {@link Courier}'s
 * thread, so an interrupted thread of a cell never touches a socket.
 */
public final class Outbox {
  static final int GATHER_MILLIS = 20;

  /** Characters of one stream message. */
  private static final int STREAM_CHARS = 1 << 17;

  /** Characters on their way to the clients before a cell that makes more has to wait. */
  private static final long MAX_PENDING = 16L << 20;

  sealed interface Item {}

  record Ready(Outgoing message, long weight) implements Item {}

  record Text(StreamName name, JsonObject parent, StringBuilder text, long since) implements Item {}

  private final WireFormat wire;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Condition room = lock.newCondition();
  private final ArrayDeque<Item> items = new ArrayDeque<>();
  private boolean urgent;
  private boolean closing;
  private long pending;

  Outbox(WireFormat wire) {
    this.wire = wire;
  }

  void start(Sockets sockets) {
    new KernelThread("notegrad-outbox", () -> new Courier(this, wire, sockets).work()).start();
  }

  /** Adds to a cell's stdout or stderr; waits while the clients are far behind. */
  public void stream(StreamName name, JsonObject parent, String text) {
    lock.lock();
    try {
      awaitRoom();
      for (int from = 0; from < text.length(); ) {
        var target = openText(name, parent);
        int space = Math.max(2, STREAM_CHARS - target.text().length());
        int to = wholeCharacters(text, Math.min(text.length(), from + space));
        target.text().append(text, from, to);
        from = to;
      }
      pending += text.length();
    } finally {
      lock.unlock();
    }
  }

  /** The text message that may still grow. */
  private Text openText(StreamName name, JsonObject parent) {
    if (items.peekLast() instanceof Text last
        && last.name() == name
        && last.parent() == parent
        && last.text().length() < STREAM_CHARS - 1) {
      return last;
    }
    var fresh = new Text(name, parent, new StringBuilder(), System.nanoTime());
    if (items.isEmpty()) {
      changed.signal();
    } else if (items.peekLast() instanceof Text) {
      urgent = true;
      changed.signal();
    }
    items.add(fresh);
    return fresh;
  }

  /** An end that does not cut a surrogate pair in two. */
  private static int wholeCharacters(String text, int end) {
    boolean cuts =
        end < text.length()
            && Character.isHighSurrogate(text.charAt(end - 1))
            && Character.isLowSurrogate(text.charAt(end));
    return cuts ? end - 1 : end;
  }

  /** Sends what has been printed so far without waiting for more. */
  public void flush() {
    lock.lock();
    try {
      urgent = !items.isEmpty();
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Publishes something that a cell made; waits while the clients are far behind. */
  public void publishFromCell(String type, JsonObject parent, JsonObject content) {
    lock.lock();
    try {
      awaitRoom();
      long weight = weight(content);
      pending += weight;
      add(new Ready(iopub(type, parent, content, new JsonObject(), List.of()), weight));
    } finally {
      lock.unlock();
    }
  }

  /** Publishes something of the kernel's own; never waits. */
  public void publish(String type, JsonObject parent, JsonObject content) {
    publish(type, parent, content, new JsonObject(), List.of());
  }

  /** Publishes something of the kernel's own with metadata and attachments; never waits. */
  public void publish(
      String type,
      JsonObject parent,
      JsonObject content,
      JsonObject metadata,
      List<byte[]> buffers) {
    put(iopub(type, parent, content, metadata, buffers));
  }

  /** Answers a request on the channel that it came by. */
  public void reply(
      Channel channel, Message request, String type, JsonObject content, JsonObject metadata) {
    put(
        new Outgoing(
            channel, request.identities(), type, request.header(), metadata, content, List.of()));
  }

  Outgoing iopub(
      String type,
      JsonObject parent,
      JsonObject content,
      JsonObject metadata,
      List<byte[]> buffers) {
    byte[] topic = ("kernel." + wire.session() + "." + type).getBytes(StandardCharsets.UTF_8);
    return new Outgoing(Channel.IOPUB, List.of(topic), type, parent, metadata, content, buffers);
  }

  private void put(Outgoing message) {
    lock.lock();
    try {
      add(new Ready(message, 0));
    } finally {
      lock.unlock();
    }
  }

  private void add(Item item) {
    items.add(item);
    urgent = true;
    changed.signal();
  }

  /** A thread that is being interrupted does not wait: it has to get on to its end. */
  private void awaitRoom() {
    boolean interrupted = false;
    while (pending > MAX_PENDING && !closing && !interrupted) {
      try {
        room.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  void published(long weight) {
    if (weight > 0) {
      lock.lock();
      try {
        pending -= weight;
        room.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Sends what is there, then stops the sockets. */
  void close() {
    lock.lock();
    try {
      closing = true;
      changed.signal();
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for messages and takes them; false once the outbox is closed. */
  boolean take(Deque<Item> taken) {
    lock.lock();
    try {
      while (items.isEmpty() && !closing) {
        changed.awaitUninterruptibly();
      }
      while (!urgent && !closing) {
        long since = ((Text) items.getFirst()).since(); // anything else would be urgent
        long left = since + TimeUnit.MILLISECONDS.toNanos(GATHER_MILLIS) - System.nanoTime();
        if (left <= 0) {
          break;
        }
        changed.awaitNanos(left);
      }
      taken.addAll(items);
      items.clear();
      urgent = false;
      return !closing;
    } catch (InterruptedException e) {
      return true; // nobody has a reason to interrupt this thread; the next round looks again
    } finally {
      lock.unlock();
    }
  }

  private static long weight(JsonElement element) {
    if (element.isJsonObject()) {
      return element.getAsJsonObject().entrySet().stream()
          .mapToLong(entry -> weight(entry.getValue()))
          .sum();
    }
    if (element.isJsonArray()) {
      var weights = new ArrayList<Long>();
      element.getAsJsonArray().forEach(child -> weights.add(weight(child)));
      return weights.stream().mapToLong(Long::longValue).sum();
    }
    return element.isJsonPrimitive() && element.getAsJsonPrimitive().isString()
        ? element.getAsString().length()
        : 8;
  }
}
