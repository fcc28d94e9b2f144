/** Messages for lists, searches, runs, and the values of fields. */
@NullMarked
package org.benchmarkresults.model.search;

import org.jspecify.annotations.NullMarked;
