/** Reads the wanted parts of JSON documents of any size, with numbers as they are written. */
@NullMarked
package org.benchmarkresults.standardize.json;

import org.jspecify.annotations.NullMarked;
