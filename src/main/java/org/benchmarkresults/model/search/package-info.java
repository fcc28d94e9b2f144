/** Messages that search and list results and the values of their members. */
@NullMarked
package org.benchmarkresults.model.search;

import org.jspecify.annotations.NullMarked;
