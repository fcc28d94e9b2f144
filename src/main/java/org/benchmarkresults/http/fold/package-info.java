/** The aliases of models at an HTTP node, and the requests that fold them. */
@NullMarked
package org.benchmarkresults.http.fold;

import org.jspecify.annotations.NullMarked;
