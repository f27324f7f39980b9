package org.notegrad.optim;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.notegrad.DType;
import org.notegrad.Tensor;
import org.notegrad.ops.FusedRule;

/** Parameters with the settings of their next step, and what an optimizer has made of these. */
final class Group<C> {
  final List<Tensor> parameters;
  C config;

  /** The rule for each type of parameter, under these settings with any learning rate. */
  final Map<DType, FusedRule> rules = new EnumMap<>(DType.class);

  /** The last step's numbers: most parameters make the same step. */
  double[] numbers;

  long numbersStep;
  C numbersConfig;

  Group(List<Tensor> parameters, C config) {
    this.parameters = parameters;
    this.config = config;
  }
}
