package org.benchmarkresults.model.security;

import org.jspecify.annotations.Nullable;

/**
 * The result of looking up an API key.
 *
 * @param key null when there is none of the id
 */
public record KeyFound(@Nullable ApiKey key) {}
