package org.benchmarkresults.http.attachment;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.stream.Stream;
import org.benchmarkresults.bus.AttachmentAddresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.http.exchange.Operation;
import org.benchmarkresults.http.exchange.Response;
import org.benchmarkresults.http.exchange.ResponseBudget;
import org.benchmarkresults.model.attachment.AttachmentLimits;
import org.benchmarkresults.model.attachment.AttachmentRemoval;
import org.benchmarkresults.model.result.Stage;

/** The operations on attachments. */
public final class AttachmentOperations {
  private AttachmentOperations() {}

  /**
   * The operations of both stages.
   *
   * @param responses memory of responses
   */
  public static List<Operation> all(AttachmentIntake intake, ResponseBudget responses) {
    return Stream.of(Stage.values())
        .flatMap(stage -> of(stage, intake.most(), intake.limits(), responses).stream())
        .toList();
  }

  private static List<Operation> of(
      Stage stage,
      AttachmentLimits most,
      IncomingAttachment.Limits limits,
      ResponseBudget responses) {
    String name =
        switch (stage) {
          case RAW -> "RawInput";
          case STANDARDIZED -> "StandardizedOutput";
        };
    return List.of(
        new PutAttachment("put" + name + "Attachment", stage, most, limits),
        new ReadAttachment("read" + name + "Attachment", stage, responses),
        new Operation.BusCall<>(
            "list" + name + "Attachments",
            AttachmentAddresses.LIST_ATTACHMENTS,
            Operation.Needs.rows(4 << 10),
            context -> Future.succeededFuture(AttachmentRequests.all(stage, context)),
            AttachmentResponses::list),
        new Operation.BusCall<>(
            "delete" + name + "Attachment",
            AttachmentAddresses.REMOVE,
            context ->
                Future.succeededFuture(
                    new AttachmentRemoval(
                        AttachmentRequests.one(stage, context),
                        AttachmentRequests.condition(context.request()))),
            (context, removal, outcome) -> AttachmentResponses.removed(outcome)));
  }

  /** Sends the bytes of an attachment. */
  private record ReadAttachment(String id, Stage stage, ResponseBudget budget)
      implements Operation {
    @Override
    public String address() {
      return AttachmentAddresses.FIND_ATTACHMENT.name();
    }

    @Override
    public Future<Response> answer(RoutingContext context, Bus bus) {
      return bus.request(
              AttachmentAddresses.FIND_ATTACHMENT, AttachmentRequests.one(stage, context))
          .map(found -> AttachmentResponses.bytes(context, bus, budget, found));
    }
  }
}
