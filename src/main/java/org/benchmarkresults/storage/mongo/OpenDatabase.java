package org.benchmarkresults.storage.mongo;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/**
 * The database that is open, and what each part of storage needs of it.
 *
 * @param durable waits until what was written is on disk, where the database does not do so itself
 * @param isIndexed whether the database has the declared indexes; the embedded one has none
 */
public record OpenDatabase(
    Vertx vertx,
    MongoClients clients,
    CollectionNames collections,
    DatabaseClock clock,
    Supplier<Future<Void>> durable,
    boolean isIndexed,
    MeterRegistry meters) {}
