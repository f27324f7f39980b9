package org.notegrad.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.notegrad.backend.Operand.of;
import static org.notegrad.cpu.Elements.assertSame;
import static org.notegrad.cpu.Elements.awkward;
import static org.notegrad.cpu.Elements.compact;
import static org.notegrad.cpu.Elements.ordinary;
import static org.notegrad.cpu.Operands.REAL;
import static org.notegrad.cpu.Operands.SHAPES;
import static org.notegrad.cpu.Operands.arrangements;
import static org.notegrad.cpu.Operands.like;
import static org.notegrad.cpu.Operands.shapes;

import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.notegrad.DType;
import org.notegrad.NotegradException;
import org.notegrad.Tensor;
import org.notegrad.backend.Backend;
import org.notegrad.backend.BinaryOp;
import org.notegrad.backend.CompareOp;
import org.notegrad.backend.UnaryOp;
import org.notegrad.ops.Types;

/** Element by element: functions of one tensor, of two, comparisons, choices. */
interface ElementwiseContract extends Contract {
  /** The oracle. */
  Backend PLAIN = new CpuBackend(new PlainKernels());

  /** Whether an operation on this type is computed in it, and neither refused nor converted. */
  private static boolean computes(Supplier<DType> type, DType dtype) {
    try {
      return type.get() == dtype;
    } catch (NotegradException e) {
      return false;
    }
  }

  @ParameterizedTest
  @EnumSource(UnaryOp.class)
  default void unaryEqualsPlainLoops(UnaryOp op) {
    for (DType dtype : DType.values()) {
      if (!computes(() -> Types.of(op, dtype), dtype)) {
        continue;
      }
      for (int[] shape : shapes(dtype)) {
        for (Arrangement arrangement : arrangements(shape)) {
          Tensor x = arrangement.of(awkward(dtype, shape.length, shape));
          Tensor expected = like(dtype, x);
          PLAIN.unary(op, of(compact(x)), of(expected));
          Tensor out = like(dtype, x);
          backend().unary(op, of(x), of(out));
          String context = op + " " + x.describe() + " " + arrangement;
          assertSame(context, expected, out);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(BinaryOp.class)
  default void binaryEqualsPlainLoops(BinaryOp op) {
    for (DType dtype : DType.values()) {
      if (!computes(() -> Types.of(op, dtype, dtype), dtype)) {
        continue;
      }
      for (int[] shape : shapes(dtype)) {
        for (Arrangement left : arrangements(shape)) {
          for (Arrangement right : arrangements(shape)) {
            Tensor a = left.of(awkward(dtype, 3, shape));
            Tensor b = right.of(awkward(dtype, 8, shape));
            Tensor expected = like(dtype, a);
            PLAIN.binary(op, of(compact(a)), of(compact(b)), of(expected));
            Tensor out = like(dtype, a);
            backend().binary(op, of(a), of(b), of(out));
            String context = op + " " + a.describe() + " " + left + " " + right;
            assertSame(context, expected, out);
          }
        }
      }
    }
  }

  /** A number beside a tensor: all strides 0 on one side. */
  @ParameterizedTest
  @EnumSource(BinaryOp.class)
  default void scalarBesideTensorEqualsPlainLoops(BinaryOp op) {
    for (DType dtype : REAL) {
      for (int turn = 0; turn < 40; turn++) {
        Tensor x = awkward(dtype, 1, 61);
        Tensor number = awkward(dtype, turn, 1).expand(61);
        for (boolean first : new boolean[] {true, false}) {
          Tensor a = first ? number : x;
          Tensor b = first ? x : number;
          Tensor expected = like(dtype, x);
          PLAIN.binary(op, of(compact(a)), of(compact(b)), of(expected));
          Tensor out = like(dtype, x);
          backend().binary(op, of(a), of(b), of(out));
          String context = op + " " + dtype + " with " + number.get(0).item();
          assertSame(context, expected, out);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(BinaryOp.class)
  default void binaryInPlaceWritesItsElementsAndNoOthers(BinaryOp op) {
    for (DType dtype : DType.values()) {
      if (!computes(() -> Types.of(op, dtype, dtype), dtype)) {
        continue;
      }
      for (int[] shape : SHAPES) {
        for (Arrangement target : arrangements(shape)) {
          if (!target.isWritable()) {
            continue;
          }
          Tensor b = Arrangement.REPEATED.of(awkward(dtype, 8, shape));
          Tensor a = target.of(awkward(dtype, 3, shape));
          Tensor expected = like(dtype, a);
          PLAIN.binary(op, of(compact(a)), of(compact(b)), of(expected));
          List<Object> around = Elements.around(a);
          backend().binary(op, of(a), of(b), of(a));
          String context = op + " in place " + a.describe() + " " + target;
          assertSame(context, expected, a);
          assertEquals(around, Elements.around(a), context);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(CompareOp.class)
  default void compareEqualsPlainLoops(CompareOp op) {
    for (DType dtype : DType.values()) {
      for (int[] shape : shapes(dtype)) {
        for (Arrangement arrangement : arrangements(shape)) {
          for (int turn : new int[] {3, 4}) {
            Tensor a = arrangement.of(awkward(dtype, 3, shape));
            Tensor b = awkward(dtype, turn, shape);
            Tensor expected = like(DType.BOOL, a);
            PLAIN.compare(op, of(compact(a)), of(b), of(expected));
            Tensor out = like(DType.BOOL, a);
            backend().compare(op, of(a), of(b), of(out));
            assertSame(op + " " + a.describe() + " " + arrangement, expected, out);
          }
        }
      }
    }
  }

  @Test
  default void integersAreComparedExactly() {
    long[] large = {Long.MAX_VALUE, Long.MAX_VALUE - 1, 1L << 53, (1L << 53) + 1};
    Tensor a = Tensor.tensor(large);
    Tensor b = Tensor.tensor(large[1], large[0], large[3], large[2]);
    Tensor out = like(DType.BOOL, a);
    backend().compare(CompareOp.GT, of(a), of(b), of(out));
    assertEquals(List.of(true, false, false, true), Elements.of(out));
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  default void whereChoosesElementByElement(DType dtype) {
    for (int[] shape : shapes(dtype)) {
      for (Arrangement arrangement : arrangements(shape)) {
        Tensor condition = arrangement.of(ordinary(DType.BOOL, 5, shape));
        Tensor a = arrangement.of(awkward(dtype, 3, shape));
        Tensor b = awkward(dtype, 8, shape);
        Tensor out = like(dtype, a);
        backend().where(of(condition), of(a), of(b), of(out));
        List<Object> chosen = Elements.of(condition);
        List<Object> expected = Elements.of(b);
        List<Object> left = Elements.of(a);
        for (int i = 0; i < expected.size(); i++) {
          if ((Boolean) chosen.get(i)) {
            expected.set(i, left.get(i));
          }
        }
        assertEquals(expected, Elements.of(out), dtype + " " + a.shape() + " " + arrangement);
      }
    }
  }

  /** A number stands in every place: both the choice and the comparison that it comes from. */
  @ParameterizedTest
  @EnumSource(DType.class)
  default void numbersBesideATensorAreComparedAndChosen(DType dtype) {
    for (int[] shape : shapes(dtype)) {
      Tensor x = awkward(dtype, 3, shape);
      Tensor number = ordinary(dtype, 4, 1).reshape().expand(x.shape());
      Tensor written = number.clone();
      for (CompareOp op : CompareOp.values()) {
        Tensor expected = like(DType.BOOL, x);
        PLAIN.compare(op, of(x), of(written), of(expected));
        Tensor condition = like(DType.BOOL, x);
        backend().compare(op, of(x), of(number), of(condition));
        assertSame(op + " " + x.describe(), expected, condition);
        for (boolean first : new boolean[] {true, false}) {
          Tensor chosen = like(dtype, x);
          PLAIN.where(of(condition), of(first ? written : x), of(first ? x : written), of(chosen));
          Tensor out = like(dtype, x);
          backend().where(of(condition), of(first ? number : x), of(first ? x : number), of(out));
          assertSame("where " + op + " " + x.describe(), chosen, out);
        }
      }
    }
  }
}
