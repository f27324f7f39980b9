package org.notegrad;

import java.util.Objects;

/**
 * What a new tensor is made of, and where: {@code Tensor.zeros(TensorOptions.of(FLOAT64).on(gpu),
 * 2, 3)}.
 *
 * @param dtype the type of the elements; float32 by default
 * @param device where they lie; {@link Device#CPU} by default
 */
public record TensorOptions(DType dtype, Device device) {
  /** float32 on the CPU. */
  public static final TensorOptions DEFAULT = new TensorOptions(DType.FLOAT32, Device.CPU);

  public TensorOptions {
    Objects.requireNonNull(dtype, "dtype");
    Objects.requireNonNull(device, "device");
  }

  /** Elements of {@code dtype}, on the CPU. */
  public static TensorOptions of(DType dtype) {
    return new TensorOptions(dtype, Device.CPU);
  }

  /** As another tensor: its type and device. */
  public static TensorOptions like(Tensor other) {
    return new TensorOptions(other.dtype(), other.device());
  }

  /** The same, on {@code device}. */
  public TensorOptions on(Device device) {
    return new TensorOptions(dtype, device);
  }

  /** The same, with elements of {@code dtype}. */
  public TensorOptions with(DType dtype) {
    return new TensorOptions(dtype, device);
  }
}
