/**
 * The data file and its folder: opening, checking, compaction, backup, and the upgrade from an
 * earlier layout.
 */
@NullMarked
package org.benchmarkresults.storage.embedded.file;

import org.jspecify.annotations.NullMarked;
