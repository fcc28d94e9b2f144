package org.benchmarkresults.storage.attachment;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.model.attachment.Attachment;
import org.benchmarkresults.model.attachment.AttachmentBegin;
import org.benchmarkresults.model.attachment.AttachmentCondition;
import org.benchmarkresults.model.attachment.AttachmentEnd;
import org.benchmarkresults.model.attachment.AttachmentLimits;
import org.benchmarkresults.model.attachment.AttachmentRefusal;
import org.benchmarkresults.model.attachment.BeginOutcome;
import org.benchmarkresults.model.attachment.EndOutcome;
import org.benchmarkresults.model.text.Uuid7;
import org.benchmarkresults.storage.mongo.Contention;
import org.benchmarkresults.storage.mongo.OpenDatabase;
import org.benchmarkresults.storage.save.ChunkStore;
import org.jspecify.annotations.Nullable;

/**
 * Uploads of attachments of one stage. The chunks are written first, then the document that makes
 * them visible, so that an upload that is cut off leaves no attachment; the retention removes its
 * chunks. Confined to one event loop.
 */
final class AttachmentUploads {
  /** Below the age from which the retention removes chunks that no document names. */
  static final Duration LONGEST_UPLOAD = Duration.ofHours(12);

  private final Vertx vertx;
  private final Clock clock;
  private final Supplier<Future<Void>> durable;
  private final AttachmentOwners owners;
  private final AttachmentStore store;
  private final RemovedAttachments removed;
  private final ChunkStore chunks;

  AttachmentUploads(
      OpenDatabase database,
      AttachmentOwners owners,
      AttachmentStore store,
      RemovedAttachments removed,
      ChunkStore chunks) {
    vertx = database.vertx();
    clock = database.clock();
    durable = database.durable();
    this.owners = owners;
    this.store = store;
    this.removed = removed;
    this.chunks = chunks;
  }

  /** Whether an upload may begin; nothing is written. */
  Future<BeginOutcome> begin(AttachmentBegin begin) {
    return owners
        .find(begin.ref())
        .compose(
            owner ->
                owner.isEmpty()
                    ? Future.succeededFuture(refused(new AttachmentRefusal.NoResult()))
                    : begin(begin, owner.get()));
  }

  private static BeginOutcome refused(AttachmentRefusal refusal) {
    return new BeginOutcome.BeginRefused(refusal);
  }

  private Future<BeginOutcome> begin(AttachmentBegin begin, AttachmentOwner owner) {
    return store
        .all(owner)
        .map(
            all -> {
              String file = begin.ref().file();
              Attachment current =
                  named(file, all).map(AttachmentDocument::attachment).orElse(null);
              AttachmentRefusal refusal = refusal(begin.condition(), current);
              boolean mayBeSame =
                  current != null && (begin.size() < 0 || begin.size() == current.size());
              if (refusal != null) {
                return current != null && mayBeSame
                    ? new BeginOutcome.Existing(current)
                    : refused(refusal);
              }
              AttachmentRefusal limited =
                  limited(begin.limits(), others(file, all), Math.max(0, begin.size()));
              return limited == null
                  ? new BeginOutcome.Begun(Uuid7.next(clock.instant()))
                  : refused(limited);
            });
  }

  /** Why other bytes may not be stored under the name; null when they may. */
  private static @Nullable AttachmentRefusal refusal(
      AttachmentCondition condition, @Nullable Attachment current) {
    if (!condition.allows(current)) {
      return new AttachmentRefusal.ConditionFailed(current);
    }
    return current != null && !condition.isGiven()
        ? new AttachmentRefusal.ConditionMissing(current)
        : null;
  }

  private static @Nullable AttachmentRefusal limited(
      AttachmentLimits limits, List<AttachmentDocument> others, long size) {
    if (others.size() >= limits.count()) {
      return new AttachmentRefusal.TooMany(limits.count());
    }
    long bytes = size;
    for (AttachmentDocument other : others) {
      bytes += other.attachment().size();
    }
    return bytes > limits.resultBytes()
        ? new AttachmentRefusal.TooLarge(limits.resultBytes())
        : null;
  }

  private static Optional<AttachmentDocument> named(String file, List<AttachmentDocument> all) {
    return all.stream().filter(one -> one.attachment().file().equals(file)).findFirst();
  }

  private static List<AttachmentDocument> others(String file, List<AttachmentDocument> all) {
    return all.stream().filter(one -> !one.attachment().file().equals(file)).toList();
  }

  /**
   * Makes the upload visible. Succeeds with the outcome once it is safe; fails with {@link
   * Unavailable} when it is not known, after which the same request may be repeated.
   */
  Future<EndOutcome> end(AttachmentEnd end) {
    boolean isCompared = end.upload().isEmpty();
    if (!isCompared
        && end.upload().compareTo(Uuid7.before(clock.instant().minus(LONGEST_UPLOAD))) < 0) {
      return Future.failedFuture(
          new Unavailable(
              "The upload took longer than "
                  + LONGEST_UPLOAD.toHours()
                  + " hours; send it again."));
    }
    return end(end, Contention.MOST_ATTEMPTS)
        .compose(
            outcome ->
                isCompared || outcome instanceof EndOutcome.Attached
                    ? Future.succeededFuture(outcome)
                    : chunks.remove(end.upload()).map(outcome).otherwise(outcome));
  }

  private Future<EndOutcome> end(AttachmentEnd end, int attempts) {
    if (attempts == 0) {
      return Contention.tooBusy();
    }
    return owners
        .find(end.ref())
        .compose(
            owner ->
                owner.isEmpty()
                    ? refuse(new AttachmentRefusal.NoResult())
                    : store
                        .all(owner.get())
                        .compose(all -> end(end, owner.get(), all))
                        .compose(
                            outcome ->
                                outcome.isPresent()
                                    ? Future.succeededFuture(outcome.get())
                                    : Contention.pause(vertx)
                                        .compose(waited -> end(end, attempts - 1))));
  }

  private static Future<EndOutcome> refuse(AttachmentRefusal refusal) {
    return Future.succeededFuture(new EndOutcome.EndRefused(refusal));
  }

  /** Succeeds with the outcome of one attempt; empty when another writer was faster. */
  private Future<Optional<EndOutcome>> end(
      AttachmentEnd end, AttachmentOwner owner, List<AttachmentDocument> all) {
    AttachmentDocument current = named(end.ref().file(), all).orElse(null);
    if (current != null && current.upload().equals(end.upload())) {
      // An earlier attempt wrote it, whose reply was lost.
      return durable.get().map(attached(current.attachment(), false));
    }
    Attachment before = current == null ? null : current.attachment();
    if (before != null && before.digest().equals(end.digest())) {
      return Future.succeededFuture(Optional.of(new EndOutcome.Unchanged(before)));
    }
    AttachmentRefusal refusal = refusal(end.condition(), before);
    if (refusal == null) {
      refusal = limited(end.limits(), others(end.ref().file(), all), end.size());
    }
    if (refusal != null) {
      return refuse(refusal).map(Optional::of);
    }
    if (end.upload().isEmpty()) {
      return Future.failedFuture(
          new Unavailable("The attachment was removed during the request; send it again."));
    }
    return chunks
        .count(end.upload())
        .compose(
            count ->
                count == end.chunks()
                    ? write(end, owner, current)
                    : Future.failedFuture(
                        new Unavailable("Parts of the upload were lost; send it again.")));
  }

  private static Optional<EndOutcome> attached(Attachment attachment, boolean replaced) {
    return Optional.of(new EndOutcome.Attached(attachment, replaced));
  }

  private Future<Optional<EndOutcome>> write(
      AttachmentEnd end, AttachmentOwner owner, @Nullable AttachmentDocument current) {
    // To the millisecond, as the database keeps it.
    Instant now = Instant.ofEpochMilli(clock.millis());
    Attachment attachment =
        new Attachment(
            end.ref().file(),
            end.mediaType(),
            end.size(),
            end.digest(),
            now,
            end.ref().actor() == null ? null : end.ref().actor().caller());
    AttachmentDocument document = AttachmentDocument.of(owner, attachment, end.upload());
    Future<Boolean> written =
        current == null
            ? store.insert(owner, document)
            : removed
                .note(current, now, null)
                .compose(noted -> store.replace(owner, current, document));
    return written.compose(
        isWritten ->
            isWritten
                ? durable
                    .get()
                    .compose(safe -> checked(end, owner, document))
                    .map(
                        refusal ->
                            refusal == null
                                ? attached(attachment, current != null)
                                : Optional.of(new EndOutcome.EndRefused(refusal)))
                : Future.succeededFuture(Optional.empty()));
  }

  /**
   * Takes the attachment back when its result was removed for good meanwhile, or when others were
   * stored at the same time and all together exceed a limit.
   */
  private Future<@Nullable AttachmentRefusal> checked(
      AttachmentEnd end, AttachmentOwner owner, AttachmentDocument document) {
    return owners
        .isKept(owner)
        .compose(
            kept ->
                kept
                    ? store
                        .all(owner)
                        .map(
                            all -> limited(end.limits(), others(end.ref().file(), all), end.size()))
                    : Future.<@Nullable AttachmentRefusal>succeededFuture(
                        new AttachmentRefusal.NoResult()))
        .compose(
            refusal ->
                refusal == null
                    ? Future.succeededFuture(null)
                    : store.remove(document).map(gone -> refusal));
  }
}
