/** Operations that read stored observations: lists, pivots, and the observations of a result. */
@NullMarked
package org.benchmarkresults.http.observation;

import org.jspecify.annotations.NullMarked;
