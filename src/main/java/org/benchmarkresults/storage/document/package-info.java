/** Documents of results in MongoDB: how they are written and read. */
@NullMarked
package org.benchmarkresults.storage.document;

import org.jspecify.annotations.NullMarked;
