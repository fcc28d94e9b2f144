/** Messages about deriving observations: what is to be derived, what was, and how far it is. */
@NullMarked
package org.benchmarkresults.model.derivation;

import org.jspecify.annotations.NullMarked;
