package org.benchmarkresults.http.attachment;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.List;
import org.benchmarkresults.http.access.AccessCheck;
import org.benchmarkresults.http.result.EntityTags;
import org.benchmarkresults.model.attachment.AttachmentCondition;
import org.benchmarkresults.model.attachment.AttachmentRef;
import org.benchmarkresults.model.result.Stage;
import org.jspecify.annotations.Nullable;

/** Reads what a request for attachments names and expects. */
public final class AttachmentRequests {
  private AttachmentRequests() {}

  /** One attachment; throws {@link org.benchmarkresults.http.problem.ProblemException} 400. */
  static AttachmentRef one(Stage stage, RoutingContext context) {
    return ref(stage, context, AttachmentName.require(context.pathParam("file_name")));
  }

  /** All attachments of a result. */
  static AttachmentRef all(Stage stage, RoutingContext context) {
    return ref(stage, context, "");
  }

  private static AttachmentRef ref(Stage stage, RoutingContext context, String file) {
    return new AttachmentRef(
        stage,
        context.pathParam("result_name"),
        file,
        AccessCheck.caller(context).benchmarkPrefix(),
        AccessCheck.actor(context));
  }

  public static AttachmentCondition condition(HttpServerRequest request) {
    String ifMatch = request.getHeader("If-Match");
    boolean isAny = ifMatch != null && ifMatch.strip().equals("*");
    String ifNoneMatch = request.getHeader("If-None-Match");
    return new AttachmentCondition(
        isAny ? null : digests(ifMatch),
        isAny,
        ifNoneMatch != null && ifNoneMatch.strip().equals("*"));
  }

  /** A weak tag names the same bytes: it is weak because a response was compressed. */
  private static @Nullable List<String> digests(@Nullable String ifMatch) {
    return ifMatch == null
        ? null
        : Arrays.stream(ifMatch.split(","))
            .map(tag -> EntityTags.strong(tag.strip()).replace("\"", ""))
            .toList();
  }
}
