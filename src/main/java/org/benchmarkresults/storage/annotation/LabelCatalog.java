package org.benchmarkresults.storage.annotation;

import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.benchmarkresults.model.annotation.Annotations;
import org.benchmarkresults.model.annotation.Label;
import org.benchmarkresults.model.annotation.request.LabelList;
import org.benchmarkresults.model.annotation.request.LabelList.Used;
import org.benchmarkresults.model.annotation.request.LabelQuery;
import org.benchmarkresults.model.search.ResultCount;
import org.benchmarkresults.storage.document.AnnotationFields;
import org.benchmarkresults.storage.mongo.MongoFailures;
import org.benchmarkresults.storage.mongo.OpenDatabase;
import org.benchmarkresults.storage.mongo.Streams;
import org.benchmarkresults.storage.observation.DerivedCollections;
import org.benchmarkresults.storage.search.BoundedCount;
import org.benchmarkresults.storage.search.FilterQuery;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * The labels that result names have. MongoDB cannot walk the distinct values of an index of arrays,
 * so each label that is set is put into a collection of its own, whose ids are in order; how many
 * names have it is counted when it is listed, and those that none has are left out.
 */
final class LabelCatalog {
  private static final int MOST_COUNTED = 100_000;

  private static final int LANES = 4;

  private final MongoCollection<BsonDocument> labels;
  private final BoundedCount counts;
  private final boolean isIndexed;

  LabelCatalog(OpenDatabase database) {
    labels =
        database
            .clients()
            .database()
            .getCollection(database.collections().labels(), BsonDocument.class);
    counts = new BoundedCount(database.clients().database(), database.collections().annotations());
    isIndexed = database.isIndexed();
  }

  /** Puts the labels of annotations that were written there. */
  Future<Void> add(Collection<Annotations> annotations) {
    Set<Label> all = new LinkedHashSet<>();
    annotations.forEach(one -> all.addAll(one.labels()));
    return DerivedCollections.write(
            labels,
            all.stream()
                .map(
                    label ->
                        new InsertOneModel<>(new BsonDocument(AnnotationDocument.ID, id(label))))
                .toList())
        .mapEmpty();
  }

  /**
   * Removes those labels that no name has: their texts are of names that were purged. One that is
   * set at the same moment is put back.
   */
  Future<Void> forget(Collection<Label> of) {
    return counted(List.copyOf(of), "")
        .map(LabelCatalog::unused)
        .compose(
            unused ->
                DerivedCollections.write(
                        labels,
                        unused.stream()
                            .map(
                                label ->
                                    new DeleteOneModel<BsonDocument>(
                                        Filters.eq(AnnotationDocument.ID, id(label))))
                            .toList())
                    .compose(removed -> counted(unused, "")))
        .compose(
            again -> {
              List<Label> used = again.stream().map(Used::label).toList();
              return add(
                  List.of(
                      new Annotations(
                          1,
                          used.stream().filter(label -> !unused(again).contains(label)).toList(),
                          null,
                          null)));
            });
  }

  private static List<Label> unused(List<Used> counted) {
    return counted.stream().filter(one -> one.results().count() == 0).map(Used::label).toList();
  }

  private static BsonString id(Label label) {
    return new BsonString(AnnotationFields.text(label));
  }

  /** Succeeds with a page of labels; fails with {@code Unavailable}. */
  Future<LabelList> page(LabelQuery query) {
    return page(query, query.after(), new ArrayList<>());
  }

  /** Page after page of the collection, until so many labels are found that names have. */
  private Future<LabelList> page(LabelQuery query, @Nullable Label after, List<Used> found) {
    int wanted = query.limit() + 1 - found.size();
    return Streams.collect(
            labels
                .find(Filters.and(range(query), behind(after)))
                .sort(Sorts.ascending(AnnotationDocument.ID))
                .projection(Projections.include(AnnotationDocument.ID))
                .limit(wanted),
            labels)
        .recover(MongoFailures::translate)
        .compose(
            documents -> {
              List<Label> next =
                  documents.stream()
                      .map(one -> AnnotationFields.label(AnnotationDocument.name(one)))
                      .toList();
              return counted(next, query.benchmarkPrefix())
                  .compose(
                      used -> {
                        used.stream().filter(one -> one.results().count() > 0).forEach(found::add);
                        boolean isEnd = next.size() < wanted;
                        return isEnd || found.size() > query.limit()
                            ? Future.succeededFuture(list(query, found))
                            : page(query, next.get(next.size() - 1), found);
                      });
            });
  }

  private static LabelList list(LabelQuery query, List<Used> found) {
    boolean more = found.size() > query.limit();
    return new LabelList(more ? found.subList(0, query.limit()) : found, more);
  }

  private static Bson range(LabelQuery query) {
    String start =
        query.key() == null ? query.prefix() : AnnotationFields.start(query.key()) + query.prefix();
    return query.exactly()
        ? Filters.eq(AnnotationDocument.ID, start)
        : FilterQuery.prefix(AnnotationDocument.ID, start);
  }

  private static Bson behind(@Nullable Label after) {
    return after == null ? Filters.empty() : Filters.gt(AnnotationDocument.ID, id(after));
  }

  private Future<List<Used>> counted(List<Label> page, String benchmarkPrefix) {
    List<Used> used = new ArrayList<>();
    Future<Void> counted = Future.succeededFuture();
    for (int from = 0; from < page.size(); from += LANES) {
      List<Label> some = page.subList(from, Math.min(page.size(), from + LANES));
      counted =
          counted
              .compose(
                  before ->
                      Future.all(
                          some.stream().map(label -> count(label, benchmarkPrefix)).toList()))
              .onSuccess(all -> used.addAll(all.<Used>list()))
              .mapEmpty();
    }
    return counted.map(all -> used);
  }

  private Future<Used> count(Label label, String benchmarkPrefix) {
    BsonDocument names =
        new BsonDocument(AnnotationFields.LABELS, new BsonDocument("$eq", id(label)));
    names.putAll(FilterQuery.ofBenchmarks(benchmarkPrefix));
    return counts
        .of(names, isIndexed ? AnnotationIndexes.LABEL : "", MOST_COUNTED + 1)
        .map(count -> new Used(label, ResultCount.upTo(count, MOST_COUNTED)));
  }
}
