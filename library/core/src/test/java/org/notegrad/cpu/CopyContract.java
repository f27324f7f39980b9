package org.notegrad.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.notegrad.backend.Operand.of;
import static org.notegrad.cpu.Elements.awkward;
import static org.notegrad.cpu.Elements.ordinary;
import static org.notegrad.cpu.Elements.real;
import static org.notegrad.cpu.Operands.arrangements;
import static org.notegrad.cpu.Operands.like;
import static org.notegrad.cpu.Operands.shapes;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.notegrad.DType;
import org.notegrad.HalfOracle;
import org.notegrad.Tensor;

/** Copies, conversions, fillings, and the way out to arrays. */
interface CopyContract extends Contract {
  @ParameterizedTest
  @EnumSource(DType.class)
  default void copyConvertsAsJavaCasts(DType from) {
    for (DType to : DType.values()) {
      for (int[] shape : shapes(from)) {
        for (Arrangement source : arrangements(shape)) {
          for (Arrangement target : arrangements(shape)) {
            if (!target.isWritable()) {
              continue;
            }
            Tensor x = source.of(awkward(from, 2, shape));
            Tensor out = target.of(like(to, x));
            List<Object> around = Elements.around(out);
            backend().copy(of(x), of(out));
            String context = from + " " + source + " to " + to + " " + target + " " + x.shape();
            assertEquals(cast(Elements.of(x), to), Elements.of(out), context);
            assertEquals(around, Elements.around(out), context);
          }
        }
      }
    }
  }

  private static List<Object> cast(List<Object> elements, DType to) {
    List<Object> cast = new ArrayList<>();
    for (Object element : elements) {
      cast.add(
          switch (to) {
            case FLOAT32 -> element instanceof Number n ? n.floatValue() : (float) real(element);
            case FLOAT64 -> real(element);
            case FLOAT16, BFLOAT16 ->
                (float)
                    (element instanceof Long l
                        ? HalfOracle.of(to).round(l)
                        : HalfOracle.of(to).round(real(element)));
            case INT32 -> element instanceof Number n ? n.intValue() : (int) real(element);
            case INT64 -> element instanceof Number n ? n.longValue() : (long) real(element);
            case BOOL -> real(element) != 0;
          });
    }
    return cast;
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  default void fillWritesItsElementsAndNoOthers(DType dtype) {
    for (int[] shape : shapes(dtype)) {
      for (Arrangement arrangement : arrangements(shape)) {
        if (arrangement.isWritable()) {
          Tensor out = arrangement.of(awkward(dtype, 2, shape));
          List<Object> around = Elements.around(out);
          backend().fill(of(out), 2.75);
          List<Object> expected = new ArrayList<>(Elements.of(out));
          expected.replaceAll(any -> cast(List.<Object>of(2.75), dtype).getFirst());
          assertEquals(expected, Elements.of(out), out.describe() + " " + arrangement);
          assertEquals(around, Elements.around(out), out.describe() + " " + arrangement);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Arrangement.class)
  default void toArrayIsRowMajor(Arrangement arrangement) {
    Tensor x = arrangement.of(ordinary(DType.FLOAT64, 1, 4, 5));
    double[] array = new double[20];
    backend().toArray(of(x), array);
    assertEquals(Elements.of(x), List.copyOf(Elements.of(Tensor.fromArray(array, 20))));
  }
}
