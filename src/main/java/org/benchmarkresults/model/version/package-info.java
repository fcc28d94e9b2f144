/** Versions of one result, and what changed between them. */
@NullMarked
package org.benchmarkresults.model.version;

import org.jspecify.annotations.NullMarked;
