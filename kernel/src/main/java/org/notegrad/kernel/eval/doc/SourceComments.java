package org.notegrad.kernel.eval.doc;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * The documentation comments of a source file.
 *
 * @param comments by name: {@code Tensor}, {@code Tensor.matmul(Tensor)}, {@code
 *     Adam.<init>(List,double)}, {@code DType.FLOAT32}
 * @param supertypes the simple names of what a type extends and implements
 */
record SourceComments(Map<String, String> comments, Map<String, List<String>> supertypes) {
  static final String CONSTRUCTOR = "<init>";

  static SourceComments parse(String source) {
    var file =
        new SimpleJavaFileObject(URI.create("string:///Source.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    var task =
        (JavacTask)
            ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, diagnostic -> {}, List.of("-proc:none"), null, List.of(file));
    var scanner = new Scanner(DocTrees.instance(task));
    try {
      task.parse().forEach(unit -> scanner.scan(unit, null));
    } catch (IOException e) {
      throw new UncheckedIOException("parsing a source", e);
    }
    return new SourceComments(scanner.comments, scanner.supertypes);
  }

  private static final class Scanner extends TreePathScanner<Void, Void> {
    private final Map<String, String> comments = new HashMap<>();
    private final Map<String, List<String>> supertypes = new HashMap<>();
    private final Deque<String> types = new ArrayDeque<>();
    private final DocTrees docs;

    Scanner(DocTrees docs) {
      this.docs = docs;
    }

    @Override
    public Void visitClass(ClassTree type, Void unused) {
      String name =
          types.isEmpty() ? type.getSimpleName().toString() : member(type.getSimpleName());
      note(name);
      var parents = new ArrayList<Tree>(type.getImplementsClause());
      if (type.getExtendsClause() != null) {
        parents.addFirst(type.getExtendsClause());
      }
      supertypes.put(name, parents.stream().map(t -> MemberName.plain(t.toString())).toList());
      types.push(name);
      super.visitClass(type, unused);
      types.pop();
      return null;
    }

    @Override
    public Void visitMethod(MethodTree method, Void unused) {
      String parameters =
          method.getParameters().stream()
              .map(parameter -> MemberName.plain(parameter.getType().toString()))
              .collect(Collectors.joining(",", "(", ")"));
      note(member(method.getName()) + parameters);
      return null;
    }

    @Override
    public Void visitVariable(VariableTree field, Void unused) {
      note(member(field.getName()));
      return null;
    }

    private String member(CharSequence name) {
      return types.peek() + "." + name;
    }

    private void note(String name) {
      String comment = docs.getDocComment(getCurrentPath());
      if (comment != null) {
        comments.put(name, comment);
      }
    }
  }
}
