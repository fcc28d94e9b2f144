/**
 * Who calls and what they may do: API keys and JWTs made into a {@link
 * org.benchmarkresults.security.Caller}. Asks the bus for what is known of keys; knows neither HTTP
 * nor Mongo, and answers nobody by itself. Keys and tokens never leave it, not even into a log.
 */
@NullMarked
package org.benchmarkresults.security;

import org.jspecify.annotations.NullMarked;
