package org.notegrad.ops;

import static org.notegrad.backend.Operand.of;

import org.notegrad.Autograd;
import org.notegrad.Dim;
import org.notegrad.Keep;
import org.notegrad.MultiNode;
import org.notegrad.Shape;
import org.notegrad.Tensor;
import org.notegrad.backend.IndexException;
import org.notegrad.backend.Operand;

/**
 * The mean over the rows of {@code -log softmax(logits)[target]}. Its gradient is {@code
 * (softmax(logits) - oneHot(target)) / n}, so the softmax is what it saves: an output of its own,
 * which nobody sees, but by which the gradient has a gradient. The last walk writes into it.
 */
final class CrossEntropy extends MultiNode {
  CrossEntropy() {
    super("crossEntropy");
  }

  @Override
  protected boolean returnsNew() {
    return true;
  }

  @Override
  protected Tensor[] forwardAll(Tensor... inputs) {
    Tensor logits = inputs[0];
    Tensor target = inputs[1];
    Tensor rows = Creation.empty(logits.dtype(), target.shape(), logits);
    try {
      of(logits).backend().crossEntropy(of(logits), of(target), of(rows));
    } catch (IndexException e) {
      throw e.in(name());
    }
    if (!needs(0)) {
      return new Tensor[] {rows.mean()};
    }
    Tensor softmax = Creation.empty(logits.dtype(), logits.shape(), logits);
    of(logits).backend().softmax(of(logits), false, of(softmax));
    save(softmax, target);
    return new Tensor[] {rows.mean(), softmax};
  }

  @Override
  protected Tensor[] backwardAll(Tensor[] gradients) {
    Tensor ofLoss = gradients[0];
    Tensor ofSoftmax = gradients[1];
    if (ofSoftmax == null && !Autograd.isEnabled()) {
      return new Tensor[] {inPlace(workspace(0), ofLoss), null};
    }
    Tensor softmax = saved(0);
    Tensor gradient = null;
    if (ofLoss != null) {
      Tensor column = saved(1).unsqueeze(1);
      Tensor less = Elementwise.number(softmax, softmax.dtype(), -1).expand(column.shape());
      gradient = softmax.scatterAdd(1, column, less).mul(perRow(ofLoss));
    }
    if (ofSoftmax != null) {
      Tensor weighted = ofSoftmax.mul(softmax);
      Tensor second = weighted.sub(softmax.mul(weighted.sum(Dim.LAST, Keep.KEEP)));
      gradient = gradient == null ? second : gradient.add(second);
    }
    return new Tensor[] {gradient, null};
  }

  private Tensor inPlace(Tensor softmax, Tensor gradient) {
    Operand column = of(saved(1).unsqueeze(1));
    Tensor less = Elementwise.number(softmax, softmax.dtype(), -1);
    of(softmax).backend().scatterAdd(of(less).expand(column.shape()), 1, column, of(softmax));
    return softmax.mulInPlace(perRow(gradient));
  }

  private Tensor perRow(Tensor gradient) {
    Shape logits = shape(1);
    return gradient.div((double) logits.size(0));
  }
}
