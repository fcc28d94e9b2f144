/**
 * Rows of the embedded database, their keys and indexes as bytes, and the searches that walk them.
 */
@NullMarked
package org.benchmarkresults.storage.embedded.rows;

import org.jspecify.annotations.NullMarked;
