package org.benchmarkresults.storage.annotation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.benchmarkresults.backend.Await;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Driver;
import org.benchmarkresults.backend.OnDatabases;
import org.benchmarkresults.bus.Addresses;
import org.benchmarkresults.bus.AnnotationAddresses;
import org.benchmarkresults.model.Actor;
import org.benchmarkresults.model.annotation.AnnotationPatch;
import org.benchmarkresults.model.annotation.Annotations;
import org.benchmarkresults.model.annotation.Label;
import org.benchmarkresults.model.annotation.request.AnnotateOutcome;
import org.benchmarkresults.model.annotation.request.AnnotateRequest;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.security.AuditEntry;
import org.benchmarkresults.model.security.AuditQuery;
import org.benchmarkresults.storage.Results;
import org.benchmarkresults.storage.StorageModule;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Annotations stay whole when a node dies between the steps of a change. */
@OnDatabases
class AnnotationStoreTest {
  private static final Actor ACTOR = new Actor("key:one", "192.0.2.1", "request");

  @RegisterExtension final StorageModule storage;

  AnnotationStoreTest(Backend backend) {
    storage = new StorageModule(backend);
  }

  private static String name(String runId) {
    return Results.of(runId, "1").envelope().key().resultName();
  }

  private Annotations label(String runId, String key, String value) {
    AnnotationPatch patch = AnnotationPatch.ofLabels(List.of(new Label(key, value)));
    AnnotateOutcome outcome =
        storage
            .request(
                AnnotationAddresses.ANNOTATE,
                new AnnotateRequest(Stage.RAW, name(runId), patch, null, "", ACTOR))
            .await();
    return assertInstanceOf(AnnotateOutcome.Annotated.class, outcome).summary().annotations();
  }

  private List<Label> labels(String runId) {
    return storage.found(name(runId), null).summary().annotations().labels();
  }

  private long audited(String runId) {
    return storage
        .request(
            Addresses.AUDIT_PAGE, new AuditQuery(name(runId), null, null, null, null, null, 1_000))
        .await()
        .changes()
        .stream()
        .filter(entry -> entry.action() == AuditEntry.Action.ANNOTATED)
        .count();
  }

  private long changes(String runId) {
    return storage.byHand(
        database ->
            Driver.await(
                    database
                        .getCollection("annotation_changes")
                        .find(Filters.gte("_id", name(runId))))
                .stream()
                .filter(change -> change.getString("_id").startsWith(name(runId) + "\0"))
                .count());
  }

  /** Takes back what follows the change itself, as if the node had died behind that. */
  private void forgetWhatFollowed(String runId, Instant changedAt) {
    storage.byHand(
        database -> {
          Driver.await(
              database
                  .getCollection("annotations")
                  .updateOne(
                      Filters.eq("_id", name(runId)),
                      Updates.set("pending", Date.from(changedAt))));
          Driver.await(
              database
                  .getCollection("annotation_changes")
                  .deleteMany(Filters.gte("_id", name(runId))));
          Driver.await(
              database.getCollection("audit").deleteMany(Filters.eq("action", "annotated")));
          return Driver.await(
              database
                  .getCollection("raw_input")
                  .updateOne(
                      Filters.eq("_id", name(runId)),
                      Updates.combine(Updates.unset("labels"), Updates.unset("annotated"))));
        });
  }

  private Document document(String runId) {
    return storage.byHand(
        database ->
            Driver.await(database.getCollection("annotations").find(Filters.eq("_id", name(runId))))
                .get(0));
  }

  @Test
  void aChangeIsInTheAuditLogAndInTheHistoryOnce() {
    storage.save(Results.of("once", "1"));

    label("once", "a", "1");
    label("once", "a", "1");
    label("once", "a", "2");

    assertEquals(List.of(2L, 2L), List.of(audited("once"), changes("once")));
    assertNull(document("once").get("pending"));
  }

  @Test
  void theNextChangeFinishesOneThatWasCutShort() {
    storage.save(Results.of("next", "1"));
    label("next", "a", "1");
    forgetWhatFollowed("next", Instant.now());

    Annotations after = label("next", "b", "2");

    assertEquals(List.of(new Label("a", "1"), new Label("b", "2")), after.labels());
    assertEquals(after.labels(), labels("next"));
    assertEquals(List.of(2L, 2L), List.of(audited("next"), changes("next")));
  }

  @Test
  void repeatingAChangeThatWasCutShortFinishesIt() {
    storage.save(Results.of("repeat", "1"));
    label("repeat", "a", "1");
    forgetWhatFollowed("repeat", Instant.now());

    label("repeat", "a", "1");

    assertEquals(List.of(new Label("a", "1")), labels("repeat"));
    assertEquals(List.of(1L, 1L), List.of(audited("repeat"), changes("repeat")));
  }

  @Test
  void anotherNodeFinishesAChangeThatWasCutShort() {
    storage.save(Results.of("left", "1"));
    label("left", "a", "1");
    forgetWhatFollowed("left", Instant.now().minusSeconds(600));

    storage.restart();

    Await.until(
        () -> labels("left").equals(List.of(new Label("a", "1"))), () -> labels("left").toString());
    assertEquals(List.of(1L, 1L), List.of(audited("left"), changes("left")));
  }

  @Test
  void aResultThatIsStoredAnewGetsWhatItsNameHas() {
    storage.save(Results.of("anew", "1"));
    label("anew", "a", "1");
    storage.delete(name("anew"));

    storage.save(Results.of("anew", "2"));

    Await.until(
        () -> labels("anew").equals(List.of(new Label("a", "1"))), () -> labels("anew").toString());
  }
}
