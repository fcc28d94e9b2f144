/** The dictionary of metrics and the units that they are measured in. */
@NullMarked
package org.benchmarkresults.metric;

import org.jspecify.annotations.NullMarked;
