package org.notegrad.kernel.eval.doc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LibraryDocsTest {
  private final LibraryDocs docs = new LibraryDocs(LibraryDocsTest.class.getClassLoader());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Tensor Tensor.matmul(Tensor other)                                  | matrix product
          Adam(java.util.List<Tensor> parameters, double learningRate)        | with this learning rate
          org.notegrad.nn.Linear                                              | Weight
          Tensor Functional.crossEntropy(Tensor logits, Tensor target)        | logits
          DType.FLOAT32                                                       | 32
          Training<B> Training<B>.<B>epochs(int count, Iterable<B> data)      | passes over
          Display Display.display(Object value)                               | last expression
          org.notegrad.viz.Screen.Outcome                                     | ended
          """)
  void aSignatureFindsItsComment(String signature, String word) {
    String comment = docs.comment(signature).orElseThrow(() -> new AssertionError(signature));
    assertTrue(comment.contains(word), comment);
  }

  @Test
  void aMethodOfARecordIsFound() {
    assertTrue(
        docs.comment(
                "AdamConfig AdamConfig(double learningRate, double beta1).weightDecay(double"
                    + " weightDecay)")
            .isPresent());
  }

  @Test
  void anOverridingMethodHasTheCommentOfWhatItOverrides() {
    var source =
        """
        class A extends Base<X> implements Face {
          /** One. */ A(int[] a, java.util.List<String> b) {}
          void none(int... many) {}
        }
        """;
    var comments = SourceComments.parse(source);
    assertEquals(List.of("Base", "Face"), comments.supertypes().get("A"));
    assertEquals("One. ", comments.comments().get("A.<init>(int[],List)"));
    assertEquals(
        docs.comment("Tensor Layer.forward(Tensor)"),
        docs.comment("Tensor Sequential.forward(Tensor x)"));
    assertTrue(docs.comment("Tensor Layer.forward(Tensor)").isPresent());
  }

  @Test
  void whatIsNotThereHasNone() {
    assertTrue(docs.comment("int triple(int number)").isEmpty());
    assertTrue(docs.comment("Tensor Tensor.nothing(int x)").isEmpty());
    assertTrue(docs.comment("x:org.notegrad.Tensor").isEmpty());
  }
}
