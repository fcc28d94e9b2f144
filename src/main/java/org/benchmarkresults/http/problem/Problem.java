package org.benchmarkresults.http.problem;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import org.benchmarkresults.model.result.Digest;
import org.benchmarkresults.model.result.ResultKey;
import org.benchmarkresults.model.security.Scope;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a request or with us: the body of an error answer as RFC 9457 has it, before
 * the request's own path and id are added.
 *
 * @param kind last part of the problem's type, stable, for programs
 * @param detail for people; names nothing of the inside
 * @param errors members at fault
 * @param offset of broken JSON the first byte that does not fit; null otherwise
 * @param limit of something too large or too deep the most that is accepted; null otherwise
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
   * One member at fault.
   *
   * @param pointer RFC 6901 pointer into the body, or the name of a parameter
   */
  public record Fault(String pointer, String detail) {}

  public static Problem of(int status, String kind, String title, String detail) {
    return new Problem(status, kind, title, detail, List.of(), null, null);
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
    return of(400, "broken-transfer", "Broken transfer", "The body did not arrive whole.");
  }

  public static Problem brokenEncoding(String encoding, String detail) {
    return of(
        400,
        "broken-encoding",
        "Broken encoding",
        "The body is not " + encoding + " as its Content-Encoding says: " + detail + ".");
  }

  public static Problem unsupportedEncoding(String encoding) {
    return of(
        415,
        UNSUPPORTED_ENCODING,
        "Unsupported encoding",
        "Content-Encoding " + encoding + " is not understood.");
  }

  public static Problem nameTaken(ResultKey holder) {
    return of(
        409,
        "name-taken",
        "Name taken",
        "The result name is taken by benchmark_name \""
            + holder.benchmarkName()
            + "\" with run_id \""
            + holder.runId()
            + "\", which reads the same when joined.");
  }

  public static Problem versionRefused(int version, Digest digest) {
    return of(
        412,
        "version-refused",
        "Precondition failed",
        "Version "
            + version
            + " is there with other content (data "
            + digest.text()
            + "), and If-None-Match: * refuses a new version.");
  }

  public static Problem tooDeep(int limit) {
    return new Problem(
        400,
        "nested-too-deep",
        "Nested too deep",
        "The body is nested deeper than " + limit + " levels.",
        List.of(),
        null,
        (long) limit);
  }

  public static Problem tooLarge(long limit) {
    return new Problem(
        413,
        "body-too-large",
        "Body too large",
        String.format(Locale.ROOT, "The body is larger than the limit of %d bytes.", limit),
        List.of(),
        null,
        limit);
  }

  public static Problem uselessBytes(long limit) {
    return new Problem(
        413,
        "body-too-large",
        "Body too large",
        String.format(
            Locale.ROOT,
            "More than %d bytes of the inflated body are blank lines or lines that are too large.",
            limit),
        List.of(),
        null,
        limit);
  }

  public static Problem invalidMembers(List<Fault> faults) {
    return new Problem(
        422, "invalid-member", "Invalid member", sentence(faults), faults, null, null);
  }

  /** Most of these are a tool's own file, posted as it is. */
  public static Problem notAnEnvelope(List<Fault> faults, boolean isObject) {
    String advice =
        ". There is no member data"
            + (isObject ? "" : ", for the body is no JSON object")
            + ": the file of a benchmark tool is put into it, as in {\"benchmark_name\": \"lm-eval\","
            + " \"timestamp\": \"2026-04-21T12:45:25Z\", \"run_id\": \"nightly-17\", \"data\": {…}}";
    return new Problem(
        422, "invalid-member", "Invalid member", sentence(faults) + advice, faults, null, null);
  }

  public static Problem invalidParameters(List<Fault> faults) {
    return new Problem(
        400, "invalid-parameter", "Invalid parameter", sentence(faults), faults, null, null);
  }

  public static Problem invalidQuery(String parameter, String detail) {
    List<Fault> faults = List.of(new Fault(parameter, detail));
    return new Problem(422, "invalid-query", "Invalid query", sentence(faults), faults, null, null);
  }

  public static Problem tooCostly() {
    return of(
        422,
        "query-too-costly",
        "Query too costly",
        "No index leads to these results, and looking at all of them took too long. Narrow the"
            + " query by benchmark_name, model_id or run_id, or ask for another order.");
  }

  public static Problem unsupportedMediaType(String detail) {
    return of(415, "unsupported-media-type", "Unsupported media type", detail);
  }

  public static Problem notAcceptable() {
    return of(
        406,
        "not-acceptable",
        "Not acceptable",
        "Lists are given as application/json, application/x-ndjson and text/csv, none of which Accept"
            + " takes; format=json, ndjson or csv in the URL counts more than Accept.");
  }

  public static Problem tokenMissing() {
    return of(
        401,
        TOKEN_MISSING,
        "Token missing",
        "Authentication required: send an API key or token as 'Authorization: Bearer <token>', or an"
            + " API key as 'X-API-Key: <key>' or as the password of HTTP Basic authentication.");
  }

  public static Problem tokenRefused(String reason) {
    return of(401, TOKEN_REFUSED, "Token refused", reason);
  }

  public static Problem scopeMissing(Scope needed) {
    return of(403, SCOPE_MISSING, "Scope missing", "This needs the scope " + needed.text() + ".");
  }

  public static Problem tooManyRequests(String subject, String limit) {
    return of(
        429,
        "too-many-requests",
        "Too many requests",
        "One " + subject + " may make " + limit + " at this node.");
  }

  public static Problem beyondReach(String benchmarkPrefix) {
    return of(
        403,
        "beyond-reach",
        "Beyond reach",
        "The token is restricted to benchmarks whose name begins with \""
            + benchmarkPrefix
            + "\".");
  }

  public static Problem resultNotFound() {
    return of(404, "result-not-found", "Not found", "File not found");
  }

  public static Problem runNotFound() {
    return of(404, "run-not-found", "Not found", "There is no result of this run.");
  }

  public static Problem unavailable(String detail) {
    return of(503, "unavailable", "Unavailable", detail);
  }

  public static Problem bug() {
    return of(
        500,
        "bug",
        "Internal error",
        "The service made a mistake; its log tells more under the request id.");
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

  /** Of one line of a request, whose path and id need not be said again. */
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
      errors.forEach(
          fault ->
              array.add(
                  new JsonObject().put("pointer", fault.pointer()).put("detail", fault.detail())));
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
