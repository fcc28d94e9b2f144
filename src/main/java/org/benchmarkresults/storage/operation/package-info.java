/**
 * Bulk operations: a dry run collects and keeps the set of results that a filter finds; a run does
 * one action to exactly these, chunk by chunk, on one node at a time under a lease.
 */
@NullMarked
package org.benchmarkresults.storage.operation;

import org.jspecify.annotations.NullMarked;
