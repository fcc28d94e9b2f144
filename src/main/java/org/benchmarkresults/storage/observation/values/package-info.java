/** The names of tasks and metrics that were observed, with how many results have each. */
@NullMarked
package org.benchmarkresults.storage.observation.values;

import org.jspecify.annotations.NullMarked;
