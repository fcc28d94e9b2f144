/** Operations that read and change the aliases of models. */
@NullMarked
package org.benchmarkresults.http.alias;

import org.jspecify.annotations.NullMarked;
