/** Reads the database of the legacy service for the import, and keeps the import's checkpoints. */
@NullMarked
package org.benchmarkresults.storage.imports;

import org.jspecify.annotations.NullMarked;
