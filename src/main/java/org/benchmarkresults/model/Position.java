package org.benchmarkresults.model;

import java.time.Instant;

/** Where a page of a list ended: the sort value and the name of its last row. */
public record Position(Instant firstReceivedAt, String resultName) {}
