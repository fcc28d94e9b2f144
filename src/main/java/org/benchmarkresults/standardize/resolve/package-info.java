/** Puts together what a file, its envelope and the sender's context tell of an observation. */
@NullMarked
package org.benchmarkresults.standardize.resolve;

import org.jspecify.annotations.NullMarked;
