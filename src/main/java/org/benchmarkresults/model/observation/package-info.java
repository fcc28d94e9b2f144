/** Observations of one result, and how they were derived. */
@NullMarked
package org.benchmarkresults.model.observation;

import org.jspecify.annotations.NullMarked;
