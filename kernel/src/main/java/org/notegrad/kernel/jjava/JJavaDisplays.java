package org.notegrad.kernel.jjava;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.RenderContext;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.notegrad.kernel.display.Display;
import org.notegrad.kernel.display.Renderers;
import org.notegrad.kernel.eval.EvaluatorOptions;
import org.notegrad.viz.Screen;

/**
 * Shows values in JJava as Notegrad's own kernel does, those that another extension renders
 * excepted. Keeps to calls that jjava-jupyter 1.0-a6 and JJava 1.0a8 share.
 */
public final class JJavaDisplays implements Extension {
  private final Renderers renderers = Renderers.load(JJavaDisplays.class.getClassLoader());

  @Override
  public void install(BaseKernel kernel) {
    kernel.getRenderer().createRegistration(Object.class).register(this::render);
    var screen = new JJavaScreen(kernel, renderers);
    Display.connect(screen);
    Screen.use(screen);
    kernel.evalRaw(imports().collect(Collectors.joining("\n")));
  }

  /** JJava asks for the nearest type first, so that whoever registers a class or interface wins. */
  private void render(Object value, RenderContext context) {
    var bundle = renderers.render(value);
    bundle
        .data()
        .forEach((type, content) -> context.renderIfRequested(MIMEType.parse(type), () -> content));
    bundle.metadata().forEach(context.getOutputContainer()::putMetaData);
  }

  /** All but {@code display(...)}, which JJava has itself. */
  private static Stream<String> imports() {
    return EvaluatorOptions.defaults().imports().stream()
        .filter(line -> !line.startsWith("import static org.notegrad.kernel."));
  }
}
