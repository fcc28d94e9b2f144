/** Finds stored observations, how they were derived, and results by what was observed in them. */
@NullMarked
package org.benchmarkresults.storage.observation.search;

import org.jspecify.annotations.NullMarked;
