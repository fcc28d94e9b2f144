/** Messages about the outline of a result's data: what stands at a JSON pointer. */
@NullMarked
package org.benchmarkresults.model.outline;

import org.jspecify.annotations.NullMarked;
