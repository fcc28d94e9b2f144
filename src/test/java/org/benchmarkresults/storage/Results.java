package org.benchmarkresults.storage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.benchmarkresults.model.result.Digest;
import org.benchmarkresults.model.result.Envelope;
import org.benchmarkresults.model.result.ExtraField;
import org.benchmarkresults.model.result.RawJson;
import org.benchmarkresults.model.result.Result;
import org.benchmarkresults.model.result.ResultKey;
import org.benchmarkresults.model.result.Stage;

/** Raw inputs on their way into the store. */
public final class Results {
  public static final Instant NOON = Instant.parse("2026-04-21T12:00:00.123Z");

  private Results() {}

  /** With a run id of its own and the data given. */
  public static Result of(String runId, String data) {
    return at(NOON, runId, data);
  }

  public static Result at(Instant receivedAt, String runId, String data) {
    return of(envelope(runId), bytes(data), receivedAt);
  }

  public static Result of(String runId, ByteBuffer data) {
    return of(envelope(runId), data, NOON);
  }

  public static Result of(ResultKey key, String data) {
    return of(new Envelope(key, null, null, null, List.of()), bytes(data), NOON);
  }

  public static Result of(Envelope envelope, String data) {
    return of(envelope, bytes(data), NOON);
  }

  private static Result of(Envelope envelope, ByteBuffer data, Instant receivedAt) {
    return new Result(
        Stage.RAW, envelope, new RawJson(data, 0), Digest.of(data), receivedAt, false);
  }

  public static Result inStage(Stage stage, Result result) {
    return new Result(
        stage,
        result.envelope(),
        result.data(),
        result.digest(),
        result.receivedAt(),
        result.refuseNewVersion());
  }

  public static Result refusingNewVersion(Result result) {
    return new Result(
        result.stage(),
        result.envelope(),
        result.data(),
        result.digest(),
        result.receivedAt(),
        true);
  }

  public static ResultKey key(String runId) {
    return new ResultKey("2026-04-21T11:59:00Z", "bench", runId);
  }

  static Envelope envelope(String runId) {
    return new Envelope(key(runId), "org/model", "org/tokenizer", "vllm", List.of());
  }

  /** An envelope with every part that may be missing missing, and members of the sender's own. */
  public static Envelope sparse(String runId, ExtraField... extra) {
    return new Envelope(key(runId), null, null, null, List.of(extra));
  }

  public static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Bytes by a seed; the store does not care that they are no JSON. */
  public static ByteBuffer bytes(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return ByteBuffer.wrap(bytes);
  }
}
