package org.benchmarkresults.http.result;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.benchmarkresults.http.json.IsoTime;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.model.result.Result;
import org.benchmarkresults.model.result.SaveOutcome;
import org.benchmarkresults.model.text.Timestamps;
import org.benchmarkresults.security.Caller;
import org.jspecify.annotations.Nullable;

/**
 * The members of the response for a stored result, alone or in a line of a bulk upload.
 *
 * @param version the one that holds what was sent
 * @param currentVersion the newest
 * @param changed what is not as in the version before; null where none was written after another
 */
public record SavedResponse(
    String outcome, int version, int currentVersion, @Nullable List<String> changed) {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final int BODY_BYTES = 384;

  /** Null when the result is not stored, which {@link #problem} explains. */
  public static @Nullable SavedResponse of(SaveOutcome outcome) {
    return switch (outcome) {
      case SaveOutcome.Stored stored -> new SavedResponse("stored", 1, 1, null);
      case SaveOutcome.AlreadyStored already -> {
        int current = Math.max(already.version(), already.currentVersion());
        yield new SavedResponse("already_stored", already.version(), current, null);
      }
      case SaveOutcome.NewVersion next ->
          new SavedResponse("new_version", next.version(), next.version(), next.changed());
      case SaveOutcome.NameTaken taken -> null;
      case SaveOutcome.VersionRefused refused -> null;
      case SaveOutcome.NotKnown notKnown -> null;
      case SaveOutcome.Failed failed -> null;
    };
  }

  /** Why a result is not stored. A caller learns nothing of names that others hold. */
  public static Problem problem(SaveOutcome outcome, Caller caller) {
    return switch (outcome) {
      case SaveOutcome.NameTaken taken ->
          caller.reaches(taken.holder().benchmarkName())
              ? Problem.nameTaken(taken.holder())
              : Problem.outsidePrefix(caller.benchmarkPrefix());
      case SaveOutcome.VersionRefused refused ->
          Problem.versionRefused(refused.version(), refused.digest());
      case SaveOutcome.NotKnown notKnown -> Problem.unavailable(notKnown.reason());
      case SaveOutcome.Failed failed -> Problem.bug();
      case SaveOutcome.Stored stored -> throw new IllegalArgumentException("" + outcome);
      case SaveOutcome.AlreadyStored already -> throw new IllegalArgumentException("" + outcome);
      case SaveOutcome.NewVersion next -> throw new IllegalArgumentException("" + outcome);
    };
  }

  /** The body of the answer to a single request. */
  Buffer body(Result result) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(BODY_BYTES);
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("status", "success");
      write(result, json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return Buffer.buffer(bytes.toByteArray());
  }

  /** Writes the members that both kinds of answers have. */
  public void write(Result result, JsonGenerator json) throws IOException {
    var key = result.envelope().key();
    json.writeStringField("run_id", key.runId());
    json.writeStringField("saved_as", key.resultName());
    json.writeStringField("outcome", outcome);
    json.writeNumberField("version", version);
    json.writeNumberField("current_version", currentVersion);
    json.writeStringField("digest", result.digest().text());
    Instant instant = Timestamps.instantOf(key.timestamp());
    json.writeStringField("instant", instant == null ? null : IsoTime.text(instant));
    if (changed != null) {
      json.writeArrayFieldStart("changed");
      for (String name : changed) {
        json.writeString(name);
      }
      json.writeEndArray();
    }
  }
}
