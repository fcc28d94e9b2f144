package org.benchmarkresults.storage.observation;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import java.util.List;
import org.benchmarkresults.storage.index.IndexSet;
import org.benchmarkresults.storage.mongo.CollectionNames;
import org.bson.BsonDocument;
import org.bson.BsonInt32;

/**
 * The indexes of observations and derivations. The observations of one result are a range of ids
 * and need no index. Dimensions have none: with some fifteen of them, an observation would have
 * fifteen keys, more than all other indexes together.
 */
public final class ObservationIndexes {
  /** All observations, newest first. */
  public static final String NEWEST = "newest";

  /** Those of a benchmark, newest first. */
  public static final String BENCHMARK_NEWEST = "benchmark_newest";

  /** Those of a model, newest first; all, by model. */
  public static final String MODEL_NEWEST = "model_newest";

  /** Those of a series, newest first. */
  public static final String SERIES_NEWEST = "series_newest";

  /** Those of a task and metric, newest first. */
  public static final String TASK_METRIC_NEWEST = "task_metric_newest";

  /** Those of a task, metric and model, newest first; those of a task and metric, by model. */
  public static final String TASK_METRIC_MODEL = "task_metric_model";

  /** Those of a task and metric, greatest value first. */
  public static final String TASK_METRIC_VALUE = "task_metric_value";

  /** Those of a metric, greatest value first. */
  public static final String METRIC_VALUE = "metric_value";

  /** Those of results with a label, newest first; of the others there is none in it. */
  public static final String LABEL_NEWEST = "label_newest";

  /** Those of excluded results, newest first; of the others there is none in it. */
  public static final String EXCLUDED_NEWEST = "excluded_newest";

  /** Results that a task was observed in, in the order of lists. */
  public static final String TASK_RECEIVED = "task_received";

  /** Results that a metric was observed in, in the order of lists. */
  public static final String METRIC_RECEIVED = "metric_received";

  private ObservationIndexes() {}

  /** All indexes for finding observations. */
  public static List<IndexSet> all(CollectionNames collections) {
    return List.of(
        new IndexSet(
            collections.observations(),
            List.of(
                newest(NEWEST),
                newest(BENCHMARK_NEWEST, ObservationDocument.BENCHMARK_NAME),
                newest(MODEL_NEWEST, ObservationDocument.MODEL),
                newest(SERIES_NEWEST, ObservationDocument.SERIES),
                newest(TASK_METRIC_NEWEST, ObservationDocument.TASK, ObservationDocument.METRIC),
                newest(
                    TASK_METRIC_MODEL,
                    ObservationDocument.TASK,
                    ObservationDocument.METRIC,
                    ObservationDocument.MODEL),
                descending(
                    TASK_METRIC_VALUE,
                    ObservationDocument.VALUE,
                    ObservationDocument.ORDER,
                    1,
                    ObservationDocument.TASK,
                    ObservationDocument.METRIC),
                descending(
                    METRIC_VALUE,
                    ObservationDocument.VALUE,
                    ObservationDocument.ORDER,
                    1,
                    ObservationDocument.METRIC),
                newestWith(
                    LABEL_NEWEST, ObservationAnnotations.LABELS, ObservationAnnotations.LABELS),
                newestWith(EXCLUDED_NEWEST, ObservationAnnotations.EXCLUDED))),
        new IndexSet(
            collections.derivations(),
            List.of(
                received(TASK_RECEIVED, DerivationDocument.TASKS),
                received(METRIC_RECEIVED, DerivationDocument.METRICS))));
  }

  /** Observations of one moment and result stand in the order of their file. */
  private static IndexModel newest(String name, String... within) {
    return descending(name, ObservationDocument.INSTANT, ObservationDocument.ORDER, 1, within);
  }

  /** The same of documents that have a field. */
  private static IndexModel newestWith(String name, String existing, String... within) {
    IndexModel all = newest(name, within);
    return new IndexModel(
        all.getKeys(), all.getOptions().partialFilterExpression(Filters.exists(existing)));
  }

  private static IndexModel received(String name, String within) {
    return descending(
        name,
        DerivationDocument.FIRST_RECEIVED_AT,
        DerivationDocument.ID,
        -1,
        DerivationDocument.STAGE,
        within);
  }

  /**
   * @param order the field that orders rows with one value
   * @param direction of these rows
   */
  private static IndexModel descending(
      String name, String by, String order, int direction, String... within) {
    BsonDocument key = new BsonDocument();
    for (String field : within) {
      key.append(field, new BsonInt32(1));
    }
    key.append(by, new BsonInt32(-1)).append(order, new BsonInt32(direction));
    return new IndexModel(key, new IndexOptions().name(name));
  }
}
