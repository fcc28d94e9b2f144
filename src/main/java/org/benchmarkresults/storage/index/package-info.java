/** The definitions of the indexes and their creation. */
@NullMarked
package org.benchmarkresults.storage.index;

import org.jspecify.annotations.NullMarked;
