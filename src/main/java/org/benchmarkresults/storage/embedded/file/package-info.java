/** The data file of the embedded database: opening, verification, compaction, backup, upgrade. */
@NullMarked
package org.benchmarkresults.storage.embedded.file;

import org.jspecify.annotations.NullMarked;
