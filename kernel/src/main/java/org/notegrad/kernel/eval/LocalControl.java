package org.notegrad.kernel.eval;

import java.lang.classfile.ClassFile;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import jdk.jshell.spi.SPIResolutionException;
import org.notegrad.kernel.eval.weave.CellClass;
import org.notegrad.kernel.eval.weave.Weaver;

/** JShell's way to run code, here in this JVM, on the cell thread, with values as they are. */
final class LocalControl implements ExecutionControl, ExecutionControlProvider {

  private static final Pattern WRAPPER = Pattern.compile("(REPL\\.\\$JShell\\$\\d\\w*)(\\$.*)?");

  private final UserClassLoader loader;
  private final TopLevelVariables variables;
  private final Sources sources;
  private final Function<Callable<?>, CellThread.Outcome> runner;
  private BiConsumer<String, byte[]> compiled = (_, _) -> {};
  private CellThread.Outcome outcome;
  private boolean running = true;

  LocalControl(
      UserClassLoader loader,
      TopLevelVariables variables,
      Sources sources,
      Function<Callable<?>, CellThread.Outcome> runner) {
    this.loader = loader;
    this.variables = variables;
    this.sources = sources;
    this.runner = runner;
  }

  /** Tells this listener of the classes that JShell compiles. */
  void onCompiled(BiConsumer<String, byte[]> listener) {
    compiled = listener;
  }

  /**
   * Loads the classes of a unit, which was compiled without JShell.
   *
   * @param name the class of the unit itself
   * @param declared the name of the variable that it declares; empty if it declares none
   */
  void loadUnit(String name, Map<String, byte[]> classes, CellClass cell, String declared) {
    var unit = ClassFile.of().parse(classes.get(name));
    variables.declareUnit(unit, declared);
    var woven = new LinkedHashMap<String, byte[]>();
    classes.forEach((one, bytes) -> woven.put(one, weave(bytes, cell)));
    variables.unitIsWoven(unit);
    try {
      loader.define(woven);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("cannot load " + name, e);
    }
  }

  /** Runs a unit that was loaded. */
  CellThread.Outcome invokeUnit(String name) {
    return runner.apply(() -> call(name, "do_it$"));
  }

  /** Does something for which snippets are compiled and loaded, but not run. */
  void withoutRunning(Runnable body) {
    running = false;
    try {
      body.run();
    } finally {
      running = true;
      variables.takeWrittenConstant(); // by code that was accepted before
    }
  }

  /** How the invocations since the last call of this method ended; null if none was made. */
  CellThread.Outcome takeOutcome() {
    var taken = outcome;
    outcome = null;
    return taken;
  }

  @Override
  public String name() {
    return "notegrad";
  }

  @Override
  public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
    return this;
  }

  @Override
  public void load(ClassBytecodes[] classes) throws ClassInstallException {
    try {
      var cells = new HashMap<String, CellClass>();
      for (var one : classes) {
        if (one.name().equals(wrapperOf(one.name()))) {
          var wrapper = ClassFile.of().parse(one.bytecodes());
          if (running) {
            variables.declare(wrapper);
          } else {
            variables.declareKnown(wrapper);
          }
          cells.put(one.name(), sources.cellClass(wrapper));
        }
      }
      var woven = new LinkedHashMap<String, byte[]>();
      for (var one : classes) {
        var cell = cells.getOrDefault(wrapperOf(one.name()), CellClass.LIBRARY);
        // JShell pieces the anonymous classes of a "var" together anew, and only it knows where a
        // line of theirs came from: of several, none can be told.
        boolean mixed = one.name().contains("$JShell$anonymous$");
        int line = mixed ? sources.onlyLine(wrapperOf(one.name())) : 0;
        compiled.accept(one.name(), one.bytecodes());
        woven.put(one.name(), weave(one.bytecodes(), mixed ? cell.withLine(line) : cell));
      }
      loader.define(woven);
    } catch (ClassNotFoundException | LinkageError e) {
      throw new ClassInstallException("cannot load: " + e, new boolean[classes.length]);
    }
  }

  private static byte[] weave(byte[] original, CellClass cell) {
    try {
      return Weaver.weave(original, cell);
    } catch (IllegalArgumentException tooLarge) {
      return original; // a method near 64 KiB has no room for checks
    }
  }

  private static String wrapperOf(String className) {
    var matcher = WRAPPER.matcher(className);
    return matcher.matches() ? matcher.group(1) : className;
  }

  @Override
  public String invoke(String className, String methodName) throws RunException {
    if (!running) {
      return "";
    }
    // "int a = f(), b = g();" is two invocations: the second is not made if the first failed.
    if (outcome == null || outcome instanceof CellThread.Outcome.Returned) {
      outcome =
          variables.hasWrittenConstant() ? null : runner.apply(() -> call(className, methodName));
    }
    return switch (outcome) {
      case null -> "";
      case CellThread.Outcome.Returned _ -> "";
      case CellThread.Outcome.Threw(SPIResolutionException unresolved) ->
          throw new ResolutionException(unresolved.id(), new StackTraceElement[0]);
      case CellThread.Outcome.Threw _ -> throw new UserException("", "", new StackTraceElement[0]);
      case CellThread.Outcome.Abandoned _ -> throw new StoppedException();
    };
  }

  private Object call(String className, String methodName) throws ReflectiveOperationException {
    var method = loader.loadClass(className).getDeclaredMethod(methodName);
    method.setAccessible(true);
    try {
      return method.invoke(null);
    } catch (InvocationTargetException e) {
      throw sneaky(e.getCause());
    }
  }

  /** Lets the outcome hold the thrown object itself, whatever its type. */
  @SuppressWarnings("unchecked")
  private static <T extends Throwable> RuntimeException sneaky(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @Override
  public String varValue(String className, String varName) {
    return ""; // values are taken as objects, from the outcome
  }

  @Override
  public void addToClasspath(String path) {
    loader.add(Path.of(path));
  }

  @Override
  public void redefine(ClassBytecodes[] classes) throws NotImplementedException {
    throw new NotImplementedException("classes are replaced, not redefined");
  }

  @Override
  public void stop() {}

  @Override
  public Object extensionCommand(String command, Object arg) throws NotImplementedException {
    throw new NotImplementedException(command);
  }

  @Override
  public void close() {}
}
