package org.notegrad.kernel.jjava;

import java.util.ArrayList;
import java.util.List;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.BaseNotebookStatics;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;
import org.notegrad.kernel.KernelVersion;
import org.notegrad.kernel.display.Renderers;

/**
 * What an extension written for JJava takes for its kernel: its renderers, magics, displays and
 * comms work in ours. The services that clients ask for are not offered to extensions; a history is
 * not there, as it is not in JJava.
 */
final class HostKernel extends BaseKernel {
  private static final String IMPORTS =
      "import static %s.*; import static %s.*;"
          .formatted(JJavaStatics.class.getName(), BaseNotebookStatics.class.getName());

  private final List<String> sources = new ArrayList<>(List.of(IMPORTS));

  HostKernel(Renderers renderers) {
    this(new HostRenderer(renderers));
  }

  private HostKernel(HostRenderer hostRenderer) {
    super(
        "Notegrad",
        KernelVersion.get(),
        new LanguageInfo.Builder("Java").version(Runtime.version().toString()).build(),
        List.of(),
        null,
        new HostIO(),
        new HostComms(),
        hostRenderer,
        null,
        new MagicsRegistry(),
        true,
        new StringStyler.Builder().build());
    hostRenderer.open();
    notebookKernel = this;
  }

  /** The code that was evaluated since the last call. */
  List<String> takeSources() {
    var taken = List.copyOf(sources);
    sources.clear();
    return taken;
  }

  /** Evaluates code once the extension or magic that asks for it has returned; gives null. */
  @Override
  public Object evalRaw(String source) {
    sources.add(source);
    return null;
  }

  @Override
  public DisplayData inspect(String code, int at, boolean extraDetail) {
    throw unsupported("inspect");
  }

  @Override
  public ReplacementOptions complete(String code, int at) {
    throw unsupported("complete");
  }

  @Override
  public String isComplete(String code) {
    throw unsupported("isComplete");
  }

  static UnsupportedOperationException unsupported(String method) {
    return new UnsupportedOperationException(
        method
            + ": Notegrad's kernel does not offer this to extensions that are written for JJava");
  }
}
