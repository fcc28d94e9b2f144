/** Saving results and their versions, alone and in batches, with large data in chunks. */
@NullMarked
package org.benchmarkresults.storage.save;

import org.jspecify.annotations.NullMarked;
