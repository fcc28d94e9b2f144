/** The indexes of the collections: their definitions, and how they are made. */
@NullMarked
package org.benchmarkresults.storage.index;

import org.jspecify.annotations.NullMarked;
