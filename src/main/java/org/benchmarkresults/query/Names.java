package org.benchmarkresults.query;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.benchmarkresults.config.NearestWord;
import org.benchmarkresults.model.annotation.Label;
import org.benchmarkresults.model.search.Field;
import org.benchmarkresults.model.search.Field.Own;
import org.jspecify.annotations.Nullable;

/** Names of members, as callers write them. */
public final class Names {
  /** Before the name of a member that the contract does not name. */
  public static final String FURTHER = "extra.";

  private Names() {}

  /**
   * The member of that name.
   *
   * @param parameter where the name stands
   * @throws QueryRefused when there is none, naming the nearest
   */
  static Field field(String name, String parameter) {
    Field label = label(name, parameter);
    if (label != null) {
      return label;
    }
    return name.startsWith(FURTHER) && name.length() > FURTHER.length()
        ? Field.further(name.substring(FURTHER.length()))
        : Own.named(name).map(Field::of).orElseThrow(() -> unknown(name, Own.names(), parameter));
  }

  /**
   * The label that is written as {@code labels.KEY}; null for another name.
   *
   * @throws QueryRefused when the key of a label is missing or none
   */
  static @Nullable Field label(String name, String parameter) {
    String key = labelKey(name);
    if (key == null && (name.equals("labels") || name.startsWith(Own.LABEL_PREFIX))) {
      throw new QueryRefused(
          parameter,
          "\""
              + shortened(name)
              + "\" is no label; write labels.KEY with a key of letters, digits, dots, underscores"
              + " and hyphens");
    }
    return key == null ? null : Field.ofLabel(key);
  }

  /**
   * The names in a list of names with commas between them, each once, all of them known or those of
   * further members.
   *
   * @throws QueryRefused when one is unknown, naming the nearest
   */
  public static List<String> list(String text, Collection<String> known, String parameter) {
    List<String> names = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String name = part.strip();
      boolean further = name.startsWith(FURTHER) && name.length() > FURTHER.length();
      if (!further && labelKey(name) == null && !known.contains(name)) {
        throw unknown(name, known, parameter);
      }
      if (!names.contains(name)) {
        names.add(name);
      }
    }
    return names;
  }

  /** The key of a label that is written as {@code labels.KEY}; null for another name. */
  public static @Nullable String labelKey(String name) {
    if (!name.startsWith(Own.LABEL_PREFIX)) {
      return null;
    }
    String key = name.substring(Own.LABEL_PREFIX.length());
    return Label.isKey(key) ? key : null;
  }

  private static QueryRefused unknown(String name, Collection<String> known, String parameter) {
    return new QueryRefused(
        parameter,
        "there is no member \""
            + shortened(name)
            + "\"; did you mean "
            + NearestWord.nearest(shortened(name), known)
            + ", or "
            + FURTHER
            + shortened(name)
            + " for one of the sender's own?");
  }

  static String shortened(String text) {
    return text.length() <= 64 ? text : text.substring(0, 64) + "…";
  }
}
