package org.notegrad.kernel.channel;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs messages and tells right signatures from wrong ones, in constant time. A signature is
 * accepted once: a message sent again by somebody who listened is refused. One thread may sign
 * while another checks.
 */
final class Signer {
  /** How many signatures are remembered against replay. */
  private static final int REMEMBERED = 1 << 16;

  private final Optional<Mac> signing;
  private final Optional<Mac> checking;

  // As large as it gets: to grow could fail for want of memory when a signature is in it already.
  private final LinkedHashSet<String> seen = LinkedHashSet.newLinkedHashSet(REMEMBERED + 1);

  /**
   * A signer for a connection file's key and scheme.
   *
   * @param key empty to sign nothing and accept everything
   * @param scheme {@code hmac-} and the name of a digest, such as {@code hmac-sha256}
   * @throws IllegalArgumentException if the Java platform does not know the scheme
   */
  Signer(String key, String scheme) {
    signing = mac(key, scheme);
    checking = mac(key, scheme);
  }

  private static Optional<Mac> mac(String key, String scheme) {
    if (key.isEmpty()) {
      return Optional.empty();
    }
    String algorithm = scheme.replace("-", "").toUpperCase(Locale.ROOT).replace("HMAC", "Hmac");
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), algorithm));
      return Optional.of(mac);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("signature scheme \"" + scheme + "\" is not known", e);
    }
  }

  /** The signature of these parts, in lower-case hexadecimal digits; empty without a key. */
  byte[] sign(List<byte[]> parts) {
    return signing.map(mac -> hex(mac, parts)).orElseGet(() -> new byte[0]);
  }

  /** Whether these parts carry the right signature, one not {@link #remember remembered}. */
  boolean accepts(byte[] signature, List<byte[]> parts) {
    return checking.isEmpty()
        || MessageDigest.isEqual(hex(checking.get(), parts), signature)
            && !seen.contains(text(signature));
  }

  /** Refuses a signature from now on. */
  void remember(byte[] signature) {
    if (checking.isPresent()) {
      seen.add(text(signature));
      if (seen.size() > REMEMBERED) {
        seen.removeFirst();
      }
    }
  }

  private static String text(byte[] signature) {
    return new String(signature, StandardCharsets.US_ASCII);
  }

  private static byte[] hex(Mac mac, List<byte[]> parts) {
    mac.reset(); // memory may have run out in the midst of the last time
    for (byte[] part : parts) {
      mac.update(part);
    }
    return HexFormat.of().formatHex(mac.doFinal()).getBytes(StandardCharsets.US_ASCII);
  }
}
