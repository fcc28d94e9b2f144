/** Lists and their formats: JSON arrays, NDJSON and CSV, page after page. */
@NullMarked
package org.benchmarkresults.http.list;

import org.jspecify.annotations.NullMarked;
