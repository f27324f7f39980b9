package org.notegrad.kernel.magic;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import org.eclipse.aether.collection.DependencyCollectionException;
import org.eclipse.aether.resolution.ArtifactDescriptorException;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.transfer.ArtifactNotFoundException;
import org.eclipse.aether.transfer.ArtifactTransferException;

/** Says in a line or two why artifacts could not be had. */
final class MavenErrors {
  private static final int MOST_LINES = 6;

  private MavenErrors() {}

  /** One line for every artifact that is missing or could not be fetched. */
  static String explain(Throwable failure) {
    var lines = new LinkedHashSet<String>();
    var seen = Collections.<Throwable>newSetFromMap(new IdentityHashMap<>());
    var open = new ArrayDeque<Throwable>();
    open.add(failure);
    while (!open.isEmpty()) {
      Throwable next = open.poll();
      if (next == null || !seen.add(next)) {
        continue;
      }
      switch (next) {
        case ArtifactNotFoundException missing ->
            lines.add(
                missing.getArtifact()
                    + " was not found"
                    + (missing.getRepository() == null
                        ? ""
                        : " in "
                            + missing.getRepository().getId()
                            + " ("
                            + missing.getRepository().getUrl()
                            + ")"));
        case ArtifactTransferException transfer ->
            lines.add(transfer.getArtifact() + " could not be fetched: " + root(transfer));
        case ArtifactResolutionException several ->
            several.getResults().forEach(result -> open.addAll(result.getExceptions()));
        case DependencyCollectionException collection -> {
          open.addAll(collection.getResult().getExceptions());
          add(open, collection.getCause());
        }
        case ArtifactDescriptorException descriptor -> {
          open.addAll(descriptor.getResult().getExceptions());
          add(open, descriptor.getCause());
        }
        default -> {
          if (next.getCause() == null) {
            lines.add(MagicException.reason(next));
          } else {
            open.add(next.getCause());
          }
        }
      }
    }
    return String.join("\n", lines.stream().limit(MOST_LINES).toList());
  }

  private static void add(ArrayDeque<Throwable> open, Throwable cause) {
    if (cause != null) {
      open.add(cause);
    }
  }

  private static String root(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String kind = root.getClass().getSimpleName();
    String reason = MagicException.reason(root);
    return kind.equals(reason) ? reason : reason + " (" + kind + ")";
  }
}
