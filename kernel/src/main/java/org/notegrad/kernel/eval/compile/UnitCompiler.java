package org.notegrad.kernel.eval.compile;

import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import com.sun.tools.javac.api.BasicJavacTask;
import com.sun.tools.javac.api.JavacTaskPool;
import com.sun.tools.javac.api.JavacTool;
import com.sun.tools.javac.code.ClassFinder;
import com.sun.tools.javac.code.Symtab;
import com.sun.tools.javac.util.Context;
import com.sun.tools.javac.util.Names;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.type.TypeMirror;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;

/**
 * Compiles small classes, one after another, quickly: what javac knows of the JDK and of the class
 * path is kept from one to the next, by the pool of tasks that JShell uses too. A class of {@code 1
 * + 1} takes 2 ms that way, and 20 ms with javac's public interface.
 *
 * <p>That pool is not exported to everybody: the JVM needs the options {@link #exports}.
 */
public final class UnitCompiler {

  /** The package of the classes, JShell's own included. */
  public static final String PACKAGE = "REPL";

  private static final String JAVAC = "com.sun.tools.javac.";
  private static final List<String> INTERNAL =
      List.of(JAVAC + "api", JAVAC + "code", JAVAC + "util");

  private final List<String> options;
  private final StandardJavaFileManager standard;
  private final MemoryFiles files;
  private JavacTaskPool pool = new JavacTaskPool(1);

  /**
   * A compiler that sees the JVM's own class path.
   *
   * @param options of javac
   */
  public UnitCompiler(List<String> options) {
    this.options = new ArrayList<>(options);
    this.options.addAll(List.of("-proc:none", "-parameters", "-nowarn"));
    standard = JavacTool.create().getStandardFileManager(null, null, null);
    files = new MemoryFiles(standard, PACKAGE);
  }

  /** Whether the JVM was started with {@link #exports}. */
  public static boolean isAvailable() {
    var compiler = JavacTask.class.getModule();
    var here = UnitCompiler.class.getModule();
    return INTERNAL.stream().allMatch(one -> compiler.isExported(one, here));
  }

  /** The options of the JVM that this class needs. */
  public static List<String> exports() {
    return INTERNAL.stream()
        .map(one -> "--add-exports=jdk.compiler/" + one + "=ALL-UNNAMED")
        .toList();
  }

  /** Adds a jar or a folder to the class path. */
  public void addToClassPath(Path path) {
    var paths = new ArrayList<Path>();
    standard.getLocationAsPaths(StandardLocation.CLASS_PATH).forEach(paths::add);
    paths.add(path);
    try {
      standard.setLocationFromPaths(StandardLocation.CLASS_PATH, paths);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    renew();
  }

  /** Forgets all that the compiler has learnt. */
  public void renew() {
    pool = new JavacTaskPool(1);
  }

  /** Makes a class of {@link #PACKAGE} known that was compiled elsewhere. */
  public void add(String name, byte[] classFile) {
    files.add(name, classFile);
  }

  /** The classes that a source makes, by name; empty if it does not compile. */
  public Optional<Map<String, byte[]>> compile(String name, String source) {
    return with(
            name,
            source,
            task -> {
              task.analyze();
              task.generate();
              return true;
            })
        .map(_ -> files.takeWritten());
  }

  /**
   * The type that {@code var} stands for.
   *
   * @param variable the name of a local variable of the source
   * @return its type as a declaration would write it; empty if the source does not compile, or the
   *     type has no name
   */
  public Optional<String> typeOf(String name, String source, String variable) {
    return with(
            name,
            source,
            task -> {
              var types = new ArrayList<TypeMirror>();
              var parsed = task.parse();
              task.analyze();
              var finder =
                  new TreePathScanner<Void, Void>() {
                    @Override
                    public Void visitVariable(VariableTree tree, Void nothing) {
                      if (tree.getName().contentEquals(variable)) {
                        types.add(Trees.instance(task).getTypeMirror(getCurrentPath()));
                      }
                      return super.visitVariable(tree, nothing);
                    }
                  };
              finder.scan(parsed, null);
              return types.isEmpty() ? Optional.<String>empty() : TypeSource.of(types.getFirst());
            })
        .flatMap(type -> type);
  }

  /** What can be done with a compilation. */
  private interface Work<T> {
    T with(JavacTask task) throws IOException;
  }

  private <T> Optional<T> with(String name, String source, Work<T> work) {
    var diagnostics = new DiagnosticCollector<JavaFileObject>();
    var result =
        pool.getTask(
            Writer.nullWriter(), // what javac says of its own failures, which are thrown as well
            files,
            diagnostics,
            options,
            null,
            List.of(new MemoryFiles.Source(name, source)),
            task -> {
              var context = ((BasicJavacTask) task).getContext();
              try {
                return work.with(task);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              } finally {
                forgetCells(context);
              }
            });
    boolean failed =
        diagnostics.getDiagnostics().stream()
            .anyMatch(one -> one.getKind() == Diagnostic.Kind.ERROR);
    if (failed) {
      files.takeWritten();
      return Optional.empty();
    }
    return Optional.of(result);
  }

  /** The package of the cells gets new classes all the time: it is to be listed anew. */
  private static void forgetCells(Context context) {
    var symbols = Symtab.instance(context);
    var module = symbols.java_base == symbols.noModule ? symbols.noModule : symbols.unnamedModule;
    var cells = symbols.getPackage(module, Names.instance(context).fromString(PACKAGE));
    if (cells != null) {
      for (var one : symbols.getAllClasses()) {
        if (one.packge() == cells) {
          symbols.removeClass(module, one.flatName());
        }
      }
      cells.members_field = null;
      cells.completer = ClassFinder.instance(context).getCompleter();
    }
  }
}
