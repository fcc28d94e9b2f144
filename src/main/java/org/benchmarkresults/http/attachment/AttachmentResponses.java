package org.benchmarkresults.http.attachment;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.http.exchange.Response;
import org.benchmarkresults.http.exchange.ResponseBudget;
import org.benchmarkresults.http.format.Table;
import org.benchmarkresults.http.headers.FileName;
import org.benchmarkresults.http.headers.HttpDate;
import org.benchmarkresults.http.headers.References;
import org.benchmarkresults.http.json.IsoTime;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.ProblemException;
import org.benchmarkresults.http.result.EntityTags;
import org.benchmarkresults.model.attachment.Attachment;
import org.benchmarkresults.model.attachment.AttachmentFound;
import org.benchmarkresults.model.attachment.AttachmentList;
import org.benchmarkresults.model.attachment.AttachmentRef;
import org.benchmarkresults.model.attachment.AttachmentRefusal;
import org.benchmarkresults.model.attachment.EndOutcome;
import org.benchmarkresults.model.attachment.RemovalOutcome;
import org.jspecify.annotations.Nullable;

/** Responses to operations on attachments. */
public final class AttachmentResponses {
  private static final List<String> COLUMNS =
      List.of("name", "size", "media_type", "digest", "created_at", "created_by");

  /** No browser renders the bytes in the origin of the service, whatever their media type. */
  private static final String SANDBOX =
      "sandbox; default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

  private AttachmentResponses() {}

  static Response list(RoutingContext context, AttachmentRef ref, AttachmentList list) {
    if (!list.isFound()) {
      throw AttachmentProblems.of(new AttachmentRefusal.NoResult());
    }
    JsonArray rows = new JsonArray();
    list.attachments().forEach(attachment -> rows.add(json(attachment)));
    return Table.of(context, rows, COLUMNS, ref.resultName() + "-attachments", Map.of());
  }

  private static JsonObject json(Attachment attachment) {
    return new JsonObject()
        .put("name", attachment.file())
        .put("size", attachment.size())
        .put("media_type", attachment.mediaType())
        .put("digest", attachment.digest().text())
        .put("created_at", IsoTime.text(attachment.createdAt()))
        .put("created_by", attachment.createdBy());
  }

  /** The outcome of an upload. */
  static Response stored(RoutingContext context, AttachmentRef ref, EndOutcome outcome) {
    return switch (outcome) {
      case EndOutcome.Attached attached when attached.replaced() ->
          stored(200, "replaced", context, ref, attached.attachment());
      case EndOutcome.Attached attached ->
          stored(201, "attached", context, ref, attached.attachment());
      case EndOutcome.Unchanged unchanged ->
          stored(200, "already_attached", context, ref, unchanged.attachment());
      case EndOutcome.EndRefused refused -> throw AttachmentProblems.of(refused.refusal());
    };
  }

  private static Response stored(
      int status,
      String outcome,
      RoutingContext context,
      AttachmentRef ref,
      Attachment attachment) {
    Map<String, String> headers = Response.headers("application/json");
    headers.put("Location", References.to(context, path(ref)));
    headers.put("ETag", tag(attachment));
    return new Response.Whole(status, headers, json(attachment).put("outcome", outcome).toBuffer());
  }

  /** The path of an attachment from the root of the service, encoded. */
  public static String path(AttachmentRef ref) {
    return ref.stage().path()
        + "/"
        + References.encoded(ref.resultName())
        + "/attachments/"
        + References.encoded(ref.file());
  }

  private static String tag(Attachment attachment) {
    return "\"" + attachment.digest().hex() + "\"";
  }

  static Response removed(RemovalOutcome outcome) {
    return switch (outcome) {
      case RemovalOutcome.Removed removed -> new Response.HeadOnly(204, Map.of());
      case RemovalOutcome.RemovalRefused refused -> throw AttachmentProblems.of(refused.refusal());
    };
  }

  /** The bytes, or a range of them. */
  static Response bytes(
      RoutingContext context, Bus bus, ResponseBudget budget, AttachmentFound found) {
    return switch (found) {
      case AttachmentFound.NotThere none -> throw AttachmentProblems.of(none.refusal());
      case AttachmentFound.There there -> bytes(context, bus, budget, there);
    };
  }

  private static Response bytes(
      RoutingContext context, Bus bus, ResponseBudget budget, AttachmentFound.There there) {
    HttpServerRequest request = context.request();
    Attachment attachment = there.attachment();
    Map<String, String> headers = headers(attachment);
    if (EntityTags.matches(request.getHeader("If-None-Match"), tag(attachment))) {
      return new Response.HeadOnly(304, headers);
    }
    headers.put("Content-Type", attachment.mediaType());
    headers.put("Content-Disposition", FileName.attachment(attachment.file()));
    headers.put("Content-Security-Policy", SANDBOX);
    headers.put("Repr-Digest", BodyDigest.header(attachment.digest()));
    ByteRange range = range(request, attachment);
    if (range != null && !range.isSatisfiable()) {
      context.response().putHeader("Content-Range", range.header(attachment.size()));
      throw new ProblemException(
          Problem.of(
              416,
              "range-not-satisfiable",
              "The attachment has "
                  + attachment.size()
                  + " bytes, and the range has none of them."));
    }
    ByteRange sent = range == null ? new ByteRange(0, attachment.size()) : range;
    headers.put("Content-Length", Long.toString(sent.length()));
    if (range != null) {
      headers.put("Content-Range", range.header(attachment.size()));
    }
    int status = range == null ? 200 : 206;
    if (request.method().equals(HttpMethod.HEAD)) {
      return new Response.HeadOnly(status, headers);
    }
    return sent.length() == 0
        ? new Response.Whole(status, headers, Buffer.buffer())
        : new Response.Pieces(
            status, headers, new AttachmentSource(bus, budget, there.upload(), sent));
  }

  private static Map<String, String> headers(Attachment attachment) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("ETag", tag(attachment));
    headers.put("Last-Modified", HttpDate.of(attachment.createdAt()));
    // Caches may keep it but must ask each time whether it was replaced.
    headers.put("Cache-Control", "no-cache");
    headers.put("Accept-Ranges", "bytes");
    // Compression would change the bytes that ranges count.
    headers.put("Content-Encoding", "identity");
    return headers;
  }

  /** Ranges are defined for GET alone (RFC 9110, section 14.2). */
  private static @Nullable ByteRange range(HttpServerRequest request, Attachment attachment) {
    if (!request.method().equals(HttpMethod.GET)) {
      return null;
    }
    String ifRange = request.getHeader("If-Range");
    boolean isCurrent =
        ifRange == null
            || ifRange.strip().equals(tag(attachment))
            || ifRange.strip().equals(HttpDate.of(attachment.createdAt()));
    return isCurrent ? ByteRange.of(request.getHeader("Range"), attachment.size()) : null;
  }
}
