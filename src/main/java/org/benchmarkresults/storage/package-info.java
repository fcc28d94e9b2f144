/**
 * The only room that knows Mongo; it owns the clients and the indexes. Asked over the bus alone; it
 * answers outcomes and never HTTP statuses.
 */
@NullMarked
package org.benchmarkresults.storage;

import org.jspecify.annotations.NullMarked;
