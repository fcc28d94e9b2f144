/** Messages to delete and restore results, and those of the retention. */
@NullMarked
package org.benchmarkresults.model.retention;

import org.jspecify.annotations.NullMarked;
