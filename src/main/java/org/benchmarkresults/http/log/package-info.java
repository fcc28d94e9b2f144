/** The log line, the meters and the trace of each request. */
@NullMarked
package org.benchmarkresults.http.log;

import org.jspecify.annotations.NullMarked;
