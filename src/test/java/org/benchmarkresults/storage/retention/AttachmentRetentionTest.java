package org.benchmarkresults.storage.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Driver;
import org.benchmarkresults.backend.OnDatabases;
import org.benchmarkresults.bus.AttachmentAddresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.model.Actor;
import org.benchmarkresults.model.attachment.AttachmentBegin;
import org.benchmarkresults.model.attachment.AttachmentCondition;
import org.benchmarkresults.model.attachment.AttachmentEnd;
import org.benchmarkresults.model.attachment.AttachmentLimits;
import org.benchmarkresults.model.attachment.AttachmentPart;
import org.benchmarkresults.model.attachment.AttachmentRef;
import org.benchmarkresults.model.attachment.AttachmentRemoval;
import org.benchmarkresults.model.attachment.BeginOutcome;
import org.benchmarkresults.model.attachment.EndOutcome;
import org.benchmarkresults.model.attachment.RemovalOutcome;
import org.benchmarkresults.model.result.Digest;
import org.benchmarkresults.model.result.Stage;
import org.benchmarkresults.model.retention.RestoreOutcome;
import org.benchmarkresults.storage.Results;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The bytes of attachments go when nothing shows them any more, and not before. */
@OnDatabases
class AttachmentRetentionTest {
  private static final String NAME = Results.key("run").resultName();
  private static final String ATTACHMENTS = "attachments";
  private static final String CHUNKS = "attachment_chunks";
  private static final String REMOVED = "attachments_removed";
  private static final AttachmentCondition NONE = new AttachmentCondition(null, false, false);
  private static final AttachmentCondition ANY = new AttachmentCondition(null, true, false);
  private static final AttachmentLimits LIMITS = new AttachmentLimits(1 << 20, 1 << 20, 9);

  @RegisterExtension final RetentionModule room;
  private RetentionModule.Node node;
  private Bus bus;

  AttachmentRetentionTest(Backend backend) {
    room = new RetentionModule(backend);
  }

  @BeforeEach
  void open() {
    node = room.node();
    bus = room.attachments();
  }

  private void save(int seed) {
    room.save(Results.of("run", Results.bytes(100, seed)));
  }

  private static AttachmentRef ref(String file) {
    return new AttachmentRef(Stage.RAW, NAME, file, "", new Actor("key:1", "::1", "r"));
  }

  /** An upload of one chunk that is not completed. */
  private String begin(String file, ByteBuffer bytes, AttachmentCondition condition) {
    AttachmentBegin begin = new AttachmentBegin(ref(file), condition, LIMITS, bytes.remaining());
    BeginOutcome outcome = bus.request(AttachmentAddresses.BEGIN, begin).await();
    String upload = assertInstanceOf(BeginOutcome.Begun.class, outcome).upload();
    bus.request(AttachmentAddresses.WRITE, new AttachmentPart(upload, 0, bytes)).await();
    return upload;
  }

  private EndOutcome end(
      String file, ByteBuffer bytes, AttachmentCondition condition, String upload) {
    return bus.request(
            AttachmentAddresses.END,
            new AttachmentEnd(
                ref(file),
                condition,
                LIMITS,
                upload,
                1,
                bytes.remaining(),
                Digest.of(bytes),
                "a/b"))
        .await();
  }

  private void attach(String file, int seed, AttachmentCondition condition) {
    ByteBuffer bytes = Results.bytes(100, seed);
    EndOutcome outcome = end(file, bytes, condition, begin(file, bytes, condition));
    assertInstanceOf(EndOutcome.Attached.class, outcome);
  }

  private List<Integer> counts() {
    return List.of(room.all(ATTACHMENTS).size(), room.all(CHUNKS).size(), room.all(REMOVED).size());
  }

  /** Sorted, since entries of the same millisecond have no order. */
  private List<String> actions() {
    return room.all("audit").stream()
        .map(entry -> entry.getString("action") + " " + entry.getString("file"))
        .sorted()
        .toList();
  }

  @Test
  void whatBelongsToAResultThatIsPurgedGoesWithIt() {
    save(1);
    attach("a", 1, NONE);
    attach("b", 2, NONE);
    node.delete(NAME);
    assertInstanceOf(RestoreOutcome.Restored.class, node.restore(NAME));
    node.delete(NAME);
    room.clock.advance(Duration.ofDays(29));
    node.run();
    assertEquals(List.of(2, 2, 0), counts());

    room.clock.advance(Duration.ofDays(2));
    node.run();

    assertEquals(List.of(0, 0, 0), counts());
  }

  @Test
  void anotherResultOfTheNameKeepsItsOwn() {
    save(1);
    attach("a", 1, NONE);
    node.delete(NAME);
    save(2);
    attach("a", 2, NONE);
    room.clock.advance(Duration.ofDays(31));

    node.run();

    assertEquals(List.of(1, 1, 0), counts());
    assertEquals(
        Digest.of(Results.bytes(100, 2)).text(), room.all(ATTACHMENTS).get(0).getString("digest"));
  }

  @Test
  void removedAndReplacedBytesGoAnHourLater() {
    save(1);
    attach("a", 1, NONE);
    attach("a", 2, ANY);
    attach("b", 3, NONE);
    RemovalOutcome removed =
        bus.request(AttachmentAddresses.REMOVE, new AttachmentRemoval(ref("b"), NONE)).await();
    assertInstanceOf(RemovalOutcome.Removed.class, removed);
    node.run();
    assertEquals(List.of(1, 3, 2), counts());

    room.clock.advance(Duration.ofMinutes(61));
    node.run();

    assertEquals(List.of(1, 1, 0), counts());
    assertEquals(List.of("attached a", "attached a", "attached b", "detached b"), actions());
  }

  /** A crash before the attachment was removed, and one before the audit entry was written. */
  @Test
  void aRemovalThatWasCutShortIsFinishedOrForgotten() {
    save(1);
    attach("a", 1, NONE);
    attach("b", 2, NONE);
    for (Document attachment : room.all(ATTACHMENTS)) {
      Driver.await(
          room.byHand()
              .getCollection(REMOVED)
              .insertOne(
                  new Document("_id", attachment.getString("upload"))
                      .append("at", java.util.Date.from(room.clock.instant()))
                      .append("attachment", attachment.getString("_id"))
                      .append(
                          "entry",
                          new Document("stage", "raw_input")
                              .append("result_name", NAME)
                              .append("file", attachment.getString("file"))
                              .append("caller", "key:1")
                              .append("address", "")
                              .append("request_id", ""))));
    }
    Driver.await(room.byHand().getCollection(ATTACHMENTS).deleteOne(new Document("file", "b")));
    room.clock.advance(Duration.ofMinutes(61));

    node.run();

    assertEquals(List.of(1, 1, 0), counts());
    assertEquals("a", room.all(ATTACHMENTS).get(0).getString("file"));
    assertEquals(List.of("attached a", "attached b", "detached b"), actions());
  }

  @Test
  void anUploadThatIsCutOffShowsNothingAndIsSweptADayLater() {
    save(1);
    attach("a", 1, NONE);
    begin("b", Results.bytes(100, 2), NONE);
    room.clock.advance(Duration.ofHours(23));
    node.run();
    assertEquals(List.of(1, 2, 0), counts());

    room.clock.advance(Duration.ofHours(2));
    node.run();

    assertEquals(List.of(1, 1, 0), counts());
    room.clock.advance(Duration.ofDays(2));
    node.run();
    assertEquals(List.of(1, 1, 0), counts());
  }

  @Test
  void aRepeatedEndIsTheSameAttachmentAndOneAuditEntry() {
    save(1);
    ByteBuffer bytes = Results.bytes(100, 1);
    String upload = begin("a", bytes, NONE);

    EndOutcome first = end("a", bytes, NONE, upload);
    EndOutcome again = end("a", bytes, NONE, upload);
    EndOutcome other = end("a", bytes, NONE, begin("a2", bytes, NONE));

    assertEquals(first, again);
    assertInstanceOf(EndOutcome.Unchanged.class, other);
    assertEquals(List.of(1, 1, 0), counts());
    assertEquals(List.of("attached a"), actions());
  }

  @Test
  void anUploadToAResultThatIsDeletedMeanwhileIsRefused() {
    save(1);
    ByteBuffer bytes = Results.bytes(100, 1);
    String upload = begin("a", bytes, NONE);
    node.delete(NAME);

    EndOutcome late = end("a", bytes, NONE, upload);

    assertInstanceOf(EndOutcome.EndRefused.class, late);
    assertEquals(List.of(0, 0, 0), counts());
  }
}
