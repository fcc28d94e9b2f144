/** Messages of bulk operations: one action on all results that a filter finds. */
@NullMarked
package org.benchmarkresults.model.operation;

import org.jspecify.annotations.NullMarked;
