/** Formats of lists: JSON arrays, NDJSON and CSV, with the members asked for. */
@NullMarked
package org.benchmarkresults.http.format;

import org.jspecify.annotations.NullMarked;
