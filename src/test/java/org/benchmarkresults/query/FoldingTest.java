package org.benchmarkresults.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.benchmarkresults.model.alias.ModelAliases;
import org.benchmarkresults.model.search.Field;
import org.benchmarkresults.model.search.Field.Own;
import org.benchmarkresults.model.search.Filter;
import org.benchmarkresults.model.search.Value;
import org.junit.jupiter.api.Test;

/** Conditions that mean every spelling of a model. */
class FoldingTest {
  private static final Set<Field> MODELS = Set.of(Field.of(Own.MODEL_ID));
  private static final Folding FOLDING =
      Folding.of(List.of(list("m", "a", "b"), list("n", "c"), list("😀", "d")));

  private static ModelAliases list(String model, String... aliases) {
    return new ModelAliases(model, List.of(aliases), "anybody", Instant.EPOCH, 1);
  }

  private static Filter folded(String text) {
    return FOLDING.fold(FilterText.parse(text), MODELS);
  }

  private static Filter models(String... values) {
    return oneOf(Own.MODEL_ID, values);
  }

  private static Filter oneOf(Own own, String... values) {
    return new Filter.OneOf(
        Field.of(own), Arrays.stream(values).<Value>map(Value.Text::new).toList());
  }

  @Test
  void aSpellingMeansAllOfThem() {
    for (String spelling : List.of("m", "a", "b")) {
      assertEquals(models("m", "a", "b"), folded("model_id==" + spelling));
    }
    assertEquals(models("x"), folded("model_id==x"));
    assertEquals(models("n", "c", "x", "m", "a", "b"), folded("model_id=in=(c,x,b,m)"));
    assertEquals(new Filter.Not(models("m", "a", "b")), folded("model_id!=a"));
    assertEquals(new Filter.Not(models("m", "a", "b", "x")), folded("model_id=out=(a,x)"));
  }

  @Test
  void conditionsInsideOthersAreFolded() {
    Filter folded = folded("source==a;(model_id==a,(run_id==b;model_id!=c))");

    assertEquals(
        new Filter.All(
            List.of(
                oneOf(Own.SOURCE, "a"),
                new Filter.Any(
                    List.of(
                        models("m", "a", "b"),
                        new Filter.All(
                            List.of(oneOf(Own.RUN_ID, "b"), new Filter.Not(models("n", "c")))))))),
        folded);
  }

  @Test
  void otherComparisonsAndFieldsStay() {
    for (String text :
        List.of("model_id=prefix=a", "model_id<a", "model_id=exists=true", "extra.model_id==a")) {
      assertEquals(FilterText.parse(text), folded(text));
    }
    Filter filter = FilterText.parse("model_id==a");
    assertSame(filter, Folding.OFF.fold(filter, MODELS));
    assertSame(filter, Folding.of(List.of()).fold(filter, MODELS));
  }

  @Test
  void modelsAreInTheOrderOfTheirCodePoints() {
    List<String> sorted =
        Stream.of("\uffee", "😁", "a", "😀", "", "A", "aa", "é", "\ue000")
            .sorted(Folding.ORDER)
            .toList();

    assertEquals(List.of("", "A", "a", "aa", "é", "\ue000", "\uffee", "😀", "😁"), sorted);
    assertEquals(List.of("n", "😀"), List.copyOf(FOLDING.modelsAfter("m")));
  }
}
