/**
 * Typed settings. It reads {@code conf/config.yaml} and the environment once, at the start; nobody
 * else reads either.
 */
@NullMarked
package org.benchmarkresults.config;

import org.jspecify.annotations.NullMarked;
