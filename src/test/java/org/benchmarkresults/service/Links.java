package org.benchmarkresults.service;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.benchmarkresults.backend.Answer;

/** Links to next pages. */
final class Links {
  private static final Pattern NEXT = Pattern.compile("<([^>]*)>; rel=\"next\"");

  private Links() {}

  /** Where the next page is; null when there is none. */
  static String next(Answer answer) {
    Matcher link = NEXT.matcher(String.valueOf(answer.header("Link")));
    return link.matches() ? link.group(1) : null;
  }
}
