/**
 * Observations in the database: one document each in {@code observations}, and one a result in
 * {@code derivations} that tells what became of reading it.
 *
 * <p>Both collections are derived data: they can be dropped, and are filled again in the
 * background.
 */
@NullMarked
package org.benchmarkresults.storage.observation;

import org.jspecify.annotations.NullMarked;
