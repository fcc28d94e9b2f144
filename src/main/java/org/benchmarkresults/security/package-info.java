/**
 * Authentication: turns API keys and JWTs into a {@link org.benchmarkresults.security.Caller}. Keys
 * are looked up over the bus. It depends neither on HTTP nor on MongoDB, and never logs a key or
 * token.
 */
@NullMarked
package org.benchmarkresults.security;

import org.jspecify.annotations.NullMarked;
