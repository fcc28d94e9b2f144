/**
 * The embedded database: a MongoDB server in this process (mongo-java-server) that stores its
 * collections in one H2 MVStore file.
 */
@NullMarked
package org.benchmarkresults.storage.embedded;

import org.jspecify.annotations.NullMarked;
