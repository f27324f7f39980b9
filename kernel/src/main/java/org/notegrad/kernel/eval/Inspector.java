package org.notegrad.kernel.eval;

import java.util.List;
import java.util.Optional;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Documentation;
import org.notegrad.kernel.eval.doc.DocPage;
import org.notegrad.kernel.eval.doc.Javadoc;
import org.notegrad.kernel.eval.doc.LibraryDocs;

/** Describes the name at the cursor: its signatures, and what their documentation says. */
final class Inspector {

  private final LibraryDocs libraries = new LibraryDocs(Inspector.class.getClassLoader());
  private final SourceCodeAnalysis analysis;

  Inspector(SourceCodeAnalysis analysis) {
    this.analysis = analysis;
  }

  Optional<Inspection> inspect(String code, int cursor, int level) {
    var found = documentation(code, cursor);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    var text = new StringBuilder();
    var html = new StringBuilder();
    for (var one : found) {
      var whole = Javadoc.parse(comment(one));
      var doc = level > 0 ? whole : whole.firstSentence();
      var signature = Tracebacks.clean(one.signature());
      text.append(text.isEmpty() ? "" : "\n").append(DocPage.text(signature, doc));
      html.append(html.isEmpty() ? "" : "<hr>").append(DocPage.html(signature, doc));
    }
    return Optional.of(new Inspection(text.toString().stripTrailing(), html.toString()));
  }

  private String comment(Documentation found) {
    return found.javadoc() == null
        ? libraries.comment(found.signature()).orElse("")
        : found.javadoc();
  }

  /** Of the name that the cursor touches, else of the call whose arguments it is among. */
  private List<Documentation> documentation(String code, int cursor) {
    int end = endOfName(code, cursor);
    int start = Statements.startOfPieceAt(code, end);
    boolean onName = end > start && Character.isJavaIdentifierPart(code.charAt(end - 1));
    if (onName) {
      var name = code.substring(start, end);
      boolean called = code.substring(end).stripLeading().startsWith("(");
      for (var source : called ? List.of(name + "(", name) : List.of(name, name + "(")) {
        var found = documentation(source);
        if (!found.isEmpty()) {
          return found;
        }
      }
    }
    return documentation(code.substring(start, cursor));
  }

  private List<Documentation> documentation(String source) {
    return analysis.documentation(source, source.length(), true);
  }

  private static int endOfName(String code, int cursor) {
    int end = cursor;
    while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) {
      end++;
    }
    return end;
  }
}
