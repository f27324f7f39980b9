package org.notegrad.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Python's PyTorch, timed. */
final class TorchPeer implements Side {
  private final PythonPeer peer;

  private TorchPeer(PythonPeer peer) {
    this.peer = peer;
  }

  /**
   * Starts it.
   *
   * @param python an interpreter that has torch
   */
  static TorchPeer start(Path python) throws IOException {
    return new TorchPeer(PythonPeer.start(python, TorchPeer.class, "torch_peer.py"));
  }

  @Override
  public String describe() {
    return peer.version();
  }

  @Override
  public double seconds(Work work, int threads, int repeats) {
    try {
      peer.send(work.name() + " " + threads + " " + repeats);
      return Double.parseDouble(peer.answer());
    } catch (IOException e) {
      throw new UncheckedIOException("asking PyTorch", e);
    }
  }

  @Override
  public void close() {
    peer.close();
  }
}
