/** The operations on bulk operations: one action on all results that a filter finds. */
@NullMarked
package org.benchmarkresults.http.operation;

import org.jspecify.annotations.NullMarked;
