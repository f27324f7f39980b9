package org.notegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.notegrad.Functional.crossEntropy;
import static org.notegrad.Functional.linear;
import static org.notegrad.Functional.oneHot;
import static org.notegrad.Tensor.fromArray;
import static org.notegrad.Tensor.full;
import static org.notegrad.Tensor.ones;
import static org.notegrad.Tensor.rand;
import static org.notegrad.Tensor.randn;
import static org.notegrad.Tensor.tensor;
import static org.notegrad.Tensor.zeros;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.notegrad.backend.Distribution;
import org.notegrad.optim.Adam;
import org.notegrad.optim.Optimizer;
import org.notegrad.optim.SGD;

/** int32, float16 and bfloat16 go wherever the other types go. */
class DTypesTest {
  @Test
  void integersOf32BitsStayThemselvesAndWrapAround() {
    Tensor x = fromArray(new int[] {1, -2, Integer.MAX_VALUE}, 3);
    assertEquals("int32 (3,)", x.add(1).describe());
    assertArrayEquals(new int[] {2, -1, Integer.MIN_VALUE}, x.add(1).toIntArray());
    assertArrayEquals(new int[] {1, 4, 1}, x.mul(x).toIntArray());
    assertArrayEquals(new int[] {1, -8, Integer.MAX_VALUE}, x.pow(3).toIntArray());
    assertArrayEquals(new long[] {1L << 31}, x.sum().add(2).reshape(1).toLongArray());
    assertEquals(Integer.MAX_VALUE, x.max().item());
    assertEquals("int64 (3,)", x.add(tensor(1L, 1, 1)).describe());
    assertEquals("float32 (3,)", x.mul(0.5).describe());
    assertArrayEquals(new boolean[] {true, true, true}, x.lt(1L << 40).toBooleanArray());
    assertArrayEquals(new int[] {1, -1, 1}, x.clamp(-1, 1L).toIntArray());
    assertArrayEquals(x.toIntArray(), x.clamp(Long.MIN_VALUE, Long.MAX_VALUE).toIntArray());
    assertEquals("tensor([1, 2], dtype=int32)", fromArray(new int[] {1, 2}, 2).toString());
    assertEquals(
        "add: 4294967296 does not fit in int32",
        assertThrows(NotegradException.class, () -> x.add(1L << 32)).getMessage());
    assertEquals(
        "mulInPlace: 4294967296 does not fit in int32",
        assertThrows(NotegradException.class, () -> x.mulInPlace(1L << 32)).getMessage());
  }

  @Test
  void indicesMayHave32Bits() {
    Tensor index = fromArray(new int[] {2, 0}, 2);
    Tensor x = tensor(1.0, 2, 3);
    assertArrayEquals(new double[] {3, 1}, x.gather(0, index).toDoubleArray());
    assertArrayEquals(new double[] {3, 1}, x.indexSelect(0, index).toDoubleArray());
    assertArrayEquals(
        new double[] {11, 2, 13}, x.scatterAdd(0, index, full(10.0, 2)).toDoubleArray());
    assertEquals("int64 (2, 3)", oneHot(index, 3).describe());
    Tensor logits = randn(2, 3);
    assertEquals(
        crossEntropy(logits, index.to(DType.INT64)).item(), crossEntropy(logits, index).item());
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT16", "BFLOAT16"})
  void sumsOfHalvesAreAddedInFloat32(DType dtype) {
    Tensor x = ones(dtype, 5000);
    assertEquals(HalfOracle.of(dtype).round(5000.0), x.sum().item());
    assertEquals(60, x.mul(60).mean().item(), "300,000 is beyond float16");
    assertEquals(0, x.mul(300).var().item());
    assertEquals(HalfOracle.of(dtype).round(300 * Math.sqrt(5000)), x.mul(300).norm().item());
    assertEquals(dtype, x.mean().dtype());
    assertEquals(dtype, x.std(0).dtype());
    assertEquals(dtype, x.norm(0, Keep.KEEP).dtype());
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT16", "BFLOAT16"})
  void halvesAreMultipliedInFloat32AndRoundedOnce(DType dtype) {
    Tensor a = randn(dtype, 33, 70);
    Tensor b = randn(dtype, 70, 17);
    Tensor wide = a.to(DType.FLOAT32).matmul(b.to(DType.FLOAT32));
    assertArrayEquals(wide.to(dtype).toDoubleArray(), a.matmul(b).toDoubleArray());
    Tensor w = b.t();
    Tensor bias = randn(dtype, 17);
    Tensor out = linear(a.to(DType.FLOAT32), w.to(DType.FLOAT32), bias.to(DType.FLOAT32));
    assertArrayEquals(out.to(dtype).toDoubleArray(), linear(a, w, bias).toDoubleArray());
    assertEquals(dtype, a.softmax(1).dtype());
    Tensor target = zeros(DType.INT64, 33);
    assertEquals(
        crossEntropy(a.to(DType.FLOAT32), target).item(),
        crossEntropy(a, target).item(),
        HalfOracle.of(dtype).round(0.05));
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT16", "BFLOAT16"})
  void gradientsOfHalvesAreHalves(DType dtype) {
    Tensor x = tensor(0.5, -1, 2).to(dtype).requiresGrad(true);
    x.mul(x).add(1.0).log().mean().backward();
    assertEquals(dtype + " (3,)", x.grad().describe());
    Tensor wide = tensor(0.5, -1, 2).requiresGrad(true);
    wide.mul(wide).add(1.0).log().mean().backward();
    assertArrayEquals(wide.grad().toDoubleArray(), x.grad().toDoubleArray(), 0.01);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT16", "BFLOAT16"})
  void optimizersStepInHalves(DType dtype) {
    Tensor w = tensor(1.0, -2).to(dtype).requiresGrad(true);
    for (Optimizer<?> optimizer :
        List.<Optimizer<?>>of(new SGD(List.of(w), 0.5), new Adam(List.of(w), 0.5))) {
      double before = w.square().sum().item();
      w.setGrad(null);
      w.square().sum().backward();
      optimizer.step();
      assertTrue(w.square().sum().item() < before);
      assertEquals(dtype, w.dtype());
      w.setGrad(null);
      Autograd.noGrad(() -> w.copyInPlace(tensor(1.0, -2)));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT16", "BFLOAT16"})
  void uniformHalvesAreBelow1(DType dtype) {
    Tensor x = rand(dtype, 100_000);
    assertEquals(dtype, x.dtype());
    assertTrue(x.max().item() < 1);
    assertTrue(x.min().item() == 0 || dtype == DType.FLOAT16);
    assertEquals(0.5, x.to(DType.FLOAT64).mean().item(), 0.01);
    Tensor normal = randn(dtype, 100_000).to(DType.FLOAT64);
    assertEquals(0, normal.mean().item(), 0.02);
    assertEquals(1, normal.std().item(), 0.02);
  }

  @Test
  void integersOf32BitsAreDrawnInTheirRange() {
    Tensor x = new Generator(1).fill(new Distribution.Integers(-3, 3), zeros(DType.INT32, 1000));
    assertEquals(-3, x.min().item());
    assertEquals(2, x.max().item());
    assertThrows(
        NotegradException.class,
        () -> new Generator(1).fill(new Distribution.Integers(0, 1L << 33), zeros(DType.INT32, 1)));
  }

  @Test
  void halvesArePrintedWithTheirType() {
    assertEquals(
        "tensor([0.1000, 2.5000], dtype=float16)", tensor(0.1, 2.5).to(DType.FLOAT16).toString());
    assertEquals("tensor(1., dtype=bfloat16)", Tensor.scalar(DType.BFLOAT16, 1).toString());
  }
}
