package org.notegrad.kernel.magic;

import java.util.Locale;
import org.notegrad.viz.Html;
import org.notegrad.viz.View;

/** What {@code %time} shows. */
record CostView(RunCost cost) implements View {
  /** The clock of processor time ticks a hundred times a second: it says nothing of less. */
  private static final long CPU_CLOCK = 100_000_000;

  @Override
  public String text() {
    String cpu = cost.wallNanos() < CPU_CLOCK ? "" : "; CPU " + Units.time(cost.cpuNanos());
    return wall() + cpu + (cpu.isEmpty() ? "" : cores()) + "; " + bytes();
  }

  @Override
  public String html() {
    String rest = text().substring(wall().length());
    return "<div><b>"
        + Html.escape(wall())
        + "</b><span style=\"opacity:.7\">"
        + Html.escape(rest)
        + "</span></div>";
  }

  private String bytes() {
    return Units.bytes(cost.bytes()) + " allocated";
  }

  private String wall() {
    return Units.time(cost.wallNanos());
  }

  private String cores() {
    double cores = (double) cost.cpuNanos() / Math.max(1, cost.wallNanos());
    return cores < 1.05 ? "" : String.format(Locale.ROOT, " (%.1f cores)", cores);
  }
}
