package org.benchmarkresults.storage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.benchmarkresults.model.Digest;
import org.benchmarkresults.model.Envelope;
import org.benchmarkresults.model.Member;
import org.benchmarkresults.model.RawJson;
import org.benchmarkresults.model.Result;
import org.benchmarkresults.model.ResultKey;
import org.benchmarkresults.model.Stage;

/** Raw inputs on their way into the store. */
final class Results {
  static final Instant NOON = Instant.parse("2026-04-21T12:00:00.123Z");

  private Results() {}

  /** With a run id of its own and the data given. */
  static Result of(String runId, String data) {
    return at(NOON, runId, data);
  }

  static Result at(Instant receivedAt, String runId, String data) {
    return of(envelope(runId), bytes(data), receivedAt);
  }

  static Result of(String runId, ByteBuffer data) {
    return of(envelope(runId), data, NOON);
  }

  static Result of(ResultKey key, String data) {
    return of(new Envelope(key, null, null, null, List.of()), bytes(data), NOON);
  }

  static Result of(Envelope envelope, String data) {
    return of(envelope, bytes(data), NOON);
  }

  private static Result of(Envelope envelope, ByteBuffer data, Instant receivedAt) {
    return new Result(
        Stage.RAW, envelope, new RawJson(data, 0), Digest.of(data), receivedAt, false);
  }

  static Result inStage(Stage stage, Result result) {
    return new Result(
        stage,
        result.envelope(),
        result.data(),
        result.digest(),
        result.receivedAt(),
        result.refuseNewVersion());
  }

  static Result refusingNewVersion(Result result) {
    return new Result(
        result.stage(),
        result.envelope(),
        result.data(),
        result.digest(),
        result.receivedAt(),
        true);
  }

  static ResultKey key(String runId) {
    return new ResultKey("2026-04-21T11:59:00Z", "bench", runId);
  }

  static Envelope envelope(String runId) {
    return new Envelope(key(runId), "org/model", "org/tokenizer", "vllm", List.of());
  }

  /** An envelope with every part that may be missing missing, and members of the sender's own. */
  static Envelope sparse(String runId, Member... extra) {
    return new Envelope(key(runId), null, null, null, List.of(extra));
  }

  static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  /** So many bytes, the same for the same seed; the store does not care that they are no JSON. */
  static ByteBuffer bytes(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return ByteBuffer.wrap(bytes);
  }
}
