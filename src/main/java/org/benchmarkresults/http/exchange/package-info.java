/** Operations and their responses: sending with backpressure, the memory budget, failures. */
@NullMarked
package org.benchmarkresults.http.exchange;

import org.jspecify.annotations.NullMarked;
