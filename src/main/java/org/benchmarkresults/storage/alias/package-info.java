/** The aliases of models: one document, read and replaced as a whole. */
@NullMarked
package org.benchmarkresults.storage.alias;

import org.jspecify.annotations.NullMarked;
