package org.notegrad.kernel.jjava;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.dflib.jjava.jupyter.channels.DefaultReplyEnvironment;
import org.dflib.jjava.jupyter.channels.JupyterSocket;
import org.dflib.jjava.jupyter.channels.ReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.comm.CommTarget;
import org.dflib.jjava.jupyter.messages.ContentType;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.comm.CommCloseCommand;
import org.dflib.jjava.jupyter.messages.comm.CommMsgCommand;
import org.dflib.jjava.jupyter.messages.comm.CommOpenCommand;
import org.notegrad.kernel.display.Comm;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/** JJava's comms, whose messages come and go by ours. */
final class HostComms extends CommManager {
  private static final Gson GSON = new Gson();

  private final Map<String, Comm> ours = new ConcurrentHashMap<>();
  private final ReplyEnvironment environment = new Environment();

  HostComms() {
    setIOPubChannel(new Socket());
  }

  @Override
  public void registerTarget(String name, CommTarget target) {
    super.registerTarget(name, target);
    Comm.register(
        name,
        (comm, data) -> {
          follow(comm);
          var opened = new CommOpenCommand(comm.id(), name, data);
          handleCommOpenCommand(
              environment, new Message<>(null, CommOpenCommand.MESSAGE_TYPE, opened));
        });
  }

  /** Passes on what the notebook sends. */
  private void follow(Comm comm) {
    ours.put(comm.id(), comm);
    comm.onMessage((data, buffers) ->
        handleCommMsgCommand(
            environment,
            new Message<>(
                null,
                CommMsgCommand.MESSAGE_TYPE,
                new CommMsgCommand(comm.id(), data),
                buffers,
                Map.of())));
    comm.onClose(data -> {
      ours.remove(comm.id());
      var closed = new CommCloseCommand(comm.id(), data);
      handleCommCloseCommand(
          environment, new Message<>(null, CommCloseCommand.MESSAGE_TYPE, closed));
    });
  }

  /** Sends to the notebook what a comm of JJava's says. */
  private void tell(Object content, Map<String, Object> metadata, List<byte[]> buffers) {
    switch (content) {
      case CommOpenCommand opened ->
          Comm.open(opened.getCommID(), opened.getTargetName(), opened.getData(), this::follow);
      case CommMsgCommand said ->
          ours.get(said.getCommID())
              .send(said.getData(), json(metadata), buffers == null ? List.of() : buffers);
      case CommCloseCommand closed -> ours.remove(closed.getCommID()).close(closed.getData());
      default -> throw HostKernel.unsupported("publish " + content.getClass().getSimpleName());
    }
  }

  private static JsonObject json(Map<String, Object> metadata) {
    return metadata == null ? new JsonObject() : GSON.toJsonTree(metadata).getAsJsonObject();
  }

  /** What answers the notebook. Our kernel tells it by itself when it is busy. */
  private final class Environment extends DefaultReplyEnvironment {
    Environment() {
      super(null, null, null);
    }

    @Override
    public void setBusyDeferIdle() {}

    @Override
    public <T extends ContentType<T>> void publish(T content) {
      tell(content, Map.of(), List.of());
    }
  }

  /** JJava sends by a socket of ZeroMQ's; this one is bound nowhere. */
  private final class Socket extends JupyterSocket {
    Socket() {
      super(ZMQ.context(1), SocketType.PUB, null, null);
    }

    @Override
    public void bind(KernelConnectionProperties connection) {
      throw HostKernel.unsupported("bind");
    }

    @Override
    public void sendMessage(Message<?> message) {
      tell(message.getContent(), message.getMetadata(), message.getBlobs());
    }
  }
}
