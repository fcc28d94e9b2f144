package org.benchmarkresults.storage.imports;

import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.benchmarkresults.model.result.ExtraField;
import org.benchmarkresults.model.result.RawJson;
import org.benchmarkresults.model.text.Blank;

/**
 * Names of a record of the replaced service as names of a result. That service stored empty ones
 * and ones with control characters; they get a placeholder, or the visible pictures of the
 * characters, and the original is kept beside them.
 */
final class LegacyNames {
  /** The further member that holds the originals, by the members they are of. */
  static final String MARK = "imported_from";

  private static final char FIRST_PICTURE = '\u2400';
  private static final char PICTURE_OF_DELETE = '\u2421';

  private final JsonObject originals = new JsonObject();

  /** The name as it is stored. */
  String name(String member, String text, String placeholder) {
    String name = Blank.is(text) ? placeholder : withPictures(text);
    if (!name.equals(text)) {
      originals.put(member, text);
    }
    return name;
  }

  private static String withPictures(String text) {
    StringBuilder name = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      name.append(c < ' ' ? (char) (FIRST_PICTURE + c) : c == 0x7f ? PICTURE_OF_DELETE : c);
    }
    return name.toString();
  }

  /** The name as it was before. */
  String original(String member, String name) {
    return originals.getString(member, name);
  }

  boolean isAnyRenamed() {
    return !originals.isEmpty();
  }

  /**
   * The member that keeps the originals.
   *
   * @param taken names of members that the record has
   */
  ExtraField mark(Set<String> taken) {
    String name = MARK;
    while (taken.contains(name)) {
      name += "_";
    }
    return new ExtraField(name, RawJson.of(originals.encode()));
  }
}
