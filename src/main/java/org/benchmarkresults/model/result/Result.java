package org.benchmarkresults.model.result;

import java.time.Instant;
import org.benchmarkresults.model.Actor;
import org.benchmarkresults.model.annotation.AnnotationPatch;
import org.jspecify.annotations.Nullable;

/**
 * A result on its way into the store.
 *
 * @param digest of the data
 * @param receivedAt when the service took it, to the millisecond
 * @param refuseNewVersion whether other data under the same key is to be refused
 * @param actor who is named in the audit entry of the save; null for no entry
 * @param annotations set once it is stored; null for none
 */
public record Result(
    Stage stage,
    Envelope envelope,
    RawJson data,
    Digest digest,
    Instant receivedAt,
    boolean refuseNewVersion,
    @Nullable Actor actor,
    @Nullable AnnotationPatch annotations)
    implements Received {
  /** A result whose save leaves no audit entry. */
  public Result(
      Stage stage,
      Envelope envelope,
      RawJson data,
      Digest digest,
      Instant receivedAt,
      boolean refuseNewVersion) {
    this(stage, envelope, data, digest, receivedAt, refuseNewVersion, null, null);
  }

  /** The same result, saved on behalf of somebody. */
  public Result by(@Nullable Actor author) {
    return new Result(
        stage, envelope, data, digest, receivedAt, refuseNewVersion, author, annotations);
  }

  /** The same result with annotations that are set once it is stored. */
  public Result with(@Nullable AnnotationPatch patch) {
    return new Result(stage, envelope, data, digest, receivedAt, refuseNewVersion, actor, patch);
  }

  @Override
  public long dataBytes() {
    return data.size();
  }

  /** The same, taken so much later: what was saved and deleted meanwhile was another result. */
  @Override
  public Result delayedBy(long millis) {
    return new Result(
        stage,
        envelope,
        data,
        digest,
        receivedAt.plusMillis(millis),
        refuseNewVersion,
        actor,
        annotations);
  }
}
