/** Messages of the import from the legacy service. */
@NullMarked
package org.benchmarkresults.model.imports;

import org.jspecify.annotations.NullMarked;
