package org.notegrad.kernel.values;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import org.notegrad.viz.Html;
import org.notegrad.viz.View;

/** An exception that a cell gives as its value: its class, message, causes and frames. */
record ThrowableView(Throwable thrown) implements View {
  private static final int MOST_CAUSES = 10;
  private static final int MOST_FRAMES = 60;
  private static final int MOST_MESSAGE = 2000;

  @Override
  public String text() {
    var out = new StringBuilder();
    String before = "";
    for (Throwable link : chain()) {
      out.append(before).append(head(link)).append('\n');
      before = "caused by ";
    }
    return out.toString().stripTrailing();
  }

  @Override
  public String html() {
    var out = new StringBuilder("<div>");
    String before = "";
    for (Throwable link : chain()) {
      out.append("<div>").append(before).append("<b style=\"color:#d33\">");
      out.append(Html.escape(link.getClass().getName())).append("</b>");
      String message = message(link);
      if (!message.isEmpty()) {
        out.append(": ").append(Html.escape(message));
      }
      out.append("</div>").append(frames(link));
      before = "caused by ";
    }
    return out.append("</div>").toString();
  }

  private static String frames(Throwable link) {
    var stack = link.getStackTrace();
    if (stack.length == 0) {
      return "";
    }
    var out = new StringBuilder("<details><summary style=\"opacity:.65\">");
    out.append(stack.length).append(stack.length == 1 ? " frame" : " frames");
    out.append("</summary><pre style=\"margin:2px 0 6px 16px;font-size:12px\">");
    for (int i = 0; i < Math.min(stack.length, MOST_FRAMES); i++) {
      out.append(Html.escape(Grid.cut(stack[i].toString(), 200))).append('\n');
    }
    if (stack.length > MOST_FRAMES) {
      out.append("... ").append(stack.length - MOST_FRAMES).append(" more\n");
    }
    return out.append("</pre></details>").toString();
  }

  /** The exception and its causes, each once. */
  private List<Throwable> chain() {
    var seen = Collections.<Throwable>newSetFromMap(new IdentityHashMap<>());
    var chain = new ArrayList<Throwable>();
    for (Throwable link = thrown;
        link != null && seen.add(link) && chain.size() < MOST_CAUSES;
        link = link.getCause()) {
      chain.add(link);
    }
    return chain;
  }

  private static String head(Throwable link) {
    String message = message(link);
    return link.getClass().getName() + (message.isEmpty() ? "" : ": " + message);
  }

  private static String message(Throwable link) {
    String message = link.getLocalizedMessage();
    return message == null
        ? ""
        : message.length() > MOST_MESSAGE ? message.substring(0, MOST_MESSAGE) + "..." : message;
  }
}
