package org.benchmarkresults.model.operation;

import org.benchmarkresults.model.security.Scope;

/** The reply to a request about one bulk operation. */
public sealed interface BulkReply {
  /** The operation as it stands after the request. */
  record Found(BulkOperation operation) implements BulkReply {}

  /** There is no such operation, or the caller may not see it. */
  record Unknown() implements BulkReply {}

  /** The token has expired. */
  record Expired() implements BulkReply {}

  /** The request differs from the one of the dry run. */
  record OtherRequest() implements BulkReply {}

  /** The caller lacks a scope. */
  record Forbidden(Scope needed) implements BulkReply {}
}
