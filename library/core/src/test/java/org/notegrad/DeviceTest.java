package org.notegrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.notegrad.Functional.crossEntropy;
import static org.notegrad.Functional.linear;
import static org.notegrad.Functional.oneHot;
import static org.notegrad.Tensor.tensor;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.notegrad.backend.Backends;
import org.notegrad.cpu.NativeBackend;
import org.notegrad.data.DataLoader;
import org.notegrad.data.Digits;
import org.notegrad.optim.Adam;

/** Tensors on a second device, whose memory is not the Java heap. */
class DeviceTest {
  private static final Device THERE = NativeBackend.DEVICE;

  @Test
  void backendsAreFoundByTheirDevices() {
    assertEquals(THERE, Backends.of(THERE).device());
    assertTrue(Backends.devices().contains(Device.CPU));
    var error = assertThrows(NotegradException.class, () -> tensor(1.0).to(new Device("cuda", 3)));
    assertTrue(error.getMessage().contains("cuda:3"), error.getMessage());
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void elementsGoThereAndBack(DType dtype) {
    Tensor x = tensor(1.0, 0.0, 3.0, 4.0, 0.0, 6.0).reshape(2, 3).to(dtype).t();
    Tensor there = x.to(THERE);
    assertEquals(THERE, there.device());
    assertEquals(dtype, there.dtype());
    assertEquals(x.shape(), there.shape());
    Tensor back = there.to(Device.CPU);
    assertArrayEquals(x.toDoubleArray(), back.toDoubleArray());
    assertArrayEquals(x.toDoubleArray(), there.toDoubleArray());
    assertSame(back, back.to(Device.CPU));
  }

  @Test
  void gradientsFlowBackToWhereTheLeafLies() {
    Tensor x = tensor(1.0, 2.0, 3.0).requiresGrad(true);
    x.to(THERE).square().sum().backward();
    assertEquals(Device.CPU, x.grad().device());
    assertArrayEquals(new double[] {2, 4, 6}, x.grad().toDoubleArray());
  }

  @Test
  void operandsOnTwoDevicesAreRefusedByNameWithTheWayOut() {
    Tensor here = tensor(1.0, 2.0);
    Tensor there = here.to(THERE);
    List<Runnable> mixed =
        List.of(
            () -> here.add(there),
            () -> there.mul(here),
            () -> here.lt(there),
            () -> there.matmul(here),
            () -> here.addInPlace(there),
            () -> Functional.cat(0, here, there),
            () -> Functional.where(here.gt(0.0), there, there),
            () -> there.gather(0, tensor(0L, 1)));
    for (Runnable operation : mixed) {
      var error = assertThrows(NotegradException.class, operation::run);
      assertTrue(
          error.getMessage().contains("cpu") && error.getMessage().contains("native:0"),
          error.getMessage());
      assertTrue(error.getMessage().contains("to(device)"), error.getMessage());
    }
    assertEquals(0, here.version(), "nothing was written");
  }

  @Test
  void copyingInPlaceCrossesDevices() {
    Tensor there = Tensor.zeros(TensorOptions.DEFAULT.on(THERE), 2);
    there.copyInPlace(tensor(3.0, 4.0));
    assertArrayEquals(new double[] {3, 4}, there.toDoubleArray());
  }

  @Test
  void factoriesTakeTypeAndDevice() {
    var options = TensorOptions.of(DType.FLOAT64).on(THERE);
    for (Tensor made :
        List.of(
            Tensor.zeros(options, 2, 2),
            Tensor.ones(options, 2, 2),
            Tensor.full(options, 0.5, 2, 2),
            Tensor.rand(options, 2, 2),
            Tensor.randn(options, 2, 2),
            Tensor.zerosLike(Tensor.ones(options, 2, 2)))) {
      assertEquals(options, TensorOptions.like(made));
    }
    Notegrad.manualSeed(3);
    double[] there = Tensor.randn(options, 7).toDoubleArray();
    Notegrad.manualSeed(3);
    assertArrayEquals(Tensor.randn(DType.FLOAT64, 7).toDoubleArray(), there);
  }

  /** What an operation makes lies where its operands lie. */
  @Test
  void resultsStayOnTheDevice() {
    Tensor x = tensor(1.0, 2.0, 3.0, 4.0).reshape(2, 2).to(THERE);
    List<UnaryOperator<Tensor>> operations =
        List.of(
            a -> a.add(1.0),
            a -> a.add(1L),
            a -> a.div(3.0),
            a -> a.pow(2.0),
            a -> a.clamp(1.5, 2.5),
            a -> a.eq(2.0),
            a -> a.isFinite(),
            a -> a.mean(),
            a -> a.var(0),
            a -> a.std(),
            a -> a.norm(),
            a -> a.prod(1),
            a -> a.argmax(1),
            a -> a.softmax(0),
            a -> a.logSoftmax(-1),
            a -> Functional.logSumExp(a, 1),
            a -> a.to(DType.INT64),
            a -> oneHot(a.to(DType.INT64), 5),
            a -> a.matmul(a),
            a -> linear(a, a, null),
            a -> Functional.stack(0, a, a),
            a -> a.indexSelect(0, tensor(1L).to(a.device())),
            a -> a.clone().fillInPlace(2),
            a -> a.to(DType.INT64).clone().fillInPlace((1L << 53) + 1));
    for (int i = 0; i < operations.size(); i++) {
      Tensor expected = operations.get(i).apply(x.to(Device.CPU));
      Tensor actual = operations.get(i).apply(x);
      assertEquals(THERE, actual.device(), "operation " + i);
      assertArrayEquals(expected.toDoubleArray(), actual.toDoubleArray(), 1e-6, "operation " + i);
    }
    assertFalse(x.toString().isEmpty());
    assertEquals(10, x.sum().item());
    assertTrue(x.gt(0.0).all());
  }

  @Test
  void digitsAreLearnedThere() {
    Digits digits = Digits.load();
    Notegrad.manualSeed(1);
    var options = TensorOptions.DEFAULT.on(THERE);
    Tensor w1 = Tensor.randn(options, 32, 64).mul(0.1).requiresGrad(true);
    Tensor b1 = Tensor.zeros(options, 32).requiresGrad(true);
    Tensor w2 = Tensor.randn(options, 10, 32).mul(0.1).requiresGrad(true);
    UnaryOperator<Tensor> model = x -> linear(linear(x, w1, b1).relu(), w2, null);
    var adam = new Adam(List.of(w1, b1, w2), 5e-3);
    for (int epoch = 0; epoch < 8; epoch++) {
      for (var batch : new DataLoader(digits.train(), 128)) {
        adam.zeroGrad();
        crossEntropy(model.apply(batch.x().to(THERE)), batch.y().to(THERE)).backward();
        adam.step();
      }
    }
    assertEquals(THERE, w1.grad().device());
    var test = digits.test().all();
    Tensor right = model.apply(test.x().to(THERE)).argmax(1).eq(test.y().to(THERE));
    double accuracy = right.to(DType.FLOAT64).mean().item();
    assertTrue(accuracy > 0.93, "accuracy " + accuracy);
  }
}
