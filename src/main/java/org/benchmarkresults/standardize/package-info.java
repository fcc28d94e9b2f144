/**
 * Reads observations out of the bytes of a result: finds the adapter of the tool that wrote them,
 * and lets it read. Knows neither HTTP nor MongoDB.
 */
@NullMarked
package org.benchmarkresults.standardize;

import org.jspecify.annotations.NullMarked;
