/** The MongoDB clients, with their failures, publishers, metrics and traces. */
@NullMarked
package org.benchmarkresults.storage.mongo;

import org.jspecify.annotations.NullMarked;
