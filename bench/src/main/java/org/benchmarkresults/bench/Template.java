package org.benchmarkresults.bench;

import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonString;

/** Makes documents like one that the service stored: other names and moments, the same fields. */
final class Template {
  private final BsonDocument stored;
  private final String benchmarkName;

  Template(BsonDocument stored) {
    this.stored = stored;
    benchmarkName = stored.getString("benchmark_name").getValue();
  }

  BsonDocument document(String token, int number) {
    var document = new BsonDocument(stored.size());
    stored.forEach(
        (field, value) ->
            document.append(
                field,
                switch (field) {
                  case "_id" -> new BsonString(name(token, number));
                  case "timestamp" -> new BsonString(timestamp(number));
                  case "run_id" -> new BsonString(runId(token, number));
                  default ->
                      value instanceof BsonDateTime moment
                          ? new BsonDateTime(moment.getValue() + number)
                          : value;
                }));
    return document;
  }

  String name(String token, int number) {
    return timestamp(number) + '-' + benchmarkName + '-' + runId(token, number);
  }

  private static String timestamp(int number) {
    return "2026-04-21T12:45:25." + digits(1_000_000 + number % 1_000_000) + 'Z';
  }

  private static String runId(String token, int number) {
    return token + '-' + digits(1_000_000_000 + number);
  }

  /** All digits but the first: a formatter would cost more than the insert. */
  private static String digits(int number) {
    return Integer.toString(number).substring(1);
  }
}
