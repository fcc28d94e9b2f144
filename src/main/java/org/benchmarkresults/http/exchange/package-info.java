/**
 * One request and its answer: operations, replies, how they are sent with back-pressure and within
 * the memory budget, and what becomes of failures.
 */
@NullMarked
package org.benchmarkresults.http.exchange;

import org.jspecify.annotations.NullMarked;
