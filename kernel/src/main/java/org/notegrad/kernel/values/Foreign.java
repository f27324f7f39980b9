package org.notegrad.kernel.values;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;

/**
 * Calls methods of libraries that the kernel is compiled without: a person adds them to a running
 * session, where only a class loader below the kernel's knows them.
 */
final class Foreign {
  private Foreign() {}

  /**
   * Calls a public method by its name and number of arguments.
   *
   * @throws IllegalStateException if the library's version has no such method
   */
  static Object call(Object target, String name, Object... arguments) {
    Method method =
        Arrays.stream(target.getClass().getMethods())
            .filter(m -> m.getName().equals(name) && m.getParameterCount() == arguments.length)
            .filter(m -> accepts(m, arguments))
            .findFirst()
            .orElseThrow(() ->
                new IllegalStateException(target.getClass().getName() + " has no method " + name));
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(name + " threw " + e.getCause(), e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("calling " + method, e);
    }
  }

  private static boolean accepts(Method method, Object... arguments) {
    Class<?>[] types = method.getParameterTypes();
    for (int i = 0; i < types.length; i++) {
      if (!(types[i] == int.class && arguments[i] instanceof Integer)
          && !types[i].isInstance(arguments[i])) {
        return false;
      }
    }
    return true;
  }

  static int number(Object target, String name) {
    return ((Number) call(target, name)).intValue();
  }
}
