/** The operations around observations: previews, adapters, tasks, metrics, names and outlines. */
@NullMarked
package org.benchmarkresults.http.observed;

import org.jspecify.annotations.NullMarked;
