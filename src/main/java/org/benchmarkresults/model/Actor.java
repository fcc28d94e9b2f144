package org.benchmarkresults.model;

/**
 * The author of a change, as the audit log names it.
 *
 * @param caller such as {@code key:7m2k…}, {@code jwt:somebody} or {@code command:root}
 * @param address the remote address of the request; empty for a command
 * @param requestId the id in the response and in the request log; empty for a command
 */
public record Actor(String caller, String address, String requestId) {}
