package org.benchmarkresults.model.operation;

import java.time.Instant;
import org.benchmarkresults.model.result.Stage;
import org.jspecify.annotations.Nullable;

/**
 * A bulk operation as it stands.
 *
 * @param parameters of the list whose results it changes, as a JSON object of texts and lists
 * @param caller of the dry run
 * @param count of the results in the set
 * @param expiresAt until when its token starts it, or since it ended, when it is forgotten
 * @param startedAt null before the run
 * @param endedAt null until the run has ended
 */
public record BulkOperation(
    String id,
    BulkState state,
    BulkChange change,
    Stage stage,
    String parameters,
    String caller,
    long count,
    BulkProgress progress,
    Instant createdAt,
    Instant expiresAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt) {}
