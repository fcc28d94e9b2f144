/** Results as JSON: strict where it must be, byte for byte where it can be. */
@NullMarked
package org.benchmarkresults.http.json;

import org.jspecify.annotations.NullMarked;
