/** Lists of results, runs, values and audit entries, page after page. */
@NullMarked
package org.benchmarkresults.http.list;

import org.jspecify.annotations.NullMarked;
