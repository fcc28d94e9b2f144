/** Derives the observations of stored results, in the background, and those of previews. */
@NullMarked
package org.benchmarkresults.standardize.verticle;

import org.jspecify.annotations.NullMarked;
