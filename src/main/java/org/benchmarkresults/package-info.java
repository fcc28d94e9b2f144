/** The node: reads the settings, puts the rooms together, starts and stops them. */
@NullMarked
package org.benchmarkresults;

import org.jspecify.annotations.NullMarked;
