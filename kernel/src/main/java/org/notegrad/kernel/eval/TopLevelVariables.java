package org.notegrad.kernel.eval;

import java.lang.classfile.ClassModel;
import java.lang.reflect.AccessFlag;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.notegrad.kernel.eval.weave.CellClass;

/**
 * Where top-level variables live. JShell gives a variable that is declared again a class of its
 * own; here it keeps its first storage as long as its type stays, so that lambdas and threads see
 * its new value and its old value can be collected.
 */
final class TopLevelVariables implements CellClass.Variables {

  private record Storage(String owner, String descriptor) {}

  private final UserClassLoader loader;
  private final Map<String, Storage> storages = new HashMap<>();
  private final Map<String, String> moved = new HashMap<>();
  private final Set<String> constants = new HashSet<>();
  private String writtenConstant;

  TopLevelVariables(UserClassLoader loader) {
    this.loader = loader;
  }

  /**
   * Notes the variables that a wrapper class declares, before any class that uses them is woven.
   */
  void declare(ClassModel wrapper) {
    declare(wrapper, name -> !isConstant(name));
  }

  /** The same for classes that JShell makes only to know of variables, which keep their values. */
  void declareKnown(ClassModel wrapper) {
    declare(wrapper, _ -> true);
  }

  /**
   * The same for a unit, whose fields stand for the variables that it names.
   *
   * @param declared the name of the one that it declares; empty if it declares none
   */
  void declareUnit(ClassModel unit, String declared) {
    declare(unit, name -> !name.equals(declared) || !isConstant(name));
  }

  private void declare(ClassModel wrapper, Predicate<String> keepsStorage) {
    var owner = wrapper.thisClass().asInternalName();
    for (var field : wrapper.fields()) {
      var name = field.fieldName().stringValue();
      if (!field.flags().has(AccessFlag.STATIC)) {
        continue;
      }
      var descriptor = field.fieldType().stringValue();
      var old = storages.get(name);
      boolean same = old != null && old.descriptor.equals(descriptor);
      if (same && keepsStorage.test(name)) {
        moved.put(key(owner, name), old.owner);
      } else {
        clear(name);
        storages.put(name, new Storage(owner, descriptor));
        if (same) {
          moveOn(name, old.owner, owner);
        }
      }
    }
  }

  /** Classes that are compiled from now on find the new storage by the names of the old one. */
  private void moveOn(String name, String old, String owner) {
    moved.replaceAll(
        (key, storage) -> storage.equals(old) && key.endsWith("." + name) ? owner : storage);
    moved.put(key(old, name), owner);
  }

  /** Says that no class that names the fields of this unit will be woven any more. */
  void unitIsWoven(ClassModel unit) {
    var owner = unit.thisClass().asInternalName();
    unit.fields().forEach(field -> moved.remove(key(owner, field.fieldName().stringValue())));
  }

  /** The constant that a class declared since the last call assigns to; null if none does. */
  String takeWrittenConstant() {
    var taken = writtenConstant;
    writtenConstant = null;
    return taken;
  }

  boolean hasWrittenConstant() {
    return writtenConstant != null;
  }

  @Override
  public void written(String owner, String name) {
    if (isConstant(owner, name)) {
      writtenConstant = name;
    }
  }

  /** Declares that a variable keeps the value that it has. */
  void markConstant(String name) {
    var storage = storages.get(name);
    if (storage != null) {
      constants.add(key(storage.owner, name));
    }
  }

  /** The value of a variable now. */
  Object value(String name) {
    var storage = storages.get(name);
    return storage == null ? null : loader.readStatic(storage.owner.replace('/', '.'), name);
  }

  /** Whether the variable of this name is a constant now. */
  boolean isConstant(String name) {
    var storage = storages.get(name);
    return storage != null && isConstant(storage.owner, name);
  }

  /** Lets go of the value of a variable that no new code can name. */
  void clear(String name) {
    var old = storages.remove(name);
    if (old != null && !isConstant(old.owner, name) && !isPrimitive(old.descriptor)) {
      loader.clearStatic(old.owner.replace('/', '.'), name);
    }
  }

  private static boolean isPrimitive(String descriptor) {
    return descriptor.length() == 1;
  }

  @Override
  public boolean isConstant(String owner, String name) {
    return constants.contains(key(owner, name));
  }

  @Override
  public String storage(String owner, String name) {
    return moved.getOrDefault(key(owner, name), owner);
  }

  private static String key(String owner, String name) {
    return owner + "." + name;
  }
}
