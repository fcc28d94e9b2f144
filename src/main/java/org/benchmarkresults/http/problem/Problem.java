package org.benchmarkresults.http.problem;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.benchmarkresults.model.result.Digest;
import org.benchmarkresults.model.result.ResultKey;
import org.benchmarkresults.model.security.Scope;
import org.jspecify.annotations.Nullable;

/**
 * A problem of a request or of the service: the body of an error response (RFC 9457), without the
 * path and the id of the request.
 *
 * @param kind last part of the problem's type; stable, for programs
 * @param detail for people; reveals no internals
 * @param errors the members or parameters at fault
 * @param offset first unexpected byte of broken JSON; null for other problems
 * @param limit the limit that was exceeded; null for other problems
 */
public record Problem(
    int status,
    String kind,
    String title,
    String detail,
    List<Fault> errors,
    @Nullable Long offset,
    @Nullable Long limit) {
  public static final String UNSUPPORTED_ENCODING = "unsupported-encoding";

  public static final String TOKEN_MISSING = "token-missing";
  public static final String TOKEN_REFUSED = "token-refused";
  public static final String SCOPE_MISSING = "scope-missing";

  private static final String TYPE = "urn:benchmark-results:problem:";

  /**
   * One member or parameter at fault.
   *
   * @param pointer RFC 6901 pointer into the body, or the name of a parameter
   */
  public record Fault(String pointer, boolean isParameter, String detail) {
    public Fault(String pointer, String detail) {
      this(pointer, false, detail);
    }

    public static Fault ofParameter(String name, String detail) {
      return new Fault(name, true, detail);
    }

    private JsonObject toJson() {
      JsonObject json = isParameter ? new JsonObject().put("parameter", pointer) : new JsonObject();
      // For parameters too, for one release: clients may read it.
      return json.put("pointer", pointer).put("detail", detail);
    }
  }

  public static Problem of(int status, String kind, String title, String detail) {
    return new Problem(status, kind, title, detail, List.of(), null, null);
  }

  /** With the words of the kind as the title. */
  public static Problem of(int status, String kind, String detail) {
    return of(status, kind, title(kind), detail);
  }

  private static String title(String kind) {
    return Character.toUpperCase(kind.charAt(0)) + kind.substring(1).replace('-', ' ');
  }

  public static Problem brokenJson(long offset, String detail) {
    return new Problem(
        400,
        "broken-json",
        "Broken JSON",
        "Byte " + offset + ": " + detail,
        List.of(),
        offset,
        null);
  }

  public static Problem brokenTransfer() {
    return of(
        400,
        "broken-transfer",
        "The request body is incomplete: the connection or the sender stopped before its end.");
  }

  public static Problem brokenEncoding(String encoding, String detail) {
    return of(
        400,
        "broken-encoding",
        "The body is not the " + encoding + " that Content-Encoding declares: " + detail + ".");
  }

  public static Problem unsupportedEncoding(String encoding) {
    return of(
        415,
        UNSUPPORTED_ENCODING,
        "Content-Encoding " + encoding + " is not supported; send gzip, zstd or no encoding.");
  }

  public static Problem nameTaken(ResultKey holder) {
    return of(
        409,
        "name-taken",
        "The result name belongs to another result, with benchmark_name \""
            + holder.benchmarkName()
            + "\" and run_id \""
            + holder.runId()
            + "\"; both join to the same name. Choose another run_id.");
  }

  public static Problem versionRefused(int version, Digest digest) {
    return of(
        412,
        "version-refused",
        "Precondition failed",
        "Version "
            + version
            + " is stored with other content (data "
            + digest.text()
            + "); If-None-Match: * forbids a new version.");
  }

  public static Problem otherVersion(int version, Digest digest) {
    return of(
        412,
        "other-version",
        "Precondition failed",
        "Version "
            + version
            + " is the newest (data "
            + digest.text()
            + "), and If-Match does not name it.");
  }

  public static Problem tooDeep(int limit) {
    return exceeded(
        400, "nested-too-deep", "The body is nested deeper than " + limit + " levels.", limit);
  }

  public static Problem tooLarge(long limit) {
    return exceeded(
        413, "body-too-large", "The body is larger than the limit of " + limit + " bytes.", limit);
  }

  public static Problem tooManySkippedBytes(long limit) {
    String detail =
        " bytes of the decompressed body are blank lines or lines above the size limit.";
    return exceeded(413, "body-too-large", "More than " + limit + detail, limit);
  }

  private static Problem exceeded(int status, String kind, String detail, long limit) {
    return new Problem(status, kind, title(kind), detail, List.of(), null, limit);
  }

  public static Problem invalidMembers(List<Fault> faults) {
    return invalid(422, "invalid-member", faults, "");
  }

  /** Most such bodies are the output file of a benchmark tool, posted unchanged. */
  public static Problem notAnEnvelope(List<Fault> faults, boolean isObject) {
    String advice =
        ". The member data is missing"
            + (isObject ? "" : ": the body is not a JSON object")
            + ". Put the file of the benchmark tool into it: {\"benchmark_name\": \"lm-eval\","
            + " \"timestamp\": \"2026-04-21T12:45:25Z\", \"run_id\": \"nightly-17\", \"data\": {…}}";
    return invalid(422, "invalid-member", faults, advice);
  }

  public static Problem invalidParameters(List<Fault> faults) {
    return invalid(400, "invalid-parameter", faults, "");
  }

  public static Problem invalidQuery(String parameter, String detail) {
    return invalid(422, "invalid-query", List.of(Fault.ofParameter(parameter, detail)), "");
  }

  private static Problem invalid(int status, String kind, List<Fault> faults, String advice) {
    return new Problem(status, kind, title(kind), sentence(faults) + advice, faults, null, null);
  }

  public static Problem tooCostly() {
    return of(
        422,
        "query-too-costly",
        "No index supports this query, and scanning all results took too long. Filter by"
            + " benchmark_name, model_id or run_id, or choose another sort order.");
  }

  public static Problem unsupportedMediaType(String detail) {
    return of(415, "unsupported-media-type", detail);
  }

  public static Problem notAcceptable() {
    return of(
        406,
        "not-acceptable",
        "Lists are available as application/json, application/x-ndjson and text/csv; Accept allows none"
            + " of them. The parameter format (json, ndjson, csv) overrides Accept.");
  }

  public static Problem tokenMissing() {
    return of(
        401,
        TOKEN_MISSING,
        "Authentication required: send an API key or token as 'Authorization: Bearer <token>', or an"
            + " API key as 'X-API-Key: <key>' or as the password of HTTP Basic authentication.");
  }

  public static Problem tokenRefused(String reason) {
    return of(401, TOKEN_REFUSED, reason);
  }

  public static Problem scopeMissing(Scope needed) {
    return scopeMissing(Set.of(needed));
  }

  public static Problem tooManyRequests(String subject, String limit) {
    return of(
        429,
        "too-many-requests",
        "The limit of one " + subject + " at this node is " + limit + ".");
  }

  /** One of these scopes is needed. */
  public static Problem scopeMissing(Set<Scope> needed) {
    String texts = needed.stream().sorted().map(Scope::text).collect(Collectors.joining(", "));
    return of(
        403,
        SCOPE_MISSING,
        "This operation requires "
            + (needed.size() == 1 ? "the scope " : "one of the scopes ")
            + texts
            + ".");
  }

  public static Problem outsidePrefix(String benchmarkPrefix) {
    return of(
        403,
        "beyond-reach",
        "The token is restricted to benchmarks whose name begins with \""
            + benchmarkPrefix
            + "\".");
  }

  /** The detail is the one of the replaced service, which existing clients compare. */
  public static Problem resultNotFound() {
    return of(404, "result-not-found", "Not found", "File not found");
  }

  public static Problem runNotFound() {
    return of(404, "run-not-found", "Not found", "No result has this run_id.");
  }

  public static Problem unavailable(String detail) {
    return of(503, "unavailable", detail);
  }

  public static Problem slowBody() {
    return unavailable(
        "The body arrives too slowly while other requests wait for memory. Send it again.");
  }

  public static Problem bug() {
    return of(
        500,
        "bug",
        "Internal error",
        "Internal error. The log of the service has the details under this request_id.");
  }

  private static String sentence(List<Fault> faults) {
    Fault first = faults.get(0);
    String where = first.pointer().isEmpty() ? "body" : first.pointer().replaceFirst("^/", "");
    String more = faults.size() > 1 ? " (and " + (faults.size() - 1) + " more)" : "";
    return where + ": " + first.detail() + more;
  }

  public JsonObject toJson(String instance, String requestId) {
    return toJson(new JsonObject().put("instance", instance).put("request_id", requestId));
  }

  /** The problem of one line of a bulk upload, without path and request id. */
  public JsonObject toJson() {
    return toJson(new JsonObject());
  }

  private JsonObject toJson(JsonObject ofRequest) {
    JsonObject json =
        new JsonObject()
            .put("type", TYPE + kind)
            .put("title", title)
            .put("status", status)
            .put("detail", detail)
            .mergeIn(ofRequest);
    if (!errors.isEmpty()) {
      JsonArray array = new JsonArray();
      errors.forEach(fault -> array.add(fault.toJson()));
      json.put("errors", array);
    }
    if (offset != null) {
      json.put("offset", offset);
    }
    if (limit != null) {
      json.put("limit", limit);
    }
    return json;
  }
}
