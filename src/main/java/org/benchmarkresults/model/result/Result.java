package org.benchmarkresults.model.result;

import java.time.Instant;

/**
 * A result on its way into the store.
 *
 * @param digest of the data
 * @param receivedAt when the service took it, to the millisecond
 * @param refuseNewVersion whether other data under the same key is to be refused
 */
public record Result(
    Stage stage,
    Envelope envelope,
    RawJson data,
    Digest digest,
    Instant receivedAt,
    boolean refuseNewVersion)
    implements Received {
  @Override
  public long dataBytes() {
    return data.size();
  }

  /** The same, taken so much later: what was saved and deleted meanwhile was another result. */
  @Override
  public Result heldUp(long millis) {
    return new Result(
        stage, envelope, data, digest, receivedAt.plusMillis(millis), refuseNewVersion);
  }
}
