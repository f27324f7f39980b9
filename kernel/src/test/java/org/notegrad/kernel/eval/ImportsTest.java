package org.notegrad.kernel.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportsTest {

  private static Optional<Class<?>> load(String name) {
    try {
      return Optional.of(Class.forName(name));
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    }
  }

  private static Imports imports(String... declarations) {
    var imports = new Imports(ImportsTest::load);
    List.of(declarations).forEach(one -> imports.add(Import.parse(one)));
    return imports;
  }

  private static List<String> needed(Imports imports, String... words) {
    return imports.needed(List.of(words)).stream().map(Import::source).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "import java.util.*;",
        "import java.util.Map.Entry;",
        "import static java.lang.Math.*;",
        "import static java.lang.Math.abs;",
        "import module java.base;"
      })
  void sourceIsWhatWasParsed(String declaration) {
    assertEquals(declaration, Import.parse(declaration).source());
  }

  @Test
  void onlyThoseThatWordsNeedAreGiven() {
    var imports =
        imports(
            "import java.util.*;",
            "import java.time.*;",
            "import java.util.regex.Pattern;",
            "import static java.lang.Math.*;",
            "import static java.util.Map.Entry;",
            "import static java.util.stream.Collectors.toList;");
    assertEquals(List.of(), needed(imports, "x", "y", "Unknown"));
    assertEquals(List.of("import java.util.*;"), needed(imports, "List", "int"));
    assertEquals(
        List.of("import java.time.*;", "import static java.lang.Math.*;"),
        needed(imports, "PI", "Duration"));
    assertEquals(List.of("import java.util.regex.Pattern;"), needed(imports, "Pattern"));
    assertEquals(List.of("import static java.util.Map.Entry;"), needed(imports, "Entry"));
    assertEquals(
        List.of("import static java.util.stream.Collectors.toList;"), needed(imports, "toList"));
  }

  @Test
  void membersThatAreTypesCountToo() {
    assertEquals(
        List.of("import static java.util.Map.*;"),
        needed(imports("import static java.util.Map.*;"), "Entry"));
  }

  @Test
  void modulesAreAlwaysGiven() {
    assertEquals(
        List.of("import module java.base;"), needed(imports("import module java.base;"), "x"));
  }

  @Test
  void aNameThatIsImportedAnewReplacesTheOld() {
    var imports = imports("import java.util.List;", "import java.awt.List;");
    assertEquals(List.of("import java.awt.List;"), needed(imports, "List"));
    var members =
        imports("import static java.lang.Math.max;", "import static java.lang.Integer.max;");
    assertEquals(2, needed(members, "max").size());
  }

  @Test
  void newImportsAreSeenByWordsThatWereAskedBefore() {
    var imports = imports("import java.util.*;");
    imports.startsHere();
    assertEquals(List.of(), needed(imports, "Duration"));
    imports.add(Import.parse("import java.time.*;"));
    assertEquals(List.of("import java.time.*;"), needed(imports, "Duration"));
    imports.reset();
    assertEquals(List.of(), needed(imports, "Duration"));
    assertEquals(List.of("import java.util.*;"), needed(imports, "List"));
  }
}
