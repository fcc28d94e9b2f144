/** The clients of MongoDB, and what their publishers, failures and connections need. */
@NullMarked
package org.benchmarkresults.storage.mongo;

import org.jspecify.annotations.NullMarked;
