package org.benchmarkresults.http.alias;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.benchmarkresults.model.alias.AliasChange.Condition;
import org.benchmarkresults.model.alias.ModelAliases;
import org.jspecify.annotations.Nullable;

/** Entity tags of lists of aliases, and the preconditions that name them (RFC 9110). */
final class AliasConditions {
  /** A weak tag names the same list: it is weak because the response was compressed. */
  private static final Pattern TAG = Pattern.compile("(?:W/)?\"(\\d{1,18})\"");

  private static final String ANY = "*";

  private AliasConditions() {}

  static String tag(ModelAliases list) {
    return "\"" + list.revision() + "\"";
  }

  static Condition of(HttpServerRequest request) {
    String ifMatch = stripped(request.getHeader(HttpHeaders.IF_MATCH));
    boolean isAny = ANY.equals(ifMatch);
    return new Condition(
        ifMatch == null || isAny ? null : revisions(ifMatch),
        isAny,
        ANY.equals(stripped(request.getHeader(HttpHeaders.IF_NONE_MATCH))));
  }

  private static @Nullable String stripped(@Nullable String header) {
    return header == null ? null : header.strip();
  }

  private static List<Long> revisions(String ifMatch) {
    return Arrays.stream(ifMatch.split(","))
        .map(tag -> TAG.matcher(tag.strip()))
        .filter(Matcher::matches)
        .map(tag -> Long.valueOf(tag.group(1)))
        .toList();
  }
}
