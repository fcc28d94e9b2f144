/** Finds values in JSON documents of any size, and what stands in them. */
@NullMarked
package org.benchmarkresults.standardize.outline;

import org.jspecify.annotations.NullMarked;
