package org.notegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.notegrad.Functional.cat;
import static org.notegrad.Functional.crossEntropy;
import static org.notegrad.Functional.linear;
import static org.notegrad.Functional.mseLoss;
import static org.notegrad.Functional.oneHot;
import static org.notegrad.Functional.stack;
import static org.notegrad.Functional.where;
import static org.notegrad.Tensor.arange;
import static org.notegrad.Tensor.eye;
import static org.notegrad.Tensor.fromArray;
import static org.notegrad.Tensor.full;
import static org.notegrad.Tensor.linspace;
import static org.notegrad.Tensor.ones;
import static org.notegrad.Tensor.rand;
import static org.notegrad.Tensor.randint;
import static org.notegrad.Tensor.randperm;
import static org.notegrad.Tensor.scalar;
import static org.notegrad.Tensor.tensor;
import static org.notegrad.Tensor.zeros;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.notegrad.nn.Linear;
import org.notegrad.nn.MSELoss;
import org.notegrad.optim.Adam;
import org.notegrad.optim.AdamConfig;
import org.notegrad.optim.SGD;
import org.notegrad.optim.SGDConfig;

/** Messages name the operation, what was given and the rule; and nothing is half done. */
class ErrorsTest {
  private static final int HUGE = Integer.MAX_VALUE;

  private static Arguments says(String message, Executable mistake) {
    return Arguments.of(message, mistake);
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
            shapes(), dimensions(), views(), indices(), types(), creation(), nulls(), training())
        .flatMap(s -> s);
  }

  private static Stream<Arguments> shapes() {
    return Stream.of(
        says(
            "matmul: (32, 10) x (20, 10): inner dimensions 10 and 20 differ",
            () -> zeros(32, 10).matmul(zeros(20, 10))),
        says(
            "matmul: (3,) x (4,): inner dimensions 3 and 4 differ",
            () -> zeros(3).matmul(zeros(4))),
        says("matmul: () x (4,): a scalar is no matrix; use mul", () -> scalar(2).matmul(zeros(4))),
        says(
            "matmul: (2, 4, 5) x (3, 5, 4): leading dimensions (2,) and (3,) can't be broadcast",
            () -> zeros(2, 4, 5).matmul(zeros(3, 5, 4))),
        says(
            "add: (2, 3) x (2,): sizes 3 and 2 in dimension -1 can't be broadcast",
            () -> zeros(2, 3).add(zeros(2))),
        says(
            "gt: (2, 3) x (3, 3): sizes 2 and 3 in dimension -2 can't be broadcast",
            () -> zeros(2, 3).gt(zeros(3, 3))),
        says(
            "where: (2,) x (3,): sizes 2 and 3 in dimension -1 can't be broadcast",
            () -> where(tensor(true, false), zeros(3), zeros(3))),
        says(
            "linear: (2, 3) x (4, 5): features: the weight takes 5, the input has 3",
            () -> linear(zeros(2, 3), zeros(4, 5), null)),
        says(
            "linear: () x (4, 5): (..., in) x (out, in) expected",
            () -> linear(scalar(1), zeros(4, 5), null)),
        says(
            "linear: (4, 3) x (3,): (out, in) and a bias of (out,) expected",
            () -> linear(zeros(2, 3), zeros(4, 3), zeros(3))),
        says("mseLoss: (2,) x (2, 1): the shapes differ", () -> mseLoss(zeros(2), zeros(2, 1))),
        says(
            "crossEntropy: (2, 3) x (3,): logits (n, classes) and class indices (n,) expected",
            () -> crossEntropy(zeros(2, 3), tensor(0L, 1, 2))),
        says(
            "cat: (2, 3) x (2, 4): shapes may differ in dimension 0 only",
            () -> cat(0, zeros(2, 3), zeros(2, 4))),
        says("cat: nothing to join", () -> cat(0)),
        says(
            "cat: (): a scalar has no dimension to join; use stack",
            () -> cat(0, scalar(1), scalar(2))),
        says(
            "cat: (2, 3) x (1, 0): shapes may differ in dimension 0 only",
            () -> cat(0, zeros(2, 3), zeros(1, 0))),
        says("stack: (2,): dim 2 is not in [-2, 2)", () -> stack(2, zeros(2), zeros(2))),
        says("stack: (2,) x (3,): shapes differ", () -> stack(0, zeros(2), zeros(3))),
        says("stack: nothing to join", () -> stack(0)),
        says("t: (2, 3, 4): a matrix expected; use transpose or permute", () -> zeros(2, 3, 4).t()),
        says("item: (2,): one element expected", () -> zeros(2).item()),
        says("itemLong: (0,): one element expected", () -> zeros(0).itemLong()),
        says("max: (0,): there is no element to choose", () -> zeros(0).max()),
        says("argmax: (0,): there is no element to choose", () -> zeros(0).argmax()),
        says("argmin: (3, 0): there is no element to choose", () -> zeros(3, 0).argmin(1)),
        says(
            "addInPlace: (2,) x (2, 2): the second is larger than the first",
            () -> zeros(2).addInPlace(zeros(2, 2))),
        says(
            "fillInPlace: (2, 3): an expanded tensor holds one element in several places; clone()"
                + " it first",
            () -> zeros(3).expand(2, 3).fillInPlace(1)));
  }

  private static Stream<Arguments> dimensions() {
    return Stream.of(
        says("sum: (2, 3): dim 2 is not in [-2, 2)", () -> zeros(2, 3).sum(2)),
        says("mean: (2, 3): dim -3 is not in [-2, 2)", () -> zeros(2, 3).mean(-3)),
        says("argmax: (): dim 1 is not in [-1, 1)", () -> scalar(1).argmax(1)),
        says(
            "prod: (2, 3): dim -1 stands twice in [1, -1]",
            () -> zeros(2, 3).prod(new int[] {1, -1}, Keep.DROP)),
        says("softmax: (2, 3): dim 2 is not in [-2, 2)", () -> zeros(2, 3).softmax(2)),
        says("transpose: (2, 3): dim 5 is not in [-2, 2)", () -> zeros(2, 3).transpose(0, 5)),
        says(
            "permute: (2, 3): [0, 0] is not an order of its dimensions",
            () -> zeros(2, 3).permute(0, 0)),
        says(
            "permute: (2, 3): [0] is not an order of its dimensions", () -> zeros(2, 3).permute(0)),
        says("unsqueeze: (2,): dim 2 is not in [-2, 2)", () -> zeros(2).unsqueeze(2)),
        says("squeeze: (2, 3): dimension 0 has not size 1", () -> zeros(2, 3).squeeze(0)),
        says("size: (2,): dim 1 is not in [-1, 1)", () -> zeros(2).size(1)),
        says("size: (): a scalar has no dimension 0", () -> scalar(1).size(0)));
  }

  private static Stream<Arguments> views() {
    return Stream.of(
        says("reshape: (2, 3): 6 elements do not fill [4, 2]", () -> zeros(2, 3).reshape(4, 2)),
        says("reshape: (2, 3): 6 elements do not fill [4, -1]", () -> zeros(2, 3).reshape(4, -1)),
        says(
            "reshape: (2, 3): size -1 is negative, and only one may be -1",
            () -> zeros(2, 3).reshape(-1, -1)),
        says(
            "reshape: (0, 3): any size could stand for the -1 in [0, -1]",
            () -> zeros(0, 3).reshape(0, -1)),
        says(
            "expand: (2, 3) x (2, 4): sizes 3 and 4 in dimension -1 can't be broadcast",
            () -> zeros(2, 3).expand(2, 4)),
        says(
            "expand: (2, 3) x (3,): the second is smaller than the first",
            () -> zeros(2, 3).expand(3)),
        says(
            "expand: (1,) x (100000, 100000): a tensor has at most 2147483639 elements",
            () -> zeros(1).expand(100_000, 100_000)),
        says(
            "narrow: (5,): 3 elements from 3 are not inside dimension 0 of size 5",
            () -> zeros(5).narrow(0, 3, 3)),
        says(
            "narrow: (5,): 2147483647 elements from 1 are not inside dimension 0 of size 5",
            () -> zeros(5).narrow(0, 1, HUGE)),
        says("narrow: (): a scalar has no dimension to index", () -> scalar(1).narrow(0, 0, 1)),
        says("slice: (5,): step 0 is not positive", () -> zeros(5).slice(0, 0, 5, 0)),
        says(
            "select: (2, 3): index 3 is not in [-3, 3) of dimension 1",
            () -> zeros(2, 3).select(1, 3)),
        says("select: (): a scalar has no dimension to index", () -> zeros(2).get(0, 0)));
  }

  private static Stream<Arguments> indices() {
    return Stream.of(
        says("gather: index 3 is not in [0, 3)", () -> zeros(3).gather(0, tensor(0L, 3))),
        says("gather: index -1 is not in [0, 3)", () -> zeros(3).gather(0, tensor(-1L))),
        says("gather: index 0 is not in [0, 0)", () -> zeros(0).gather(0, tensor(0L))),
        says(
            "gather: (2, 3) x (2,): the index must fit in every dimension but 1",
            () -> zeros(2, 3).gather(1, tensor(0L, 1))),
        says(
            "gather: the index is float32, int64 or int32 expected",
            () -> zeros(3).gather(0, tensor(0.0, 1))),
        says(
            "indexSelect: (2, 3) x (1, 2): an index of one dimension expected",
            () -> zeros(2, 3).indexSelect(0, zeros(DType.INT64, 1, 2))),
        says(
            "scatterAdd: (2,) x (3,): index and source differ",
            () -> zeros(4).scatterAdd(0, tensor(0L, 1), zeros(3))),
        says("indexSelect: index 3 is not in [0, 3)", () -> zeros(3).indexSelect(0, tensor(3L))),
        says(
            "indexSelect: the index is float32, int64 or int32 expected",
            () -> zeros(3).indexSelect(0, tensor(1.0))),
        says(
            "scatterAdd: index 4 is not in [0, 4)",
            () -> zeros(4).scatterAdd(0, tensor(4L), zeros(1))),
        says("oneHot: index 3 is not in [0, 3)", () -> oneHot(tensor(0L, 3), 3)),
        says("oneHot: index -1 is not in [0, 3)", () -> oneHot(tensor(0L, -1), 3)),
        says("oneHot: the index is float32, int64 or int32 expected", () -> oneHot(tensor(1.0), 3)),
        says("oneHot: -1 classes; 0 or more expected", () -> oneHot(tensor(0L), -1)),
        says(
            "crossEntropy: index 3 is not in [0, 3)",
            () -> crossEntropy(zeros(2, 3), tensor(0L, 3))));
  }

  private static Stream<Arguments> types() {
    return Stream.of(
        says(
            "crossEntropy: the target is float32, class indices as int64 or int32 expected",
            () -> crossEntropy(zeros(2, 3), zeros(2))),
        says(
            "where: the condition is float32, bool expected",
            () -> where(zeros(2), zeros(2), zeros(2))),
        says(
            "addInPlace: a result of float32 does not fit in int64",
            () -> arange(3).addInPlace(zeros(3))),
        says(
            "addInPlace: a result of float32 does not fit in int64",
            () -> arange(3).addInPlace(0.5)),
        says(
            "mulInPlace: a result of float32 does not fit in int64",
            () -> arange(3).mulInPlace(0.5)),
        says(
            "divInPlace: a result of float32 does not fit in int64",
            () -> arange(3).divInPlace(arange(3))),
        says(
            "requiresGrad: a tensor of int64 has no gradients",
            () -> arange(3).requiresGrad(true)));
  }

  private static Stream<Arguments> creation() {
    return Stream.of(
        says("zeros: size -2 in [3, -2] is negative", () -> zeros(3, -2)),
        says("ones: size -2 in [3, -2] is negative", () -> ones(3, -2)),
        says("full: size -1 in [-1] is negative", () -> full(2.0, -1)),
        says("rand: size -1 in [-1] is negative", () -> rand(-1)),
        says("randint: size -1 in [-1] is negative", () -> randint(0, 3, -1)),
        says("fromArray: size -1 in [-1] is negative", () -> fromArray(new float[1], -1)),
        says(
            "zeros: [2147483647, 2147483647, 2147483647] has too many elements",
            () -> zeros(HUGE, HUGE, HUGE)),
        says(
            "eye: (50000, 50000): 2500000000 elements; a tensor has at most 2147483639",
            () -> eye(50_000)),
        says("fromArray: (2, 2): 3 values do not fill it", () -> fromArray(new float[3], 2, 2)),
        says("tensor: row 0 has 2 values, row 1 has 1", () -> tensor(new double[][] {{1, 2}, {3}})),
        says("arange: step is 0", () -> arange(0, 3, 0)),
        says(
            "arange: 18446744073709551615 elements; a tensor has at most 2147483639",
            () -> arange(Long.MIN_VALUE, Long.MAX_VALUE, 1)),
        says(
            "arange: 3000000000 elements; a tensor has at most 2147483639",
            () -> arange(0, 3e9, 1.0)),
        says(
            "arange: from 0.0 to Infinity by 1.0; finite numbers expected",
            () -> arange(0, Double.POSITIVE_INFINITY, 1)),
        says(
            "arange: from NaN to 1.0 by 1.0; finite numbers expected",
            () -> arange(Double.NaN, 1, 1)),
        says(
            "arange: from 0.0 to 1.0 by NaN; finite numbers expected",
            () -> arange(0, 1, Double.NaN)),
        says("linspace: -1 numbers; 0 or more expected", () -> linspace(0, 1, -1)),
        says("randint: [3, 3) is empty", () -> randint(3, 3, 2)),
        says("permutation: -1 numbers; 0 or more expected", () -> randperm(-1)),
        says("setThreads: 0 threads; at least 1 expected", () -> Notegrad.setThreads(0)));
  }

  private static Stream<Arguments> nulls() {
    return Stream.of(
        says("add: the tensor is null", () -> zeros(2).add((Tensor) null)),
        says("gt: the tensor is null", () -> zeros(2).gt((Tensor) null)),
        says("matmul: the tensor is null", () -> zeros(2).matmul(null)),
        says("addInPlace: the tensor is null", () -> zeros(2).addInPlace((Tensor) null)),
        says("copyInPlace: the tensor is null", () -> zeros(2).copyInPlace(null)),
        says("where: the condition is null", () -> where(null, zeros(2), zeros(2))),
        says("where: the second tensor is null", () -> where(tensor(true), zeros(1), null)),
        says("cat: the tensor 1 is null", () -> cat(0, zeros(2), null)),
        says("stack: the tensor 0 is null", () -> stack(0, null, zeros(2))),
        says("linear: the weight is null", () -> linear(zeros(2), (Tensor) null, null)),
        says("gather: the index is null", () -> zeros(2).gather(0, null)),
        says("scatterAdd: the source is null", () -> zeros(2).scatterAdd(0, tensor(0L), null)),
        says("crossEntropy: the target is null", () -> crossEntropy(zeros(2, 2), null)),
        says("mseLoss: the target is null", () -> mseLoss(zeros(2), null)),
        says("oneHot: the index is null", () -> oneHot(null, 2)),
        says("to: the type is null", () -> zeros(2).to((DType) null)),
        says("zeros: the type is null", () -> zeros((DType) null, 2)),
        says("fromArray: the array of values is null", () -> fromArray((float[]) null, 2)));
  }

  private static Stream<Arguments> training() {
    Tensor w = zeros(2).requiresGrad(true);
    return Stream.of(
        says("Adam: no parameters to optimize", () -> new Adam(List.of(), 0.1)),
        says("SGD: a parameter of shape (2,) is listed twice", () -> new SGD(List.of(w, w), 0.1)),
        says(
            "SGD: a parameter of shape (2,) is no leaf: it is the result of mul",
            () -> new SGD(List.of(w.mul(2)), 0.1)),
        says("Adam: beta1 1.0 is not in [0, 1)", () -> AdamConfig.of(0.1).betas(1, 0.9)),
        says("Adam: learning rate -1.0 is not 0 or more", () -> new Adam(List.of(w), -1)),
        says("SGD: dampening NaN is not finite", () -> SGDConfig.of(0.1).dampening(Double.NaN)),
        says(
            "SGD: nesterov needs momentum and no dampening",
            () -> SGDConfig.of(0.1).withNesterov()),
        says("MSELoss: input 1 is null", () -> new MSELoss().forward(zeros(2), null)),
        says("Linear: input 0 is null", () -> new Linear(2, 3).forward(null)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void messageNamesOperationShapesAndRule(String message, Executable mistake) {
    assertEquals(message, assertThrows(NotegradException.class, mistake).getMessage());
  }

  @Test
  void refusedWritesChangeNothing() {
    Tensor x = tensor(1.0, 2);
    assertThrows(NotegradException.class, () -> x.addInPlace(ones(2, 2)));
    Tensor counts = tensor(1L, 2);
    assertThrows(NotegradException.class, () -> counts.addInPlace(x));
    assertArrayEquals(new long[] {1, 2}, counts.toLongArray());
    assertThrows(NotegradException.class, () -> x.copyInPlace(ones(3)));
    assertThrows(NotegradException.class, () -> x.scatterAdd(0, tensor(0L, 5), ones(2)));
    assertArrayEquals(new double[] {1, 2}, x.toDoubleArray());
    assertEquals(0, x.version());
  }

  @Test
  void refusedBackwardLeavesGradientsAlone() {
    Tensor x = tensor(1.0, 2).requiresGrad(true);
    Tensor w = tensor(1.0, 2);
    Tensor y = x.mul(w).sum();
    w.fillInPlace(5);
    assertThrows(NotegradException.class, y::backward);
    assertEquals(null, x.grad());
  }
}
