/**
 * The background work on observations: which results are to be read, by which adapters, and how far
 * that is.
 */
@NullMarked
package org.benchmarkresults.storage.derivation;

import org.jspecify.annotations.NullMarked;
