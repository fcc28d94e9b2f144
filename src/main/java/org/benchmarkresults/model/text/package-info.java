/** Parsers of texts: timestamps in many spellings, exact whole numbers, blanks. */
@NullMarked
package org.benchmarkresults.model.text;

import org.jspecify.annotations.NullMarked;
