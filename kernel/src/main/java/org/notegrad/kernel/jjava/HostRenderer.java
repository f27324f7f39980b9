package org.notegrad.kernel.jjava;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.DisplayDataRenderable;
import org.dflib.jjava.jupyter.kernel.display.RenderFunction;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.notegrad.kernel.display.MimeBundle;
import org.notegrad.kernel.display.Renderers;

/** Passes what an extension registers on to our renderers. */
final class HostRenderer extends Renderer {
  private static final Gson GSON = new Gson();

  private final Renderers ours;
  private boolean isOpen;

  HostRenderer(Renderers ours) {
    this.ours = ours;
  }

  /** Passes registrations on from now on: those that JJava makes for itself have come. */
  void open() {
    isOpen = true;
    ours.register(DisplayData.class, HostRenderer::bundle);
    ours.register(DisplayDataRenderable.class, this::bundleOf);
  }

  /** A renderer of all objects would stand before every view of ours, and is left out. */
  @Override
  public <T> void register(
      Set<MIMEType> supported,
      Set<MIMEType> preferred,
      Set<Class<? extends T>> types,
      RenderFunction<T> function) {
    super.register(supported, preferred, types, function);
    if (isOpen) {
      types.stream()
          .filter(type -> type != Object.class)
          .forEach(type -> ours.register(type, this::bundleOf));
    }
  }

  private MimeBundle bundleOf(Object value) {
    return bundle(render(value));
  }

  /** JJava's bundle as ours; it tells its content as JSON alone. */
  static MimeBundle bundle(DisplayData data) {
    var json = GSON.toJsonTree(data, DisplayData.class).getAsJsonObject();
    return new MimeBundle(content(json, "data"), content(json, "metadata"));
  }

  private static Map<String, Object> content(JsonObject json, String name) {
    var content = new LinkedHashMap<String, Object>();
    if (json.get(name) instanceof JsonObject members) {
      members.entrySet().forEach(e -> content.put(e.getKey(), plain(e.getValue())));
    }
    return content;
  }

  private static Object plain(JsonElement element) {
    return element.isJsonPrimitive() && element.getAsJsonPrimitive().isString()
        ? element.getAsString()
        : element;
  }
}
