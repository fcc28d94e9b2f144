package org.benchmarkresults.storage.search;

import com.mongodb.ExplainVerbosity;
import com.mongodb.reactivestreams.client.FindPublisher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.benchmarkresults.backend.Driver;
import org.benchmarkresults.model.search.Search;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.RawBsonDocument;

/** How MongoDB answered the queries of one page, by its own account. */
record SearchPlan(List<Document> explained) {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** The plans of the queries that fill a page, in that index. */
  static SearchPlan of(Searches searches, Search search, String index) {
    List<Document> explained = new ArrayList<>();
    int wanted = search.limit() + 1;
    for (BsonDocument part : searches.parts(search, index)) {
      if (wanted > 0) {
        FindPublisher<RawBsonDocument> find = searches.find(search, index, part, wanted, PATIENCE);
        explained.addAll(
            Driver.await(find.explain(Document.class, ExplainVerbosity.EXECUTION_STATS)));
        wanted -= number(explained.get(explained.size() - 1), "nReturned");
      }
    }
    return new SearchPlan(explained);
  }

  /** The names of all stages of the plan that was taken. */
  List<String> stages() {
    return texts("stage");
  }

  /** The names of the indexes it scanned. */
  List<String> indexes() {
    return texts("indexName").stream().distinct().toList();
  }

  int keysExamined() {
    return sum("totalKeysExamined");
  }

  int documentsExamined() {
    return sum("totalDocsExamined");
  }

  int returned() {
    return sum("nReturned");
  }

  private int sum(String name) {
    return explained.stream().mapToInt(part -> number(part, name)).sum();
  }

  private static int number(Document explained, String name) {
    return explained.get("executionStats", Document.class).getInteger(name);
  }

  private List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (Document part : explained) {
      collect(part.get("queryPlanner", Document.class).get("winningPlan"), name, texts);
    }
    return texts;
  }

  private static void collect(Object part, String name, List<String> texts) {
    if (part instanceof List<?> list) {
      list.forEach(element -> collect(element, name, texts));
    } else if (part instanceof Document document) {
      document.forEach(
          (key, value) -> {
            if (key.equals(name) && value instanceof String text) {
              texts.add(text);
            } else {
              collect(value, name, texts);
            }
          });
    }
  }

  @Override
  public String toString() {
    return "%s by %s: %d keys, %d documents for %d rows"
        .formatted(stages(), indexes(), keysExamined(), documentsExamined(), returned());
  }
}
