/** Adapters that are declared in a file: how to recognise a tool, and where its numbers stand. */
@NullMarked
package org.benchmarkresults.standardize.declared;

import org.jspecify.annotations.NullMarked;
