/** Messages of the import from the replaced service. */
@NullMarked
package org.benchmarkresults.model.imports;

import org.jspecify.annotations.NullMarked;
