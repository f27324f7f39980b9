package org.notegrad.kernel.eval;

import java.util.List;
import java.util.Optional;

/**
 * A sealed type that names its subtypes. Type and subtypes refer to each other; when one that is
 * not declared yet has the name of an imported class, the compiler takes that. So a cell that
 * declares them first declares the type unsealed, then the subtypes, then the type as it is.
 *
 * @param unsealed a declaration of the type that permits every subtype
 * @param permitted the names of its subtypes
 */
record SealedType(String unsealed, List<String> permitted) {

  /** The sealed type that is declared here, if one is and names its subtypes. */
  static Optional<SealedType> in(String declaration) {
    var tokens = new Lexer(declaration).tokens();
    var words = tokens.stream().map(Token::text).toList();
    int body = words.indexOf("{");
    int sealed = words.indexOf("sealed");
    int permits = words.indexOf("permits");
    boolean named = sealed >= 0 && sealed < permits && permits < body;
    if (!named || (sealed > 0 && words.get(sealed - 1).equals("-"))) {
      return Optional.empty();
    }
    var head =
        declaration.substring(0, tokens.get(sealed).start())
            + declaration.substring(tokens.get(sealed).end(), tokens.get(permits).start());
    boolean isInterface = words.subList(sealed, permits).contains("interface");
    var rest = isInterface ? "{}" : declaration.substring(tokens.get(body).start());
    var permitted =
        words.subList(permits + 1, body).stream().filter(word -> !word.equals(",")).toList();
    return Optional.of(new SealedType(head + rest, permitted));
  }
}
