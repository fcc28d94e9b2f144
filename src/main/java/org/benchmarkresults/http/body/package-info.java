/** Request bodies: the memory budget, decompression, and parsing into envelope and data. */
@NullMarked
package org.benchmarkresults.http.body;

import org.jspecify.annotations.NullMarked;
