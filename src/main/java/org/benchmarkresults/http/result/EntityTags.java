package org.benchmarkresults.http.result;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.benchmarkresults.model.result.Digest;
import org.benchmarkresults.model.result.Envelope;
import org.benchmarkresults.model.result.ResultSummary;
import org.benchmarkresults.model.version.VersionTag;
import org.jspecify.annotations.Nullable;

/** Entity tags of results and of their data, and whether a reader has one already (RFC 9110). */
public final class EntityTags {
  private static final Pattern OF_RESULT =
      Pattern.compile("\"(\\d{1,9})-([0-9a-f]{32})-([0-9a-f]{8})(?:-a(\\d{1,9}))?\"");

  private EntityTags() {}

  /**
   * Changes with the version and the annotations, and when a name that was deleted is stored anew
   * with other data or another envelope.
   */
  public static String ofResult(ResultSummary summary) {
    return text(VersionTag.of(summary));
  }

  static String ofResult(int version, Digest digest, Envelope envelope) {
    return text(VersionTag.of(version, digest, envelope));
  }

  private static String text(VersionTag tag) {
    String version = "\"" + tag.version() + "-" + tag.digestPrefix() + "-" + tag.fingerprint();
    return tag.annotated() == null ? version + "\"" : version + "-a" + tag.annotated() + "\"";
  }

  static String ofData(ResultSummary summary) {
    return "\"" + summary.digest().hex() + "\"";
  }

  /** Whether an {@code If-None-Match} header names the tag; weak and strong tags are alike here. */
  public static boolean matches(@Nullable String ifNoneMatch, String tag) {
    if (ifNoneMatch == null) {
      return false;
    }
    return ifNoneMatch.strip().equals("*")
        || Arrays.stream(ifNoneMatch.split(","))
            .map(String::strip)
            .map(EntityTags::strong)
            .anyMatch(tag::equals);
  }

  /**
   * The versions that an {@code If-Match} header names; null when any will do. A weak tag names the
   * same version: it is weak because the answer was compressed, which most libraries ask for.
   */
  public static @Nullable List<VersionTag> versions(@Nullable String ifMatch) {
    if (ifMatch == null || ifMatch.strip().equals("*")) {
      return null;
    }
    return Arrays.stream(ifMatch.split(","))
        .map(candidate -> OF_RESULT.matcher(strong(candidate.strip())))
        .filter(Matcher::matches)
        .map(EntityTags::version)
        .toList();
  }

  private static VersionTag version(Matcher tag) {
    String annotated = tag.group(4);
    return new VersionTag(
        Integer.parseInt(tag.group(1)),
        tag.group(2),
        tag.group(3),
        annotated == null ? null : Integer.valueOf(annotated));
  }

  /** The tag without the sign of a weak one. */
  public static String strong(String tag) {
    return tag.startsWith("W/") ? tag.substring(2) : tag;
  }
}
