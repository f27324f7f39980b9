package org.notegrad.optim;

import java.util.List;
import org.notegrad.NotegradException;
import org.notegrad.Tensor;

/**
 * Parameters that are trained with the same settings.
 *
 * <pre>{@code
 * var adam = new Adam(List.of(
 *     ParameterGroup.of(body.parameters(), AdamConfig.of(1e-4)),
 *     ParameterGroup.of(head.parameters(), AdamConfig.of(1e-3).decoupledWeightDecay(0.01))));
 * }</pre>
 *
 * @param parameters leaves of a floating type; frozen ones stay as they are
 * @param config the settings
 */
public record ParameterGroup<C extends OptimizerConfig<C>>(List<Tensor> parameters, C config) {
  /**
   * Copies the list.
   *
   * @throws NotegradException if there are no parameters, or something is null
   */
  public ParameterGroup {
    if (parameters == null || config == null) {
      throw new NotegradException(
          "ParameterGroup", "the %s are null", parameters == null ? "parameters" : "settings");
    }
    for (int i = 0; i < parameters.size(); i++) {
      if (parameters.get(i) == null) {
        throw new NotegradException("ParameterGroup", "parameter %d is null", i);
      }
    }
    parameters = List.copyOf(parameters);
  }

  /** These parameters with these settings. */
  public static <C extends OptimizerConfig<C>> ParameterGroup<C> of(
      List<Tensor> parameters, C config) {
    return new ParameterGroup<>(parameters, config);
  }
}
