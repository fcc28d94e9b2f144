/** The adapters that a node knows: those that come with the program, and a team's own. */
@NullMarked
package org.benchmarkresults.standardize.catalog;

import org.jspecify.annotations.NullMarked;
