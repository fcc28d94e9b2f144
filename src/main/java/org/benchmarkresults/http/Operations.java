package org.benchmarkresults.http;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.benchmarkresults.http.annotation.AnnotationOperations;
import org.benchmarkresults.http.bulk.BulkUploads;
import org.benchmarkresults.http.contract.Contract;
import org.benchmarkresults.http.contract.Docs;
import org.benchmarkresults.http.exchange.Operation;
import org.benchmarkresults.http.fold.AliasCache;
import org.benchmarkresults.http.list.AuditList;
import org.benchmarkresults.http.list.RunPages;
import org.benchmarkresults.http.list.ValueLists;
import org.benchmarkresults.http.node.NodeOperations;
import org.benchmarkresults.http.observation.ObservationOperations;
import org.benchmarkresults.http.observed.ObservedOperations;
import org.benchmarkresults.http.operation.BulkOperations;
import org.benchmarkresults.http.result.Requests;
import org.benchmarkresults.http.result.Responses;
import org.benchmarkresults.http.result.ResultOperations;
import org.benchmarkresults.http.result.RetentionResponses;
import org.benchmarkresults.model.result.Stage;

/**
 * The one table of operations, by the operationId in the contract; each part of http hands in its
 * own.
 */
final class Operations {
  private Operations() {}

  static Map<String, Operation> table(
      Requests requests,
      BulkUploads loads,
      Responses replies,
      Contract contract,
      Docs docs,
      Clock clock,
      AliasCache aliases) {
    Map<String, Operation> table = new LinkedHashMap<>();
    Stream<Operation> ofStages =
        Stream.of(Stage.values())
            .flatMap(
                stage ->
                    ResultOperations.of(
                        stage,
                        requests,
                        (context, bus) -> loads.begin(stage, context, bus),
                        replies,
                        aliases)
                        .stream());
    Stream<Operation> ofAnnotations =
        Stream.of(Stage.values())
            .flatMap(stage -> AnnotationOperations.of(stage, requests).stream());
    Stream.of(
            ofStages,
            ofAnnotations,
            Stream.of(AnnotationOperations.labels()),
            ValueLists.operations(aliases).stream(),
            ObservedOperations.all().stream(),
            Stream.of(
                new RunPages(replies.budget()),
                AuditList.operation(),
                RetentionResponses.operation()),
            ObservationOperations.all(replies.budget(), aliases).stream(),
            BulkOperations.all().stream(),
            NodeOperations.all(clock).stream(),
            docs.operations(contract).stream())
        .flatMap(operations -> operations)
        .forEach(operation -> table.put(operation.id(), operation));
    return table;
  }
}
