package org.benchmarkresults.storage.observation;

import static org.benchmarkresults.storage.observation.Derived.TOOL;
import static org.benchmarkresults.storage.observation.ObservationModule.standardized;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Driver;
import org.benchmarkresults.backend.OnDatabases;
import org.benchmarkresults.bus.AnnotationAddresses;
import org.benchmarkresults.model.annotation.AnnotationPatch;
import org.benchmarkresults.model.annotation.AnnotationPatch.LabelChange;
import org.benchmarkresults.model.annotation.AnnotationPatch.Replacement;
import org.benchmarkresults.model.annotation.request.AnnotateOutcome;
import org.benchmarkresults.model.annotation.request.AnnotateRequest;
import org.benchmarkresults.model.result.Result;
import org.benchmarkresults.storage.Results;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Observations have the annotations of their result, whenever either is written. */
@OnDatabases
class AnnotatedObservationsTest {
  private static final Result FIRST = Results.of("run", "1");
  private static final Result SECOND =
      Results.at(Results.NOON.plus(Duration.ofMinutes(1)), "run", "2");

  @RegisterExtension final ObservationModule module;

  AnnotatedObservationsTest(Backend backend) {
    module = new ObservationModule(backend);
  }

  private void label(Result result, String value) {
    annotate(result, new AnnotationPatch(false, List.of(new LabelChange("k", value)), null, null));
  }

  private void exclude(Result result, String reason) {
    annotate(result, new AnnotationPatch(false, List.of(), null, new Replacement(reason)));
  }

  private void annotate(Result result, AnnotationPatch patch) {
    AnnotateOutcome outcome =
        module.request(
            AnnotationAddresses.ANNOTATE,
            new AnnotateRequest(
                result.stage(), result.envelope().key().resultName(), patch, null, "", null));
    assertEquals(AnnotateOutcome.Annotated.class, outcome.getClass());
  }

  /** Revision, labels and exclusion of the observations, each once. */
  private List<List<Object>> annotations() {
    return module.all("observations").stream()
        .map(
            one ->
                List.<Object>of(
                    one.getInteger("an", 0),
                    Objects.requireNonNullElse(one.getList("l", String.class), List.of()),
                    Objects.requireNonNullElse(one.getString("e"), "")))
        .distinct()
        .toList();
  }

  private static List<List<Object>> one(int revision, String reason, String... labels) {
    return List.of(List.of(revision, List.of(labels), reason));
  }

  @Test
  void anAnnotatedResultIsRead() {
    module.save(FIRST);
    label(FIRST, "a");
    exclude(FIRST, "throttled");

    module.derive(TOOL.of(FIRST, 1, 0.1, 0.2));

    assertEquals(List.of(0.1, 0.2), module.values(FIRST));
    assertEquals(one(2, "throttled", "k\0a"), annotations());
  }

  @Test
  void aReadResultIsAnnotated() {
    module.save(FIRST);
    module.derive(TOOL.of(FIRST, 1, 0.1, 0.2));
    assertEquals(one(0, ""), annotations());

    label(FIRST, "a");
    exclude(FIRST, "throttled");
    assertEquals(one(2, "throttled", "k\0a"), annotations());

    exclude(FIRST, null);
    label(FIRST, null);
    assertEquals(one(4, ""), annotations());
  }

  @Test
  void changesDuringAWritingAreFound() {
    module.save(FIRST);
    WritingBatch batch = begun();
    step(batch::claim);
    step(batch::dropOutdated);
    label(FIRST, "a");
    step(batch::removeOthers);
    step(batch::insert);
    assertEquals(one(1, "", "k\0a"), annotations());

    label(FIRST, "b");
    step(batch::finish);
    assertEquals(one(2, "", "k\0b"), annotations());
  }

  private WritingBatch begun() {
    DerivedCollections collections = new DerivedCollections(module.open());
    return module.on(
        () ->
            new ObservationSaves(
                    module.open(),
                    collections,
                    catalog -> Future.succeededFuture(0),
                    event -> {},
                    changes -> Future.succeededFuture())
                .begin(Derived.batch(TOOL.of(FIRST, 1, 0.1))));
  }

  private <T> void step(java.util.function.Supplier<Future<T>> step) {
    T unused = module.on(step);
  }

  @Test
  void aWritingThatDiedAfterItsInsertIsRepeatedWithTheAnnotations() {
    module.save(FIRST);
    WritingBatch batch = begun();
    step(batch::claim);
    step(batch::dropOutdated);
    step(batch::insert);
    label(FIRST, "a");
    // As if the copies of this change had not been written.
    var unused =
        Driver.await(
            module
                .byHand()
                .getCollection("observations")
                .updateMany(
                    new Document(), new Document("$unset", new Document("an", 1).append("l", 1))));

    module.derive(TOOL.of(FIRST, 1, 0.1));

    assertEquals(one(1, "", "k\0a"), annotations());
  }

  @Test
  void newVersionsOtherAdaptersAndStandardizedOutputsKeepThem() {
    module.save(FIRST);
    module.derive(TOOL.of(FIRST, 1, 0.1));
    label(FIRST, "a");

    module.save(SECOND);
    module.derive(TOOL.of(SECOND, 2, 0.5));
    assertEquals(one(1, "", "k\0a"), annotations());

    module.derive(new Derived(TOOL.adapter(), 2, "c2").of(SECOND, 2, 0.6));
    assertEquals(List.of(0.6), module.values(FIRST));
    assertEquals(one(1, "", "k\0a"), annotations());

    Result other = module.save(standardized(FIRST));
    module.derive(TOOL.of(other, 1, 0.7));
    assertEquals(2, module.all("observations").size());
    assertEquals(one(1, "", "k\0a"), annotations());
  }

  @Test
  void aRestoredResultHasThem() {
    module.save(FIRST);
    label(FIRST, "a");
    module.derive(TOOL.of(FIRST, 1, 0.1));
    module.delete(FIRST);

    module.restore(FIRST);
    module.derive(TOOL.of(FIRST, 1, 0.1));

    assertEquals(one(1, "", "k\0a"), annotations());
  }

  @Test
  void aCopyThatAResultLacksIsWritten() {
    module.save(FIRST);
    label(FIRST, "a");
    exclude(FIRST, "throttled");
    var unused =
        Driver.await(
            module
                .byHand()
                .getCollection("raw_input")
                .updateMany(
                    new Document(),
                    new Document("$unset", new Document(Map.of("annotated", 1, "labels", 1)))));

    module.derive(TOOL.of(FIRST, 1, 0.1));

    Document result = module.all("raw_input").get(0);
    assertEquals(List.of("k\0a"), result.getList("labels", String.class));
    assertEquals(2, result.getInteger("annotated"));
  }
}
