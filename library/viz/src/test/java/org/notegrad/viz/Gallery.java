package org.notegrad.viz;

import static org.notegrad.Functional.crossEntropy;
import static org.notegrad.viz.Confusion.confusion;
import static org.notegrad.viz.GradientGraph.gradientGraph;
import static org.notegrad.viz.Pictures.pictures;
import static org.notegrad.viz.Summary.summary;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.notegrad.DType;
import org.notegrad.Notegrad;
import org.notegrad.Tensor;
import org.notegrad.data.DataLoader;
import org.notegrad.data.Digits;
import org.notegrad.nn.Layer;
import org.notegrad.nn.Linear;
import org.notegrad.nn.ReLU;
import org.notegrad.nn.Sequential;
import org.notegrad.nn.Tanh;
import org.notegrad.optim.Adam;
import org.notegrad.train.History;
import org.notegrad.train.Metrics;

/**
 * Writes one HTML fragment for each kind of view into a folder, to be looked at: {@code java
 * org.notegrad.viz.Gallery FOLDER}.
 */
public final class Gallery {
  private Gallery() {}

  public static void main(String[] args) throws IOException {
    var folder = Files.createDirectories(Path.of(args[0]));
    for (var entry : views().entrySet()) {
      var view = Views.of(entry.getValue()).orElseThrow();
      Files.writeString(folder.resolve(entry.getKey() + ".html"), view.html());
      System.out.println(
          "== " + entry.getKey() + " " + view.html().length() + " bytes\n" + view.text());
    }
  }

  static SequencedMap<String, Object> views() {
    Notegrad.manualSeed(7);
    var views = new LinkedHashMap<String, Object>();
    tensors(views);
    var digits = Digits.load();
    var batch = new DataLoader(digits.train(), 32).shuffled(1).iterator().next();
    views.put("20-batch", batch);
    views.put("21-digits", pictures(batch.x().reshape(-1, 8, 8), batch.y()));
    views.put("22-weights-4d", Tensor.randn(8, 6, 5, 5));
    models(views);
    charts(views);
    graphs(views);
    trainings(views, digits);
    return views;
  }

  private static void tensors(Map<String, Object> views) {
    views.put("01-scalar", Tensor.scalar(3.14159).requiresGrad(true).mul(2));
    views.put("02-vector", Tensor.tensor(-1.5, 0.0, 0.25, 3.0));
    views.put("03-matrix", Tensor.randn(5, 7));
    var bad = Tensor.randn(4, 6);
    bad.get(1, 2).fillInPlace(Double.NaN);
    bad.get(2, 4).fillInPlace(Double.POSITIVE_INFINITY);
    bad.get(3, 0).fillInPlace(Double.NEGATIVE_INFINITY);
    views.put("04-nan", bad);
    views.put("05-int", Tensor.randint(0, 10, 64));
    views.put("06-bool", Tensor.randn(6, 9).gt(0));
    views.put("07-stack", Tensor.arange(24).reshape(2, 3, 4));
    views.put("08-empty", Tensor.zeros(0, 5));
    views.put("09-map", Tensor.randn(20, 30));
    views.put("10-wide-map", Tensor.rand(100, 300));
    views.put("11-signal", Tensor.linspace(0, 25, 500).sin());
    views.put("12-panels", Tensor.randn(12, 16, 16));
    views.put("13-large", Tensor.randn(1000, 600));
    views.put("14-bool-map", Tensor.randn(40, 40).gt(0.5));
    var w = Tensor.randn(4, 4).requiresGrad(true);
    w.square().sum().backward();
    views.put("15-gradient", w);
    views.put("16-double", Tensor.randn(DType.FLOAT64, 3, 3).mul(1e-7));
  }

  private static void models(Map<String, Object> views) {
    var mlp = new Sequential(new Linear(64, 128), new ReLU(), new Linear(128, 10));
    views.put("30-model", mlp);
    views.put("31-summary", summary(mlp, 32, 64));
    var encoder = new Sequential(new Linear(64, 256), new Tanh(), new Linear(256, 32));
    encoder.freeze();
    var head =
        new Sequential(encoder, new Sequential(new Linear(32, 64), new ReLU(), new Linear(64, 10)));
    views.put("32-nested", summary(head, 16, 64));
    var broken = new Sequential(new Linear(64, 128), new ReLU(), new Linear(100, 10), new ReLU());
    views.put("33-mismatch", summary(broken, 8, 64));
    views.put("34-own", summary(new Hostile(), 4, 8));
  }

  /** A model of a person's own, with names that would break careless HTML. */
  static final class Hostile extends Layer {
    private final Layer inner = child("<b>&\"inner\"</b>", new Linear(8, 8));

    @Override
    protected Tensor compute(Tensor x) {
      return inner.forward(inner.forward(x));
    }

    @Override
    public String describe() {
      return "<script>alert(1)</script>";
    }
  }

  private static void graphs(Map<String, Object> views) {
    var model = new Sequential(new Linear(64, 128), new ReLU(), new Linear(128, 10));
    var loss = crossEntropy(model.forward(Tensor.rand(4, 64)), Tensor.tensor(1L, 2L, 3L, 4L));
    loss.backward();
    views.put("60-graph", gradientGraph(loss, model));
    var x = Tensor.randn(3).requiresGrad(true);
    var y = x.mul(x).add(x.exp()).sum();
    views.put("61-graph-shared", gradientGraph(y));
    var chain = x;
    for (int i = 0; i < 100_000; i++) {
      chain = chain.add(1);
    }
    views.put("62-graph-long", gradientGraph(chain));
  }

  private static void charts(Map<String, Object> views) {
    var history = new History();
    for (int i = 1; i <= 300; i++) {
      history.add("loss", i, 2 / Math.sqrt(i) + 0.1 * Math.sin(i));
      if (i % 30 == 0) {
        history.add("test loss", i, 2.4 / Math.sqrt(i));
      }
    }
    views.put("50-history", history);
    views.put("51-xchart", Charts.chart(history));
  }

  private static void trainings(Map<String, Object> views, Digits digits) {
    var frames = new ArrayList<View>();
    var model = new Sequential(new Linear(64, 128), new ReLU(), new Linear(128, 10));
    train(frames, model, digits, 20, loss -> {});
    views.put("40-training-start", frames.getFirst());
    views.put("41-training-middle", frames.get(frames.size() / 3));
    views.put("42-training-end", frames.getLast());
    views.put("43-confusion", confusion(Metrics.confusionMatrix(model, digits.test())));
    var stopped = new ArrayList<View>();
    var other = new Sequential(new Linear(64, 128), new ReLU(), new Linear(128, 10));
    train(
        stopped,
        other,
        digits,
        20,
        step -> {
          if (step == 150) {
            other.parameters().getFirst().detach().fillInPlace(Double.NaN);
          }
        });
    views.put("44-training-nan", stopped.get(stopped.size() * 2 / 3));
  }

  /** Keeps every frame; the clock ticks a quarter of a second a step, so that each step draws. */
  private static void train(
      List<View> frames, Layer model, Digits digits, int epochs, Consumer<Integer> atStep) {
    var adam = new Adam(model.parameters(), 3e-3);
    var train = new DataLoader(digits.train(), 64).shuffled(42);
    var ticks = new long[1];
    var screen = Screen.use(new Recorder(frames));
    try {
      int step = 0;
      for (var epoch : new Training<>(epochs, train, () -> ticks[0] += 5_000_000).watch(adam)) {
        for (var batch : epoch) {
          var loss = crossEntropy(model.forward(batch.x()), batch.y());
          adam.zeroGrad();
          loss.backward();
          adam.setLearningRate(3e-3 * Math.min(1, 0.1 + step / 100.0) * (1 - step / 600.0));
          adam.step();
          epoch.log("loss", loss);
          atStep.accept(step++);
        }
        var all = digits.test().all();
        epoch.log("val loss", crossEntropy(model.forward(all.x()), all.y()));
        epoch.log("val accuracy", Metrics.accuracy(model, digits.test()));
      }
    } finally {
      Screen.use(screen);
    }
  }

  /** A screen that keeps what it was shown. */
  record Recorder(List<View> frames) implements Screen {
    @Override
    public Live show(View view) {
      frames.add(view);
      return new Live() {
        @Override
        public void update(View next) {
          frames.add(next);
        }

        @Override
        public void atEnd(Consumer<Outcome> action) {}

        @Override
        public void close() {}
      };
    }
  }
}
