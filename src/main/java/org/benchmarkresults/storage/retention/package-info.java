/** Deletion, restore, the purge of what was deleted, and the retention that does it by age. */
@NullMarked
package org.benchmarkresults.storage.retention;

import org.jspecify.annotations.NullMarked;
