package org.notegrad.kernel.magic;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeSet;
import org.notegrad.kernel.eval.CellResult;
import org.notegrad.kernel.jjava.JJavaLibraries;
import org.notegrad.kernel.magic.Magic.Form;

/** Magics of libraries that are written for JJava. */
final class JJavaMagics {
  private JJavaMagics() {}

  /** The kernel's own magics, and those of the libraries that have other names. */
  static Magics with(Magics own, JJavaLibraries libraries) {
    var names = new TreeSet<>(libraries.lineMagics());
    names.addAll(libraries.cellMagics());
    var all = new ArrayList<>(own.all());
    names.stream()
        .filter(name -> own.find(name).isEmpty())
        .forEach(name -> all.add(magic(name, libraries)));
    return new Magics(all);
  }

  private static Magic magic(String name, JJavaLibraries libraries) {
    var forms = EnumSet.noneOf(Form.class);
    if (libraries.lineMagics().contains(name)) {
      forms.add(Form.LINE);
    }
    if (libraries.cellMagics().contains(name)) {
      forms.add(Form.CELL);
    }
    return Magic.line(
            name,
            "[ARGUMENT...]",
            "A magic of a library's on the class path, written for JJava.",
            call -> run(name, libraries, call))
        .forms(forms);
  }

  private static CellResult run(String name, JJavaLibraries libraries, MagicCall call) {
    List<String> arguments = call.words().rest();
    var result =
        call.inCell(() -> {
          Object value =
              call.isWholeCell()
                  ? libraries.runCell(name, arguments, call.body())
                  : libraries.runLine(name, arguments);
          return value == null ? new CellResult.Nothing() : new CellResult.Value(value);
        });
    return call.notebook().evaluateSources(call, result);
  }
}
