package org.notegrad.fuzz;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.notegrad.bench.PythonPeer;

/** PyTorch, in a process beside this one. */
final class Torch implements AutoCloseable {
  static final Gson GSON = new GsonBuilder().serializeSpecialFloatingPointValues().create();

  private final PythonPeer peer;

  /**
   * What is asked.
   *
   * @param code an expression of Python for each step
   * @param runs how often the program is run with other roundings
   */
  private record Question(Program program, List<String> code, int runs) {}

  private Torch(PythonPeer peer) {
    this.peer = peer;
  }

  /**
   * Starts it.
   *
   * @param python an interpreter that has torch
   */
  static Torch start(Path python) throws IOException {
    return new Torch(PythonPeer.start(python, Torch.class, "torch_fuzz.py"));
  }

  String version() {
    return peer.version();
  }

  /** Begins to compute an answer, which {@link #receive} returns. */
  void send(Program program, int runs) throws IOException {
    peer.send(GSON.toJson(new Question(program, program.expressions(), runs)));
  }

  Answer receive() throws IOException {
    return GSON.fromJson(peer.answer(), Answer.class);
  }

  Answer answer(Program program, int runs) throws IOException {
    send(program, runs);
    return receive();
  }

  @Override
  public void close() {
    peer.close();
  }
}
