package org.notegrad.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.notegrad.Generator;
import org.notegrad.Tensor;

/**
 * 1,797 handwritten digits of 8 x 8 pixels: the test part of "Optical Recognition of Handwritten
 * Digits" by E. Alpaydin and C. Kaynak (UCI Machine Learning Repository, 1998, CC BY 4.0), shipped
 * in the jar. Pixels are float32 from 0 to 1, 64 in a row {@code (n, 64)}; labels are int64 {@code
 * (n,)}.
 *
 * @param train four fifths of each class
 * @param test the rest
 */
public record Digits(TensorDataset train, TensorDataset test) {
  private static final int PIXELS = 64;
  private static final int CLASSES = 10;
  private static final float BRIGHTEST = 16;
  private static final long SPLIT_SEED = 42;

  /** Loads the digits and splits them: always the same fifth of each class is the test set. */
  public static Digits load() {
    Batch all = read();
    long[] labels = all.y().toLongArray();
    var random = new Generator(SPLIT_SEED);
    List<Long> train = new ArrayList<>();
    List<Long> test = new ArrayList<>();
    for (int digit = 0; digit < CLASSES; digit++) {
      List<Long> members = new ArrayList<>();
      for (int i = 0; i < labels.length; i++) {
        if (labels[i] == digit) {
          members.add((long) i);
        }
      }
      long[] order = random.permutation(members.size());
      int held = Math.round(members.size() / 5f);
      for (int i = 0; i < order.length; i++) {
        (i < held ? test : train).add(members.get((int) order[i]));
      }
    }
    var dataset = new TensorDataset(all.x(), all.y());
    return new Digits(part(dataset, train), part(dataset, test));
  }

  private static TensorDataset part(TensorDataset dataset, List<Long> members) {
    long[] indices = members.stream().mapToLong(Long::longValue).sorted().toArray();
    Batch batch = dataset.get(Tensor.tensor(indices));
    return new TensorDataset(batch.x(), batch.y());
  }

  /** Each line has 64 brightnesses from 0 to 16, and the label. */
  private static Batch read() {
    List<String> lines = lines();
    float[] pixels = new float[lines.size() * PIXELS];
    long[] labels = new long[lines.size()];
    for (int i = 0; i < labels.length; i++) {
      String[] numbers = lines.get(i).split(",");
      for (int j = 0; j < PIXELS; j++) {
        pixels[i * PIXELS + j] = Integer.parseInt(numbers[j]) / BRIGHTEST;
      }
      labels[i] = Long.parseLong(numbers[PIXELS]);
    }
    return new Batch(Tensor.fromArray(pixels, labels.length, PIXELS), Tensor.tensor(labels));
  }

  private static List<String> lines() {
    try (var in = Digits.class.getResourceAsStream("digits.csv.gz");
        var reader =
            new BufferedReader(
                new InputStreamReader(new GZIPInputStream(in), StandardCharsets.US_ASCII))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the digits in the jar can't be read", e);
    }
  }
}
