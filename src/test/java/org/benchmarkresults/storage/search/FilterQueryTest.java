package org.benchmarkresults.storage.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.benchmarkresults.model.search.Field;
import org.benchmarkresults.model.search.Filter;
import org.benchmarkresults.storage.Questions;
import org.benchmarkresults.storage.mongo.TextOrder;
import org.bson.BsonDocument;
import org.bson.BsonValue;

class FilterQueryTest {
  private static final String SEED = "20261125";

  /** Comparisons and what joins them; nothing that runs code or a pattern. */
  private static final Set<String> OPERATORS =
      Set.of(
          "$and", "$or", "$nor", "$eq", "$ne", "$in", "$lt", "$lte", "$gt", "$gte", "$elemMatch");

  @Example
  void theSuccessorOfATextIsTheLeastBehindAllThatBeginWithIt() {
    assertEquals("b", FilterQuery.successor("a"));
    assertEquals("aé", FilterQuery.successor("aè"));
    assertEquals("\ue000", FilterQuery.successor("\ud7ff"));
    assertEquals("\ud800\udc00", FilterQuery.successor("\uffff"));
    assertEquals("\ud83d\ude01", FilterQuery.successor("\ud83d\ude00"));
    assertEquals("b", FilterQuery.successor("a\udbff\udfff\udbff\udfff"));
    assertEquals(null, FilterQuery.successor("\udbff\udfff"));
    assertEquals(null, FilterQuery.successor(""));
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(3),
            Arbitraries.strings().withChars('a', '\ud7ff', '\ue000', '\uffff').ofMaxLength(3))
        .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text));
  }

  @Property(seed = SEED)
  void aPrefixIsTheRangeUpToItsSuccessor(
      @ForAll("texts") String prefix, @ForAll("texts") String rest, @ForAll("texts") String other) {
    assertTrue(inRange(prefix, prefix + rest));
    assertEquals(other.startsWith(prefix), inRange(prefix, other));
  }

  private static boolean inRange(String prefix, String text) {
    String end = FilterQuery.successor(prefix);
    return TextOrder.BY_CODE_POINTS.compare(text, prefix) >= 0
        && (end == null || TextOrder.BY_CODE_POINTS.compare(text, end) < 0);
  }

  @Provide
  Arbitrary<Filter> filters() {
    return Questions.filters();
  }

  @Property(seed = SEED)
  void noTextOfACallersStandsWhereAnOperatorOrANameDoes(@ForAll("filters") Filter filter) {
    assertOperators(FilterQuery.of(filter, false));
  }

  private static void assertOperators(BsonDocument query) {
    query.forEach(
        (name, value) -> {
          if (name.startsWith("$")) {
            assertTrue(OPERATORS.contains(name), name);
          } else {
            assertTrue(name.matches("[a-z_]+([.]0)?"), name);
          }
          assertOperators(value);
        });
  }

  private static void assertOperators(BsonValue value) {
    assertFalse(
        value.isRegularExpression() || value.isJavaScript() || value.isJavaScriptWithScope());
    if (value.isDocument()) {
      assertOperators(value.asDocument());
    } else if (value.isArray()) {
      value.asArray().forEach(FilterQueryTest::assertOperators);
    }
  }

  @Example
  void namesAreLookedForElsewhereAmongDeletedResults() {
    Filter prefix = new Filter.Prefix(Field.of(Field.Own.PK), "a");

    assertEquals(BsonDocument.parse("{_id: {$gte: 'a', $lt: 'b'}}"), FilterQuery.of(prefix, false));
    assertEquals(
        BsonDocument.parse("{result_name: {$gte: 'a', $lt: 'b'}}"), FilterQuery.of(prefix, true));
  }
}
