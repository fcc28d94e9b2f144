/** Finding results: indexes, queries, pages, counts, values of members and runs. */
@NullMarked
package org.benchmarkresults.storage.search;

import org.jspecify.annotations.NullMarked;
