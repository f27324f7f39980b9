package org.notegrad.kernel.jjava;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.ServiceLoader;
import org.dflib.jjava.jupyter.Extension;
import org.junit.jupiter.api.Test;

class NotegradExtensionTest {
  private static final int JAVA_11 = 55;

  @Test
  void jjavaFindsIt() {
    assertTrue(
        ServiceLoader.load(Extension.class).stream()
            .anyMatch(provider -> provider.type() == NotegradExtension.class));
  }

  @Test
  void itsClassLoadsInEveryJavaThatJJavaRunsOn() throws IOException {
    try (var in =
        new DataInputStream(
            NotegradExtension.class.getResourceAsStream("NotegradExtension.class"))) {
      in.readInt();
      in.readUnsignedShort();
      assertEquals(JAVA_11, in.readUnsignedShort());
    }
  }
}
