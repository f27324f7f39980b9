package org.notegrad.backend;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.notegrad.Device;
import org.notegrad.NotegradException;

/** The backends of this Java process, as {@link ServiceLoader} finds them. */
public final class Backends {
  private static final class Found {
    /** The CPU first. */
    static final Map<Device, Backend> BY_DEVICE = new LinkedHashMap<>();

    static final List<String> FAILURES = new ArrayList<>();

    static {
      BY_DEVICE.put(Device.CPU, null);
      var backends = ServiceLoader.load(Backend.class, Backends.class.getClassLoader()).iterator();
      while (true) {
        try {
          if (!backends.hasNext()) {
            break;
          }
          Backend backend = backends.next();
          BY_DEVICE.merge(backend.device(), backend, (first, other) -> first);
        } catch (ServiceConfigurationError e) { // told by explain(); the others go on
          FAILURES.add(e.getMessage());
        }
      }
    }

    private Found() {}
  }

  private static final class Cpu {
    static final Backend BACKEND = of(Device.CPU);

    private Cpu() {}
  }

  private Backends() {}

  /** The Java heap's backend: always there. */
  public static Backend cpu() {
    return Cpu.BACKEND;
  }

  /**
   * The backend that computes on {@code device}.
   *
   * @throws NotegradException if there is none here
   */
  public static Backend of(Device device) {
    Backend found = Found.BY_DEVICE.get(device);
    if (found == null) {
      throw new NotegradException(
          "device", "there is no backend for %s among %s", device, Found.BY_DEVICE.keySet());
    }
    return found;
  }

  /** The devices of this process, the CPU first. */
  public static List<Device> devices() {
    return List.copyOf(Found.BY_DEVICE.keySet());
  }

  /** One line a backend: what it is and why it is used. */
  public static String explain() {
    List<String> lines = new ArrayList<>();
    Found.BY_DEVICE.values().forEach(backend -> lines.add(backend.describe()));
    Found.FAILURES.forEach(failure -> lines.add("not used: " + failure));
    return String.join("\n", lines);
  }
}
