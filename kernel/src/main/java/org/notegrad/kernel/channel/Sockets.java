package org.notegrad.kernel.channel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.notegrad.kernel.memory.Enduring;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * The kernel's ZeroMQ sockets, all owned by one thread that waits for the clients and for the
 * kernel at the same time. It runs no code of a cell and blocks on nothing else, so heartbeats are
 * echoed and interrupts arrive whatever a cell does.
 */
final class Sockets implements AutoCloseable {
  /** What the sockets tell; called on their thread, so it must return at once. */
  interface Listener {
    /** A message has come; told again with the same frames where memory ran out meanwhile. */
    void received(Channel channel, List<byte[]> frames);

    /** A client has begun to listen to iopub; returns what welcomes it. */
    List<byte[]> subscribed(byte[] topic);

    /** An iopub message has been handed to the clients' queues. */
    void published(long weight);
  }

  /** Frames on their way out; the weight comes back by {@link Listener#published}. */
  record Parcel(Channel channel, List<byte[]> frames, long weight) {}

  private static final String DOORBELL = "inproc://doorbell";
  private static final byte[] RING = {1};
  private static final byte[] STOP = {0};

  /** Messages that may wait for one slow client inside ZeroMQ, before they wait here. */
  private static final int IOPUB_QUEUE = 256;

  /** A client that has read nothing for so long loses output, rather than stop the kernel. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final long RETRY_MILLIS = 2;
  private static final int LINGER_MILLIS = 500;

  private final ZContext context = new ZContext();
  private final Map<Channel, ZMQ.Socket> sockets = new EnumMap<>(Channel.class);
  private final ZMQ.Socket doorbell;
  private final Listener listener;
  private final Queue<Parcel> outgoing = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean rung = new AtomicBoolean();
  private final CountDownLatch closed = new CountDownLatch(1);

  // Touched by the sockets' thread alone.
  private final Deque<Parcel> unpublished = new ArrayDeque<>();
  private final List<byte[]> incoming = new ArrayList<>(); // frames of one that is being received
  private Channel incomingBy;
  private int framesPublished; // of the first unpublished parcel
  private int framesReplied; // of the first outgoing parcel, if that is a reply
  private long stuckSince;
  private boolean unfinished; // memory ran out in the last round
  private boolean stopping;

  /**
   * Binds the sockets.
   *
   * @throws org.zeromq.ZMQException if a port is taken or the address is not this machine's
   */
  Sockets(ConnectionFile connection, Listener listener) {
    this.listener = listener;
    context.setLinger(LINGER_MILLIS);
    context.setThreadFactor((work, name) -> new KernelThread(name, Enduring.loop(work)));
    for (Channel channel : Channel.values()) {
      var socket =
          context.createSocket(channel == Channel.IOPUB ? SocketType.XPUB : SocketType.ROUTER);
      if (channel == Channel.IOPUB) {
        socket.setSndHWM(IOPUB_QUEUE);
        socket.setXpubNoDrop(true);
        socket.setXpubVerbose(true);
      } else if (channel != Channel.HEARTBEAT) {
        socket.setRouterHandover(true);
      }
      connection.curve().ifPresent(keys -> encrypt(socket, keys));
      socket.bind(connection.endpoint(channel));
      sockets.put(channel, socket);
    }
    doorbell = context.createSocket(SocketType.PAIR);
    doorbell.bind(DOORBELL);
  }

  private static void encrypt(ZMQ.Socket socket, ConnectionFile.CurveKeys keys) {
    socket.setCurveServer(true);
    socket.setCurvePublicKey(ZMQ.Curve.z85Decode(keys.publicKey()));
    socket.setCurveSecretKey(ZMQ.Curve.z85Decode(keys.secretKey()));
  }

  void start() {
    new KernelThread("notegrad-sockets", this::serve).start();
  }

  /** The one other thread that sends makes its bell by this; nobody else may ring it. */
  ZMQ.Socket connectBell() {
    var bell = context.createSocket(SocketType.PAIR);
    bell.connect(DOORBELL);
    return bell;
  }

  /** Takes frames that are to be sent; they leave after the next {@link #ring}. */
  void handOver(Parcel parcel) {
    outgoing.add(parcel);
  }

  /** Says that there is something to send; called by the bell's owner. */
  void ring(ZMQ.Socket bell) {
    if (rung.compareAndSet(false, true)) {
      boolean heard = false;
      try {
        heard = bell.send(RING);
      } finally {
        if (!heard) { // for want of memory
          rung.set(false);
        }
      }
    }
  }

  /** Ends the sockets once everything sent before has left; called by the bell's owner. */
  void stop(ZMQ.Socket bell) {
    bell.send(STOP);
  }

  /** Waits until {@link #stop} has been carried out. */
  boolean awaitClosed(long millis) throws InterruptedException {
    return closed.await(millis, TimeUnit.MILLISECONDS);
  }

  private void serve() {
    var order = new ArrayList<>(sockets.keySet());
    try (var poller = context.createPoller(order.size() + 1)) {
      poller.register(doorbell, ZMQ.Poller.POLLIN);
      order.forEach(channel -> poller.register(sockets.get(channel), ZMQ.Poller.POLLIN));
      while (!stopping) {
        try {
          serveOnce(poller, order);
          unfinished = false;
        } catch (OutOfMemoryError e) { // what is left is done in the next round
          unfinished = true;
          Enduring.awaitMemory();
        }
      }
    } finally {
      close();
    }
  }

  /** Waits for something to do and does it. */
  private void serveOnce(ZMQ.Poller poller, List<Channel> order) {
    poller.poll(unpublished.isEmpty() && !unfinished ? -1 : RETRY_MILLIS);
    if (poller.pollin(0) && doorbell.recv() instanceof byte[] ring && ring[0] == STOP[0]) {
      stopping = true;
    }
    sendAll();
    if (!incoming.isEmpty()) {
      receiveRest();
    }
    for (int i = 0; i < order.size() && !stopping; i++) {
      if (poller.pollin(i + 1)) {
        receive(order.get(i));
      }
    }
    sendAll();
  }

  private void receive(Channel channel) {
    var socket = sockets.get(channel);
    byte[] first = socket.recv(ZMQ.DONTWAIT); // publish() may have taken the subscription
    if (first == null) {
      return;
    }
    incoming.add(first);
    incomingBy = channel;
    receiveRest();
  }

  private void receiveRest() {
    var socket = sockets.get(incomingBy);
    while (socket.hasReceiveMore()) {
      incoming.add(socket.recv());
    }
    switch (incomingBy) {
      case HEARTBEAT -> outgoing.add(new Parcel(incomingBy, List.copyOf(incoming), 0));
      case IOPUB -> welcome(incoming.getFirst());
      case CONTROL, SHELL, STDIN -> listener.received(incomingBy, incoming);
    }
    incoming.clear();
  }

  /** Greets a client; {@code event} is 1 and a topic, or 0 and the topic of one that leaves. */
  private void welcome(byte[] event) {
    if (event.length > 0 && event[0] == 1) {
      var topic = Arrays.copyOfRange(event, 1, event.length);
      unpublished.addFirst(new Parcel(Channel.IOPUB, listener.subscribed(topic), 0));
    }
  }

  private void sendAll() {
    rung.set(false); // before the queue is read: what is added from now on rings again
    for (Parcel parcel = outgoing.peek(); parcel != null; parcel = outgoing.peek()) {
      if (parcel.channel() == Channel.IOPUB) {
        unpublished.add(parcel);
      } else {
        reply(parcel);
      }
      outgoing.remove();
    }
    publish();
  }

  private void reply(Parcel parcel) {
    var socket = sockets.get(parcel.channel());
    while (framesReplied < parcel.frames().size()) {
      write(socket, parcel.frames(), framesReplied, 0);
      framesReplied++;
    }
    framesReplied = 0;
  }

  /** Hands over what the clients have room for; the rest waits for their reading. */
  private void publish() {
    var iopub = sockets.get(Channel.IOPUB);
    for (byte[] event = newSubscription(iopub); event != null; event = newSubscription(iopub)) {
      welcome(event); // before anything else that the client gets
    }
    while (!unpublished.isEmpty()) {
      Parcel parcel = unpublished.getFirst();
      writeToClients(iopub, parcel);
      if (framesPublished < parcel.frames().size() && !patienceLost()) {
        return;
      }
      if (framesPublished < parcel.frames().size()) {
        iopub.setXpubNoDrop(false);
        writeToClients(iopub, parcel);
        iopub.setXpubNoDrop(true);
      } else {
        stuckSince = 0;
      }
      framesPublished = 0;
      unpublished.removeFirst();
      listener.published(parcel.weight());
    }
  }

  /** The next subscription, unless a message is half written. */
  private byte[] newSubscription(ZMQ.Socket iopub) {
    return framesPublished == 0 ? iopub.recv(ZMQ.DONTWAIT) : null;
  }

  private boolean patienceLost() {
    if (stuckSince == 0) {
      stuckSince = System.nanoTime();
    }
    return System.nanoTime() - stuckSince > PATIENCE_NANOS;
  }

  /** Publishes the frames that are left, as far as there is room. */
  private void writeToClients(ZMQ.Socket iopub, Parcel parcel) {
    while (framesPublished < parcel.frames().size()
        && write(iopub, parcel.frames(), framesPublished, ZMQ.DONTWAIT)) {
      framesPublished++;
    }
  }

  /** Writes one of several frames; false if there is no room for it. */
  private static boolean write(ZMQ.Socket socket, List<byte[]> frames, int at, int flags) {
    boolean last = at == frames.size() - 1;
    return socket.send(frames.get(at), flags | (last ? 0 : ZMQ.SNDMORE));
  }

  @Override
  public void close() {
    context.close();
    closed.countDown();
  }
}
