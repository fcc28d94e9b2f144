/** The database of the replaced service, which the import reads. */
@NullMarked
package org.benchmarkresults.storage.imports;

import org.jspecify.annotations.NullMarked;
