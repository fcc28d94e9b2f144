package org.benchmarkresults.model.result;

import java.time.Instant;

/**
 * Names one row of a list for ever: a version of a result never changes, and one that is made anew
 * under the same name was first received at another time.
 */
public record RowRef(Instant firstReceivedAt, String resultName, int version) {}
