package org.notegrad;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** Every public method that users can call says what it does. */
class DocumentationTest {
  private static final Path SOURCES = Path.of("src/main/java/org/notegrad");

  private static List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String folder : List.of("", "nn", "optim", "data", "train")) {
      try (var found = Files.list(SOURCES.resolve(folder))) {
        found.filter(file -> file.toString().endsWith(".java")).sorted().forEach(files::add);
      }
    }
    return files;
  }

  @Test
  void everyPublicMethodHasADocumentation() throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    List<String> missing = new ArrayList<>();
    try (var manager = compiler.getStandardFileManager(null, null, null)) {
      var units = manager.getJavaFileObjectsFromPaths(files());
      JavacTask task = (JavacTask) compiler.getTask(null, manager, null, null, null, units);
      DocTrees docs = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        new Methods(docs, missing).scan(unit, null);
      }
    }
    assertEquals(List.of(), missing);
  }

  private static final class Methods extends TreePathScanner<Void, Void> {
    private final DocTrees docs;
    private final List<String> missing;

    Methods(DocTrees docs, List<String> missing) {
      this.docs = docs;
      this.missing = missing;
    }

    /** Nothing inside a type that is not public is seen from outside. */
    @Override
    public Void visitClass(ClassTree type, Void nothing) {
      return isPublic(type.getModifiers().getFlags().contains(Modifier.PUBLIC))
          ? super.visitClass(type, nothing)
          : null;
    }

    private boolean isPublic(boolean marked) {
      Tree parent = getCurrentPath().getParentPath().getLeaf();
      return marked || parent.getKind() == Tree.Kind.INTERFACE;
    }

    @Override
    public Void visitMethod(MethodTree method, Void nothing) {
      TreePath path = getCurrentPath();
      boolean overrides = method.getModifiers().getAnnotations().toString().contains("Override");
      boolean compact = path.getParentPath().getLeaf().getKind() == Tree.Kind.RECORD;
      boolean isConstructor = method.getName().contentEquals("<init>");
      boolean visible = isPublic(method.getModifiers().getFlags().contains(Modifier.PUBLIC));
      if (visible
          && !overrides
          && !(compact && isConstructor)
          && docs.getDocComment(path) == null) {
        var type = (ClassTree) path.getParentPath().getLeaf();
        missing.add(type.getSimpleName() + "." + method.getName() + method.getParameters());
      }
      return null; // what a method declares inside is nobody's
    }
  }
}
