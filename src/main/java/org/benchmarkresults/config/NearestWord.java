package org.benchmarkresults.config;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Finds the word that was probably meant. */
public final class NearestWord {
  private NearestWord() {}

  /** The word with the smallest edit distance; there must be at least one. */
  public static String nearest(String word, Collection<String> words) {
    return words.stream()
        .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
        .orElseThrow();
  }

  /** {@code ; did you mean x?} where one of the words is near enough to be meant, else nothing. */
  public static String suggestion(String word, Collection<String> words) {
    String lower = word.toLowerCase(Locale.ROOT);
    return words.stream()
        .min(
            Comparator.comparingInt(
                candidate -> distance(lower, candidate.toLowerCase(Locale.ROOT))))
        .filter(nearest -> isNear(lower, nearest.toLowerCase(Locale.ROOT)))
        .map(nearest -> "; did you mean " + nearest + "?")
        .orElse("");
  }

  private static boolean isNear(String word, String candidate) {
    return !word.isEmpty()
        && (word.startsWith(candidate) || distance(word, candidate) <= candidate.length() / 2);
  }

  /** The Levenshtein distance. */
  public static int distance(String left, String right) {
    int[] row = new int[right.length() + 1];
    Arrays.setAll(row, i -> i);
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int substituted = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[right.length()];
  }
}
