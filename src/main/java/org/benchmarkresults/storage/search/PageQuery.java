package org.benchmarkresults.storage.search;

import java.util.List;
import org.benchmarkresults.model.search.Filter;
import org.benchmarkresults.model.search.PageKey;
import org.benchmarkresults.model.search.Search;
import org.benchmarkresults.storage.document.NumberSpellings;
import org.bson.BsonArray;
import org.bson.BsonDocument;

/**
 * The query of one page, in parts that are sent one after the other until the page is full.
 *
 * <p>A page after a key is one range of an index after another. As one {@code $or}, MongoDB finds
 * the first result of every range before it returns any: with a filter that few results of the far
 * ranges match, it scans all of them for each page.
 */
record PageQuery(Search search, boolean deleted) {
  /** The parts for an index of the search's choice, or for none of them. */
  List<BsonDocument> parts(String index) {
    Filter filter = NumberSpellings.expanded(search.filter());
    PageKey key = search.after();
    List<BsonDocument> ranges =
        key == null ? List.of(new BsonDocument()) : order().rangesAfter(key);
    IndexChoice choice = IndexChoice.of(filter, search.sort(), deleted);
    if (!index.equals(choice.inOrder())) {
      return List.of(both(query(filter), any(ranges)));
    }
    List<BsonDocument> queries = apart(filter, choice.before()).stream().map(this::query).toList();
    return ranges.stream()
        .map(range -> any(queries.stream().map(query -> both(query, range)).toList()))
        .toList();
  }

  /**
   * The order of the rows. Where all versions are asked for, earlier ones are not results either.
   */
  SearchOrder order() {
    if (!search.allVersions()) {
      return new SearchOrder(search.sort(), SearchOrder.Rows.RESULTS);
    }
    return new SearchOrder(
        search.sort(),
        deleted ? SearchOrder.Rows.EARLIER_VERSIONS : SearchOrder.Rows.NEWEST_VERSIONS);
  }

  private BsonDocument query(Filter filter) {
    return FilterQuery.of(filter, deleted);
  }

  /**
   * The filter with each one of the values of each of the conditions: MongoDB merges these in
   * order, where it would sort what fits several values at once.
   */
  private static List<Filter> apart(Filter whole, List<Filter.OneOf> before) {
    List<Filter> filters = List.of(whole);
    for (Filter.OneOf several : before) {
      filters = filters.stream().flatMap(filter -> each(filter, several).stream()).toList();
    }
    return filters;
  }

  /** The filter with each one of the condition's values. */
  private static List<Filter> each(Filter filter, Filter.OneOf several) {
    return several.values().stream()
        .distinct()
        .map(value -> new Filter.OneOf(several.field(), List.of(value)))
        .map(one -> with(filter, several, one))
        .toList();
  }

  private static Filter with(Filter filter, Filter.OneOf several, Filter.OneOf one) {
    if (filter.equals(several)) {
      return one;
    }
    return filter instanceof Filter.All all
        ? new Filter.All(all.parts().stream().map(part -> with(part, several, one)).toList())
        : filter;
  }

  private static BsonDocument both(BsonDocument query, BsonDocument range) {
    if (query.isEmpty() || range.isEmpty()) {
      return query.isEmpty() ? range : query;
    }
    return new BsonDocument("$and", new BsonArray(List.of(query, range)));
  }

  private static BsonDocument any(List<BsonDocument> branches) {
    return branches.size() == 1
        ? branches.get(0)
        : new BsonDocument("$or", new BsonArray(branches));
  }
}
