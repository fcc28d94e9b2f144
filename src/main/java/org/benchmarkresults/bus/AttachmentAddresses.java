package org.benchmarkresults.bus;

import java.time.Duration;
import java.util.List;
import org.benchmarkresults.model.NoArguments;
import org.benchmarkresults.model.attachment.AttachmentBegin;
import org.benchmarkresults.model.attachment.AttachmentChunkRef;
import org.benchmarkresults.model.attachment.AttachmentEnd;
import org.benchmarkresults.model.attachment.AttachmentFound;
import org.benchmarkresults.model.attachment.AttachmentList;
import org.benchmarkresults.model.attachment.AttachmentPart;
import org.benchmarkresults.model.attachment.AttachmentRef;
import org.benchmarkresults.model.attachment.AttachmentRemoval;
import org.benchmarkresults.model.attachment.AttachmentUpload;
import org.benchmarkresults.model.attachment.BeginOutcome;
import org.benchmarkresults.model.attachment.EndOutcome;
import org.benchmarkresults.model.attachment.RemovalOutcome;
import org.benchmarkresults.model.result.Chunk;

/** The addresses of the bus that serve attachments. */
public final class AttachmentAddresses {
  /** Writes are retried while the database is unavailable. */
  private static final Duration LONG = Duration.ofMinutes(2);

  private static final Duration NORMAL = Duration.ofSeconds(30);

  /** Checks the preconditions of an upload and begins it. */
  public static final Address<AttachmentBegin, BeginOutcome> BEGIN =
      new Address<>("attachments.begin", AttachmentBegin.class, BeginOutcome.class, NORMAL);

  /** Writes one chunk of an upload. */
  public static final Address<AttachmentPart, NoArguments> WRITE =
      new Address<>("attachments.write", AttachmentPart.class, NoArguments.class, LONG);

  /** Makes a complete upload an attachment. */
  public static final Address<AttachmentEnd, EndOutcome> END =
      new Address<>("attachments.end", AttachmentEnd.class, EndOutcome.class, LONG);

  /** Removes the chunks of an upload that was given up. */
  public static final Address<AttachmentUpload, NoArguments> DISCARD =
      new Address<>("attachments.discard", AttachmentUpload.class, NoArguments.class, NORMAL);

  /** Finds one attachment. */
  public static final Address<AttachmentRef, AttachmentFound> FIND_ATTACHMENT =
      new Address<>("attachments.find", AttachmentRef.class, AttachmentFound.class, NORMAL);

  /** Reads one chunk of an attachment. */
  public static final Address<AttachmentChunkRef, Chunk> READ =
      new Address<>("attachments.read", AttachmentChunkRef.class, Chunk.class, NORMAL);

  /** Lists the attachments of one result. */
  public static final Address<AttachmentRef, AttachmentList> LIST_ATTACHMENTS =
      new Address<>("attachments.list", AttachmentRef.class, AttachmentList.class, NORMAL);

  /** Removes one attachment. */
  public static final Address<AttachmentRemoval, RemovalOutcome> REMOVE =
      new Address<>(
          "attachments.remove", AttachmentRemoval.class, RemovalOutcome.class, NORMAL, false);

  static final List<Address<?, ?>> ALL =
      List.of(BEGIN, WRITE, END, DISCARD, FIND_ATTACHMENT, READ, LIST_ATTACHMENTS, REMOVE);

  private AttachmentAddresses() {}
}
