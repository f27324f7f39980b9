package org.notegrad.cpu;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.notegrad.backend.ArgOp;
import org.notegrad.backend.Backend;
import org.notegrad.backend.BinaryOp;
import org.notegrad.backend.CompareOp;
import org.notegrad.backend.Distribution;
import org.notegrad.backend.Operand;
import org.notegrad.backend.ReduceOp;
import org.notegrad.backend.Storage;
import org.notegrad.backend.UnaryOp;

/**
 * A backend that has its work done by another: operands' storages are copied there, whole, and what
 * was written is copied back. Operands that share a storage share its copy.
 */
abstract class Staging implements Backend {
  private final Backend worker;

  Staging(Backend worker) {
    this.worker = worker;
  }

  /** A copy of a storage of this backend among the worker's. */
  abstract Storage enter(Storage own);

  /** The way back, into the storage that the copy was made of. */
  abstract void leave(Storage copy, Storage own);

  Backend worker() {
    return worker;
  }

  private final class Call {
    private final Map<Storage, Storage> copies = new IdentityHashMap<>();
    private final List<Storage> written = new ArrayList<>();

    Operand in(Operand x) {
      return x == null
          ? null
          : new Operand(copies.computeIfAbsent(x.storage(), Staging.this::enter), x.layout());
    }

    Operand out(Operand x) {
      written.add(x.storage());
      return in(x);
    }

    void end() {
      written.forEach(storage -> leave(copies.get(storage), storage));
    }
  }

  @Override
  public void toArray(Operand x, Object array) {
    worker.toArray(new Call().in(x), array);
  }

  @Override
  public void fill(Operand out, double value) {
    var call = new Call();
    worker.fill(call.out(out), value);
    call.end();
  }

  @Override
  public void copy(Operand x, Operand out) {
    var call = new Call();
    worker.copy(call.in(x), call.out(out));
    call.end();
  }

  @Override
  public void unary(UnaryOp op, Operand x, Operand out) {
    var call = new Call();
    worker.unary(op, call.in(x), call.out(out));
    call.end();
  }

  @Override
  public void binary(BinaryOp op, Operand a, Operand b, Operand out) {
    var call = new Call();
    worker.binary(op, call.in(a), call.in(b), call.out(out));
    call.end();
  }

  @Override
  public void compare(CompareOp op, Operand a, Operand b, Operand out) {
    var call = new Call();
    worker.compare(op, call.in(a), call.in(b), call.out(out));
    call.end();
  }

  @Override
  public void where(Operand condition, Operand a, Operand b, Operand out) {
    var call = new Call();
    worker.where(call.in(condition), call.in(a), call.in(b), call.out(out));
    call.end();
  }

  @Override
  public void reduce(ReduceOp op, Operand x, Operand out) {
    var call = new Call();
    worker.reduce(op, call.in(x), call.out(out));
    call.end();
  }

  @Override
  public void argReduce(ArgOp op, Operand x, int dim, Operand out) {
    var call = new Call();
    worker.argReduce(op, call.in(x), dim, call.out(out));
    call.end();
  }

  @Override
  public void matmul(Operand a, Operand b, Operand out) {
    var call = new Call();
    worker.matmul(call.in(a), call.in(b), call.out(out));
    call.end();
  }

  @Override
  public void linear(Operand x, Operand w, Operand b, Operand out) {
    var call = new Call();
    worker.linear(call.in(x), call.in(w), call.in(b), call.out(out));
    call.end();
  }

  @Override
  public void softmax(Operand x, boolean logarithm, Operand out) {
    var call = new Call();
    worker.softmax(call.in(x), logarithm, call.out(out));
    call.end();
  }

  @Override
  public void crossEntropy(Operand logits, Operand target, Operand out) {
    var call = new Call();
    worker.crossEntropy(call.in(logits), call.in(target), call.out(out));
    call.end();
  }

  @Override
  public void gather(Operand x, int dim, Operand index, Operand out) {
    var call = new Call();
    worker.gather(call.in(x), dim, call.in(index), call.out(out));
    call.end();
  }

  @Override
  public void scatterAdd(Operand x, int dim, Operand index, Operand out) {
    var call = new Call();
    worker.scatterAdd(call.in(x), dim, call.in(index), call.out(out));
    call.end();
  }

  @Override
  public void random(Distribution distribution, long seed, long offset, Operand out) {
    var call = new Call();
    worker.random(distribution, seed, offset, call.out(out));
    call.end();
  }
}
