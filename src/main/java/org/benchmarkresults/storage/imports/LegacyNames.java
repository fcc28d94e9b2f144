package org.benchmarkresults.storage.imports;

import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.benchmarkresults.model.result.ExtraField;
import org.benchmarkresults.model.result.RawJson;
import org.benchmarkresults.model.text.Blank;

/**
 * Converts names of a legacy record to names of a result. The legacy service accepted empty names
 * and control characters: an empty name gets a placeholder, a control character its Unicode control
 * picture, and the result keeps the original in an extra field.
 */
final class LegacyNames {
  /** The extra field with the original names by member. */
  static final String ORIGINALS = "imported_from";

  private static final char FIRST_PICTURE = '\u2400';
  private static final char PICTURE_OF_DELETE = '\u2421';

  private final JsonObject originals = new JsonObject();

  /** The name to store. */
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

  /** The name in the legacy record. */
  String original(String member, String name) {
    return originals.getString(member, name);
  }

  boolean isAnyRenamed() {
    return !originals.isEmpty();
  }

  /**
   * The extra field with the originals.
   *
   * @param taken names of the record's own members
   */
  ExtraField field(Set<String> taken) {
    String name = ORIGINALS;
    while (taken.contains(name)) {
      name += "_";
    }
    return new ExtraField(name, RawJson.of(originals.encode()));
  }
}
