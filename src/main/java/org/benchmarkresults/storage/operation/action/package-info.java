/** The actions of bulk operations on the results of one chunk. */
@NullMarked
package org.benchmarkresults.storage.operation.action;

import org.jspecify.annotations.NullMarked;
