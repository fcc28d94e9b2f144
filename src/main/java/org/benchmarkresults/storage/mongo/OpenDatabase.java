package org.benchmarkresults.storage.mongo;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/**
 * The open database with what the storage packages share.
 *
 * @param durable waits until earlier writes are on disk, unless the database itself does
 * @param isIndexed whether the database has indexes; the embedded one has none
 */
public record OpenDatabase(
    Vertx vertx,
    MongoClients clients,
    CollectionNames collections,
    DatabaseClock clock,
    Supplier<Future<Void>> durable,
    boolean isIndexed,
    MeterRegistry meters) {}
