package org.benchmarkresults.model.annotation.request;

import org.benchmarkresults.model.result.ResultRef;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a page of the changes of one result's annotations, newest first.
 *
 * @param before the revision where the page before ended; null for the first page
 */
public record AnnotationHistoryQuery(ResultRef ref, @Nullable Integer before, int limit) {}
