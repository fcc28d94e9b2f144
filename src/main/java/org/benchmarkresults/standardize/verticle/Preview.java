package org.benchmarkresults.standardize.verticle;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.io.StringReader;
import java.nio.ByteBuffer;
import org.benchmarkresults.model.derivation.PreviewReply;
import org.benchmarkresults.model.derivation.PreviewRequest;
import org.benchmarkresults.model.observation.DerivedObservations;
import org.benchmarkresults.standardize.catalog.AdapterCatalog;
import org.benchmarkresults.standardize.declared.DeclarationException;
import org.benchmarkresults.standardize.resolve.Told;

/** Derives the observations of bodies that are not stored. */
final class Preview {
  private static final String DECLARATION = "declaration";

  private final AdapterCatalog catalog;
  private final Reading reading;
  private final WorkerExecutor workers;

  Preview(AdapterCatalog catalog, Reading reading, WorkerExecutor workers) {
    this.catalog = catalog;
    this.reading = reading;
    this.workers = workers;
  }

  /** Succeeds also when body or declaration cannot be read, with the reason. */
  Future<PreviewReply> of(PreviewRequest request) {
    return workers.executeBlocking(() -> read(request), false);
  }

  private PreviewReply read(PreviewRequest request) {
    Reading tried = reading;
    if (request.declaration() != null) {
      try {
        tried = new Reading(catalog.before(DECLARATION, new StringReader(request.declaration())));
      } catch (DeclarationException e) {
        return new PreviewReply(DerivedObservations.none(), null, e.getMessage());
      }
    }
    ByteBuffer body = request.body();
    Told told = new Told(request.context(), request.modelId(), request.instant());
    Reading.Outcome outcome = tried.read(() -> StoredBody.stream(body), told, "preview");
    return new PreviewReply(outcome.observations(), outcome.reason());
  }
}
