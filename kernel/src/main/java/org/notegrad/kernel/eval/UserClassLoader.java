package org.notegrad.kernel.eval;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.notegrad.kernel.eval.weave.Weaver;

/** Holds the classes of cells and of the jars that a person added, all of them woven. */
final class UserClassLoader extends URLClassLoader {

  /** In a stack frame, tells user code from the kernel's. */
  static final String NAME = "cells";

  static {
    registerAsParallelCapable();
  }

  private final Map<String, byte[]> cellClasses = new ConcurrentHashMap<>();
  private final Map<String, Class<?>> newest = new HashMap<>();

  UserClassLoader(ClassLoader parent) {
    super(NAME, new URL[0], parent);
  }

  void add(Path path) {
    try {
      addURL(path.toUri().toURL());
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("not a class path entry: " + path, e);
    }
  }

  /** Makes classes known that may refer to each other. */
  void define(Map<String, byte[]> wovenClasses) throws ClassNotFoundException {
    cellClasses.putAll(wovenClasses);
    for (var name : wovenClasses.keySet()) {
      newest.put(Tracebacks.clean(name), loadClass(name));
    }
    wovenClasses.keySet().forEach(cellClasses::remove);
  }

  /** The value of a static field of a cell's class. */
  Object readStatic(String className, String fieldName) {
    try {
      var field = loadClass(className).getDeclaredField(fieldName);
      field.setAccessible(true);
      return field.get(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + className + "." + fieldName, e);
    }
  }

  /** The class of this binary name, not initialised. */
  Optional<Class<?>> find(String name) {
    try {
      return Optional.of(Class.forName(name, false, this));
    } catch (ClassNotFoundException | LinkageError e) {
      return Optional.empty();
    }
  }

  /** The class that cells call by this name, nested classes with dots; the newest of them. */
  Optional<Class<?>> cellClass(String name) {
    return Optional.ofNullable(newest.get(name.replace('.', '$')));
  }

  /** Sets a static field of a cell's class to null. */
  void clearStatic(String className, String fieldName) {
    try {
      var field = loadClass(className).getDeclaredField(fieldName);
      field.setAccessible(true);
      field.set(null, null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot clear " + className + "." + fieldName, e);
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    var cellClass = cellClasses.get(name);
    if (cellClass != null) {
      return defineClass(name, cellClass, 0, cellClass.length);
    }
    var resource = findResource(name.replace('.', '/') + ".class");
    if (resource == null) {
      throw new ClassNotFoundException(name);
    }
    try (var in = resource.openStream()) {
      var woven = weave(in.readAllBytes());
      definePackageOf(name);
      return defineClass(name, woven, 0, woven.length, domain(resource, name));
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  private static byte[] weave(byte[] original) {
    try {
      return Weaver.weave(original);
    } catch (IllegalArgumentException tooLarge) {
      return original; // runs as it is; only its own loops can't be stopped
    }
  }

  private void definePackageOf(String className) {
    int dot = className.lastIndexOf('.');
    if (dot > 0 && getDefinedPackage(className.substring(0, dot)) == null) {
      try {
        definePackage(className.substring(0, dot), null, null, null, null, null, null, null);
      } catch (IllegalArgumentException alreadyThere) {
        return; // another thread was first
      }
    }
  }

  private ProtectionDomain domain(URL resource, String className) {
    var text = resource.toString();
    var entry = text.substring(0, text.length() - className.length() - ".class".length());
    if (entry.startsWith("jar:")) {
      entry = entry.substring("jar:".length(), entry.lastIndexOf("!/"));
    }
    var location = entry;
    for (var url : getURLs()) {
      if (url.toString().equals(location)) {
        return new ProtectionDomain(new CodeSource(url, (Certificate[]) null), null, this, null);
      }
    }
    return null;
  }
}
