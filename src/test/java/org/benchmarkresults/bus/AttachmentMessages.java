package org.benchmarkresults.bus;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.benchmarkresults.model.Actor;
import org.benchmarkresults.model.attachment.Attachment;
import org.benchmarkresults.model.attachment.AttachmentBegin;
import org.benchmarkresults.model.attachment.AttachmentChunkRef;
import org.benchmarkresults.model.attachment.AttachmentCondition;
import org.benchmarkresults.model.attachment.AttachmentEnd;
import org.benchmarkresults.model.attachment.AttachmentFound;
import org.benchmarkresults.model.attachment.AttachmentLimits;
import org.benchmarkresults.model.attachment.AttachmentList;
import org.benchmarkresults.model.attachment.AttachmentPart;
import org.benchmarkresults.model.attachment.AttachmentRef;
import org.benchmarkresults.model.attachment.AttachmentRefusal;
import org.benchmarkresults.model.attachment.AttachmentRemoval;
import org.benchmarkresults.model.attachment.AttachmentUpload;
import org.benchmarkresults.model.attachment.BeginOutcome;
import org.benchmarkresults.model.attachment.EndOutcome;
import org.benchmarkresults.model.attachment.RemovalOutcome;
import org.benchmarkresults.model.result.Digest;
import org.benchmarkresults.model.result.Stage;

/** Messages about attachments, at the edges of what they may hold. */
final class AttachmentMessages {
  private static final Digest DIGEST = Digest.of(ByteBuffer.allocate(0));
  private static final Attachment SPARSE =
      new Attachment("a", "a/b", 0, DIGEST, Instant.EPOCH, null);
  private static final Attachment RICH =
      new Attachment(
          "\ud834\udd1e %é.jsonl",
          "text/plain; charset=utf-8",
          Long.MAX_VALUE,
          DIGEST,
          Instant.parse("9999-12-31T23:59:59.999Z"),
          "key:00a1b2c3d4e5f607");
  private static final AttachmentRef REF =
      new AttachmentRef(Stage.STANDARDIZED, "t-b/é-r", "a", "Eval", new Actor("jwt:a", "::1", "r"));
  private static final AttachmentCondition NONE = new AttachmentCondition(null, false, true);
  private static final AttachmentLimits LIMITS =
      new AttachmentLimits(1, Long.MAX_VALUE, Integer.MAX_VALUE);

  private AttachmentMessages() {}

  static List<Object> all() {
    return List.of(
        REF,
        new AttachmentRef(Stage.RAW, "n", "", "", null),
        new AttachmentBegin(REF, NONE, LIMITS, -1),
        new BeginOutcome.Begun("0198f4b0-7a55-7c3e-9d61-0f2d4f6b8a11"),
        new BeginOutcome.Existing(RICH),
        new BeginOutcome.BeginRefused(new AttachmentRefusal.TooMany(7)),
        new AttachmentPart("u", Integer.MAX_VALUE, ByteBuffer.wrap(new byte[] {0, -1, 10})),
        new AttachmentUpload("u"),
        new AttachmentEnd(
            REF,
            new AttachmentCondition(List.of("00", ""), false, false),
            LIMITS,
            "",
            0,
            Long.MAX_VALUE,
            DIGEST,
            "a/b"),
        new EndOutcome.Attached(SPARSE, true),
        new EndOutcome.Unchanged(RICH),
        new EndOutcome.EndRefused(new AttachmentRefusal.ConditionMissing(SPARSE)),
        new EndOutcome.EndRefused(new AttachmentRefusal.TooLarge(Long.MAX_VALUE)),
        new AttachmentChunkRef("u", 0),
        new AttachmentFound.There(RICH, "u"),
        new AttachmentFound.NotThere(new AttachmentRefusal.NoFile()),
        new AttachmentList(false, List.of()),
        new AttachmentList(true, List.of(SPARSE, RICH)),
        new AttachmentRemoval(REF, new AttachmentCondition(null, true, false)),
        new RemovalOutcome.Removed(SPARSE),
        new RemovalOutcome.RemovalRefused(new AttachmentRefusal.NoResult()),
        new RemovalOutcome.RemovalRefused(new AttachmentRefusal.ConditionFailed(null)),
        new RemovalOutcome.RemovalRefused(new AttachmentRefusal.ConditionFailed(RICH)));
  }
}
