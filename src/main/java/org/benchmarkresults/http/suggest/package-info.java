/** Suggests names by a part of them, from memory. */
@NullMarked
package org.benchmarkresults.http.suggest;

import org.jspecify.annotations.NullMarked;
