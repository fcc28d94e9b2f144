package org.benchmarkresults.http.attachment;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.nio.ByteBuffer;
import java.time.Clock;
import org.benchmarkresults.bus.AttachmentAddresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.config.LimitSettings;
import org.benchmarkresults.http.body.Encoding;
import org.benchmarkresults.http.body.UploadBudget;
import org.benchmarkresults.model.attachment.AttachmentCondition;
import org.benchmarkresults.model.attachment.AttachmentEnd;
import org.benchmarkresults.model.attachment.AttachmentLimits;
import org.benchmarkresults.model.attachment.AttachmentPart;
import org.benchmarkresults.model.attachment.AttachmentRef;
import org.benchmarkresults.model.attachment.AttachmentUpload;
import org.benchmarkresults.model.attachment.EndOutcome;
import org.benchmarkresults.model.text.Uuid7;

/** Takes files into storage before it is known which result they belong to. */
public final class AttachmentIntake {
  /** Sees the bytes of a file, decompressed and in their order. */
  public interface Observer {
    void read(byte[] bytes, int from, int length);
  }

  /** A file whose bytes are stored and that no result shows yet. */
  public record Received(String upload, ChunkFill.Total total) {}

  private final Clock clock;
  private final AttachmentLimits most;
  private final IncomingAttachment.Limits limits;

  public AttachmentIntake(
      Clock clock, Config.Http http, LimitSettings.Attachments settings, UploadBudget uploads) {
    this.clock = clock;
    limits =
        new IncomingAttachment.Limits(
            uploads,
            settings.fileLimit().bytes(),
            http.idleTimeout(),
            http.minUploadRate().bytes());
    most =
        new AttachmentLimits(
            settings.fileLimit().bytes(), settings.resultLimit().bytes(), settings.count());
  }

  IncomingAttachment.Limits limits() {
    return limits;
  }

  AttachmentLimits most() {
    return most;
  }

  /** Stores the body of a request, in bounded memory whatever its size. */
  public Future<Received> receive(HttpServerRequest request, Bus bus, Observer observer) {
    request.pause();
    String upload = Uuid7.next(clock.instant());
    return Future.<Void>succeededFuture()
        .map(now -> Encoding.of(request))
        .compose(
            encoding ->
                new IncomingAttachment(
                        request,
                        limits,
                        writer(upload, bus),
                        observer,
                        BodyDigest.of(request),
                        encoding)
                    .start())
        .map(total -> new Received(upload, total))
        .onFailure(
            failure -> {
              request.resume();
              discard(upload, bus);
            });
  }

  /** Stores a file that is in memory. */
  public Future<Received> hold(ByteBuffer file, Bus bus) {
    String upload = Uuid7.next(clock.instant());
    ChunkFill.Writer writer = writer(upload, bus);
    Future<Object> written = Future.succeededFuture();
    int number = 0;
    for (int at = 0; at < file.remaining(); at += AttachmentPart.BYTES) {
      int chunk = number++;
      ByteBuffer bytes =
          file.slice(file.position() + at, Math.min(AttachmentPart.BYTES, file.remaining() - at));
      written = written.compose(before -> writer.write(chunk, bytes).mapEmpty());
    }
    int chunks = number;
    return written
        .map(all -> new Received(upload, ChunkFill.Total.of(chunks, file)))
        .onFailure(failure -> discard(upload, bus));
  }

  private static ChunkFill.Writer writer(String upload, Bus bus) {
    return (number, bytes) ->
        bus.request(AttachmentAddresses.WRITE, new AttachmentPart(upload, number, bytes));
  }

  /** Shows a file that was received beside a result; its bytes are removed when it is refused. */
  public Future<EndOutcome> attach(
      AttachmentRef ref,
      AttachmentCondition condition,
      Received received,
      String mediaType,
      Bus bus) {
    return bus.request(
        AttachmentAddresses.END,
        new AttachmentEnd(
            ref,
            condition,
            most,
            received.upload,
            received.total.chunks(),
            received.total.size(),
            received.total.digest(),
            mediaType));
  }

  /** Removes the bytes of a file that belongs to no result; the retention removes what is left. */
  public void discard(Received received, Bus bus) {
    discard(received.upload, bus);
  }

  static void discard(String upload, Bus bus) {
    Future<?> unused = bus.request(AttachmentAddresses.DISCARD, new AttachmentUpload(upload));
  }
}
