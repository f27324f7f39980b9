package org.notegrad.kernel.eval;

import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The imports of a session. A cell is compiled with those that its words may need, and no others:
 * javac takes 3 ms to look through all that a kernel starts with.
 */
final class Imports {

  private final Function<String, Optional<Class<?>>> loader;
  private final List<Import> all = new ArrayList<>();
  private final Map<String, List<Import>> byWord = new HashMap<>();
  private final Map<String, Set<String>> statics = new HashMap<>();
  private int atStart;

  /**
   * No imports yet.
   *
   * @param loader finds a class by its name
   */
  Imports(Function<String, Optional<Class<?>>> loader) {
    this.loader = loader;
  }

  void add(Import added) {
    all.removeIf(added::replaces);
    all.add(added);
    byWord.clear();
  }

  void remove(Import removed) {
    if (all.indexOf(removed) < atStart) {
      atStart--;
    }
    all.remove(removed);
    byWord.clear();
  }

  /** Says that what has been imported until now belongs to the start. */
  void startsHere() {
    atStart = all.size();
  }

  /** Forgets what was imported since the start. */
  void reset() {
    all.subList(Math.min(atStart, all.size()), all.size()).clear();
    byWord.clear();
  }

  /** Says that there are more classes now. */
  void classPathChanged() {
    byWord.clear();
    statics.clear();
  }

  List<Import> all() {
    return all;
  }

  /** The imports that give one of these simple names a meaning, in the order of the session. */
  List<Import> needed(Collection<String> words) {
    var needed = words.stream().flatMap(word -> of(word).stream()).collect(Collectors.toSet());
    return all.stream().filter(one -> one.isModule() || needed.contains(one)).toList();
  }

  private List<Import> of(String word) {
    return byWord.computeIfAbsent(
        word, name -> all.stream().filter(one -> gives(one, name)).toList());
  }

  private boolean gives(Import one, String word) {
    if (one.isModule()) {
      return false;
    }
    if (!one.isOnDemand()) {
      return one.name().equals(word);
    }
    if (one.isStatic()) {
      return statics.computeIfAbsent(one.from(), this::staticNames).contains(word);
    }
    // Names of types start with a capital; one that does not costs a compilation by JShell.
    return Character.isUpperCase(word.codePointAt(0))
        && loader.apply(one.from() + "." + word).isPresent();
  }

  private Set<String> staticNames(String className) {
    return loader.apply(className).stream()
        .flatMap(type ->
            Stream.of(
                    staticNames(type.getMethods()),
                    staticNames(type.getFields()),
                    Arrays.stream(type.getClasses()).map(Class::getSimpleName))
                .flatMap(names -> names))
        .collect(Collectors.toSet());
  }

  private static Stream<String> staticNames(Member[] members) {
    return Arrays.stream(members)
        .filter(member -> Modifier.isStatic(member.getModifiers()))
        .map(Member::getName);
  }
}
