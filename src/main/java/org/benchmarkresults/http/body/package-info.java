/**
 * Bodies of requests: read within the memory budget, inflated, and cut into envelope and data in
 * one pass over the bytes.
 */
@NullMarked
package org.benchmarkresults.http.body;

import org.jspecify.annotations.NullMarked;
