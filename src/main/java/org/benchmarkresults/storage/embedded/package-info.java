/**
 * The embedded database: a MongoDB server in this process, from mongo-java-server, whose
 * collections are kept in one H2 MVStore file in a layout of their own.
 */
@NullMarked
package org.benchmarkresults.storage.embedded;

import org.jspecify.annotations.NullMarked;
