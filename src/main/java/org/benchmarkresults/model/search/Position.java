package org.benchmarkresults.model.search;

import java.time.Instant;

/**
 * Where a page of a list ended: the sort value and the name of its last row.
 *
 * @param momentDone whether all rows of that moment are listed, so that earlier ones come next
 */
public record Position(Instant firstReceivedAt, String resultName, boolean momentDone) {}
