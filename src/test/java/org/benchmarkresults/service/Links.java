package org.benchmarkresults.service;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.benchmarkresults.backend.Answer;

/** Links to next pages. */
public final class Links {
  private static final Pattern NEXT = Pattern.compile("<([^>]*)>; rel=\"next\"");

  private Links() {}

  /** The link to the next page; null when there is none. */
  public static String next(Answer answer) {
    Matcher link = NEXT.matcher(String.valueOf(answer.header("Link")));
    return link.matches() ? link.group(1) : null;
  }

  /** The same, resolved against the path that was asked for where it is a query alone. */
  public static String next(String asked, Answer answer) {
    String next = next(answer);
    return next != null && next.startsWith("?") ? asked.replaceFirst("\\?.*", "") + next : next;
  }
}
