package org.notegrad.kernel.eval.compile;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardLocation;

/** The compiler's files: those of the class path, and classes of the cells held in memory. */
final class MemoryFiles extends ForwardingJavaFileManager<JavaFileManager> {

  // A snippet's number, letters that tell its versions apart, and classes within.
  private static final Pattern WRAPPER =
      Pattern.compile("(REPL\\.\\$JShell\\$(\\d+)[A-Z]*)(\\$.*)?");

  private final String cellPackage;
  private final Map<String, String> newest = new HashMap<>();
  private final Map<String, ClassInMemory> known = new LinkedHashMap<>();
  private final Map<String, ClassInMemory> written = new LinkedHashMap<>();

  MemoryFiles(JavaFileManager files, String cellPackage) {
    super(files);
    this.cellPackage = cellPackage;
  }

  /**
   * Makes a class of the cells' package known. Those of an older wrapper of the same snippet of
   * JShell's are forgotten: nothing names them from now on, and every compilation lists them all.
   */
  void add(String name, byte[] classFile) {
    var wrapper = WRAPPER.matcher(name);
    if (wrapper.matches()) {
      var older = newest.put(wrapper.group(2), wrapper.group(1));
      if (older != null && !older.equals(wrapper.group(1))) {
        known.keySet().removeIf(one -> one.equals(older) || one.startsWith(older + "$"));
      }
    }
    known.put(name, new ClassInMemory(name, classFile));
  }

  /** The classes that were compiled since the last call, by name. */
  Map<String, byte[]> takeWritten() {
    var classes = new LinkedHashMap<String, byte[]>();
    written.forEach((name, file) -> classes.put(name, file.bytes));
    written.clear();
    return classes;
  }

  @Override
  public JavaFileObject getJavaFileForOutput(
      Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
    var file = new ClassInMemory(name, new byte[0]);
    written.put(name, file);
    return file;
  }

  @Override
  public Iterable<JavaFileObject> list(
      Location location, String packageName, Set<JavaFileObject.Kind> kinds, boolean recurse)
      throws IOException {
    if (location == StandardLocation.CLASS_PATH && packageName.equals(cellPackage)) {
      return kinds.contains(JavaFileObject.Kind.CLASS)
          ? new ArrayList<>(known.values())
          : List.of();
    }
    if (location == StandardLocation.CLASS_PATH
        && (packageName.equals("java") || packageName.startsWith("java."))) {
      return List.of(); // none of these is there, and to look opens every jar: 100 ms
    }
    return super.list(location, packageName, kinds, recurse);
  }

  @Override
  public String inferBinaryName(Location location, JavaFileObject file) {
    return file instanceof ClassInMemory ours ? ours.name : super.inferBinaryName(location, file);
  }

  private static URI uri(String name, JavaFileObject.Kind kind) {
    return URI.create("cell:///" + name.replace('.', '/') + kind.extension);
  }

  private static final class ClassInMemory extends SimpleJavaFileObject {
    private final String name;
    private byte[] bytes;

    ClassInMemory(String name, byte[] bytes) {
      super(uri(name, Kind.CLASS), Kind.CLASS);
      this.name = name;
      this.bytes = bytes;
    }

    @Override
    public InputStream openInputStream() {
      return new ByteArrayInputStream(bytes);
    }

    @Override
    public OutputStream openOutputStream() {
      return new ByteArrayOutputStream() {
        @Override
        public void close() {
          bytes = toByteArray();
        }
      };
    }
  }

  /** Source code in memory. */
  static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String text) {
      super(uri(name, Kind.SOURCE), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
