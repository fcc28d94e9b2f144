/** Messages about finding stored observations. */
@NullMarked
package org.benchmarkresults.model.observed;

import org.jspecify.annotations.NullMarked;
