/** Bulk uploads: requests with one result per line, and a response line for each. */
@NullMarked
package org.benchmarkresults.http.bulk;

import org.jspecify.annotations.NullMarked;
