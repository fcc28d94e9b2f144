/** Bulk uploads: one result a line, each answered by a line. */
@NullMarked
package org.benchmarkresults.http.bulk;

import org.jspecify.annotations.NullMarked;
