/** Other spellings of models, as people declared them. */
@NullMarked
package org.benchmarkresults.model.alias;

import org.jspecify.annotations.NullMarked;
