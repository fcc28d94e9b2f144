package org.benchmarkresults.storage;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.bson.Document;

/** The query plans of MongoDB. */
public final class Plans {
  private Plans() {}

  /** Every stage of the plan that was chosen. */
  public static Set<String> stages(Document explained) {
    Set<String> stages = new TreeSet<>();
    collect(explained, stages);
    return stages;
  }

  private static void collect(Object node, Set<String> stages) {
    if (node instanceof Document document) {
      if (document.get("stage") instanceof String stage) {
        stages.add(stage);
      }
      document.forEach(
          (name, value) -> {
            if (!name.equals("rejectedPlans")) {
              collect(value, stages);
            }
          });
    } else if (node instanceof Collection<?> all) {
      all.forEach(one -> collect(one, stages));
    }
  }

  /** How many documents were looked at. */
  public static long documents(Document explained) {
    return find(explained, "totalDocsExamined");
  }

  /** How many keys of an index were looked at. */
  public static long keys(Document explained) {
    return find(explained, "totalKeysExamined");
  }

  private static long find(Object node, String name) {
    if (node instanceof Document document) {
      return document.get(name) instanceof Number number
          ? number.longValue()
          : document.values().stream().mapToLong(value -> find(value, name)).sum();
    }
    return node instanceof Collection<?> all
        ? all.stream().mapToLong(one -> find(one, name)).sum()
        : 0;
  }
}
