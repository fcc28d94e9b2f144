package org.benchmarkresults.storage.attachment;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.benchmarkresults.bus.AttachmentAddresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.bus.Retry;
import org.benchmarkresults.model.NoArguments;
import org.benchmarkresults.model.attachment.Attachment;
import org.benchmarkresults.model.attachment.AttachmentFound;
import org.benchmarkresults.model.attachment.AttachmentList;
import org.benchmarkresults.model.attachment.AttachmentRef;
import org.benchmarkresults.model.attachment.AttachmentRefusal;
import org.benchmarkresults.model.attachment.AttachmentRemoval;
import org.benchmarkresults.model.attachment.EndOutcome;
import org.benchmarkresults.model.attachment.RemovalOutcome;
import org.benchmarkresults.model.result.Chunk;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.security.AuditEntry;
import org.benchmarkresults.model.security.AuditEntry.Action;
import org.benchmarkresults.storage.mongo.OpenDatabase;
import org.benchmarkresults.storage.save.ChunkStore;
import org.benchmarkresults.storage.security.AuditTrail;
import org.jspecify.annotations.Nullable;

/** Serves attachments. Confined to one event loop. */
public final class AttachmentService {
  /** A request that was repeated after a lost reply comes within this time. */
  private static final Duration REPEATED = Duration.ofHours(1);

  private final Clock clock;
  private final Supplier<Future<Void>> durable;
  private final AuditTrail trail;
  private final Retry retry;
  private final AttachmentStore store;
  private final RemovedAttachments removed;
  private final ChunkStore chunks;
  private final Map<Stage, AttachmentOwners> owners = new EnumMap<>(Stage.class);
  private final Map<Stage, AttachmentUploads> uploads = new EnumMap<>(Stage.class);

  private AttachmentService(OpenDatabase database, AuditTrail trail, Retry retry) {
    this.trail = trail;
    this.retry = retry;
    clock = database.clock();
    durable = database.durable();
    store = new AttachmentStore(database.clients(), database.collections());
    removed = new RemovedAttachments(database.clients(), database.collections(), trail);
    chunks = new ChunkStore(database.clients(), database.collections().attachmentChunks());
    for (Stage stage : Stage.values()) {
      AttachmentOwners ofStage =
          new AttachmentOwners(database.clients(), database.collections(), stage);
      owners.put(stage, ofStage);
      uploads.put(stage, new AttachmentUploads(database, ofStage, store, removed, chunks));
    }
  }

  /**
   * @param trail gets the audit entries of changes that have an actor
   * @param retry of writes while the database is unavailable
   */
  public static void serve(Bus bus, OpenDatabase database, AuditTrail trail, Retry retry) {
    new AttachmentService(database, trail, retry).serve(bus);
  }

  private void serve(Bus bus) {
    bus.serve(AttachmentAddresses.BEGIN, begin -> of(uploads, begin.ref().stage()).begin(begin));
    bus.serve(
        AttachmentAddresses.WRITE,
        part ->
            retry
                .whileUnavailable(() -> chunks.write(part.upload(), part.number(), part.bytes()))
                .map(new NoArguments()));
    bus.serve(
        AttachmentAddresses.END,
        end ->
            retry
                .whileUnavailable(() -> of(uploads, end.ref().stage()).end(end))
                .compose(outcome -> audited(end.ref(), end.upload(), outcome)));
    bus.serve(
        AttachmentAddresses.DISCARD,
        upload -> chunks.remove(upload.upload()).map(new NoArguments()));
    bus.serve(AttachmentAddresses.FIND_ATTACHMENT, this::find);
    bus.serve(
        AttachmentAddresses.READ, ref -> chunks.read(ref.upload(), ref.number()).map(Chunk::new));
    bus.serve(AttachmentAddresses.LIST_ATTACHMENTS, this::list);
    bus.serve(AttachmentAddresses.REMOVE, this::remove);
  }

  private static <T> T of(Map<Stage, T> all, Stage stage) {
    return Objects.requireNonNull(all.get(stage));
  }

  /** Adds the audit entry, also when a repeated request finds what the first one stored. */
  private Future<EndOutcome> audited(AttachmentRef ref, String upload, EndOutcome outcome) {
    return switch (outcome) {
      case EndOutcome.Attached attached -> audited(ref, upload, attached.attachment(), outcome);
      case EndOutcome.Unchanged unchanged ->
          unchanged.attachment().createdAt().isBefore(clock.instant().minus(REPEATED))
              ? Future.succeededFuture(outcome)
              : of(owners, ref.stage())
                  .find(ref)
                  .compose(
                      owner ->
                          owner.isEmpty()
                              ? Future.succeededFuture(Optional.<AttachmentDocument>empty())
                              : store.find(owner.get(), ref.file()))
                  .compose(
                      found ->
                          found.isEmpty()
                              ? Future.succeededFuture(outcome)
                              : audited(
                                  ref, found.get().upload(), unchanged.attachment(), outcome));
      case EndOutcome.EndRefused refused -> Future.succeededFuture(outcome);
    };
  }

  private Future<EndOutcome> audited(
      AttachmentRef ref, String upload, Attachment attachment, EndOutcome outcome) {
    AuditEntry entry = entry(ref, Action.ATTACHED, attachment.createdAt());
    return entry == null
        ? Future.succeededFuture(outcome)
        : trail.add(RemovedAttachments.entryId(upload, Action.ATTACHED), entry).map(outcome);
  }

  private static @Nullable AuditEntry entry(AttachmentRef ref, Action action, Instant at) {
    return ref.actor() == null
        ? null
        : AuditEntry.ofAttachment(
            at, action, ref.stage(), ref.resultName(), ref.file(), ref.actor());
  }

  private Future<AttachmentFound> find(AttachmentRef ref) {
    return of(owners, ref.stage())
        .read(ref)
        .compose(
            owner ->
                owner.isEmpty()
                    ? Future.succeededFuture(
                        new AttachmentFound.NotThere(new AttachmentRefusal.NoResult()))
                    : store
                        .read(owner.get(), ref.file())
                        .map(
                            found ->
                                found
                                    .<AttachmentFound>map(
                                        there ->
                                            new AttachmentFound.There(
                                                there.attachment(), there.upload()))
                                    .orElseGet(
                                        () ->
                                            new AttachmentFound.NotThere(
                                                new AttachmentRefusal.NoFile()))));
  }

  private Future<AttachmentList> list(AttachmentRef ref) {
    return of(owners, ref.stage())
        .read(ref)
        .compose(
            owner ->
                owner.isEmpty()
                    ? Future.succeededFuture(new AttachmentList(false, List.of()))
                    : store
                        .readAll(owner.get())
                        .map(
                            all ->
                                new AttachmentList(
                                    true,
                                    all.stream().map(AttachmentDocument::attachment).toList())));
  }

  private Future<RemovalOutcome> remove(AttachmentRemoval removal) {
    AttachmentRef ref = removal.ref();
    return of(owners, ref.stage())
        .find(ref)
        .compose(
            owner ->
                owner.isEmpty()
                    ? refuse(new AttachmentRefusal.NoResult())
                    : store
                        .find(owner.get(), ref.file())
                        .compose(
                            found ->
                                found.isEmpty()
                                    ? refuse(new AttachmentRefusal.NoFile())
                                    : remove(removal, found.get())));
  }

  private static Future<RemovalOutcome> refuse(AttachmentRefusal refusal) {
    return Future.succeededFuture(new RemovalOutcome.RemovalRefused(refusal));
  }

  private Future<RemovalOutcome> remove(AttachmentRemoval removal, AttachmentDocument document) {
    if (!removal.condition().allows(document.attachment())) {
      return refuse(new AttachmentRefusal.ConditionFailed(document.attachment()));
    }
    Instant now = Instant.ofEpochMilli(clock.millis());
    AuditEntry entry = entry(removal.ref(), Action.DETACHED, now);
    return removed
        .note(document, now, entry)
        .compose(noted -> store.remove(document))
        .compose(
            gone ->
                gone
                    ? durable
                        .get()
                        .compose(safe -> audited(document.upload(), entry))
                        .map(new RemovalOutcome.Removed(document.attachment()))
                    // Another writer removed or replaced it.
                    : remove(removal));
  }

  private Future<Void> audited(String upload, @Nullable AuditEntry entry) {
    return entry == null
        ? Future.succeededFuture()
        : trail
            .add(RemovedAttachments.entryId(upload, Action.DETACHED), entry)
            .compose(added -> removed.audited(upload));
  }
}
