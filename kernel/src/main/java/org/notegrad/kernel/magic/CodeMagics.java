package org.notegrad.kernel.magic;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.notegrad.kernel.eval.Cell;
import org.notegrad.kernel.eval.CellResult;
import org.notegrad.kernel.magic.Magic.Operands;

/** {@code %load}: Java from files. */
final class CodeMagics {
  private static final Pattern PACKAGE =
      Pattern.compile("\\A(?:\\s|//[^\\n]*|/\\*(?s:.*?)\\*/)*+(package\\s+[\\w.]+\\s*;)");

  private CodeMagics() {}

  static List<Magic> all() {
    return List.of(
        Magic.line("load", "FILE...", "Evaluates files of Java in this session.", CodeMagics::load)
            .operands(Operands.FILES)
            .details(
                """
                A file is evaluated as if it stood in the cell: what it declares stays. A `package`
                line is passed over, since a session's classes are in no package. Errors name the
                file and its line.

                ```
                %load Layers.java
                ```
                """));
  }

  private static CellResult load(MagicCall call) {
    var files = call.words().rest();
    if (files.isEmpty()) {
      throw new MagicException("expects a file of Java: %load Layers.java");
    }
    CellResult last = new CellResult.Nothing();
    for (String written : files) {
      Path file = FileMagics.path(written);
      String code = withoutPackage(FileMagics.read(file));
      last =
          call.notebook().evaluate(new Cell(call.cell().id(), file.getFileName().toString(), code));
      switch (last) {
        case CellResult.Value _, CellResult.Nothing _ -> {}
        case CellResult.Failure _, CellResult.Interrupted _, CellResult.Abandoned _ -> {
          return last;
        }
      }
    }
    return new CellResult.Nothing();
  }

  /** Blanks a package declaration; what precedes it can only be comments. */
  private static String withoutPackage(String code) {
    var matcher = PACKAGE.matcher(code);
    return matcher.find()
        ? code.substring(0, matcher.start(1))
            + matcher.group(1).replaceAll("[^\\n]", " ")
            + code.substring(matcher.end())
        : code;
  }
}
