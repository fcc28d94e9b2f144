package org.benchmarkresults.http.observation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.benchmarkresults.config.NearestWord;
import org.benchmarkresults.model.observed.ObservationField;
import org.benchmarkresults.model.search.Field.Own;
import org.benchmarkresults.query.Folding;
import org.benchmarkresults.query.Names;
import org.benchmarkresults.query.ObservationFields;
import org.benchmarkresults.query.QueryRefused;
import org.jspecify.annotations.Nullable;

/** The members of each row, in the order of the parameter {@code fields}. */
record RowMembers(List<RowMember> all) {
  private static final String PARAMETER = "fields";
  private static final int LONGEST_SHOWN = 64;

  private static final Map<String, RowMember> NAMED = named();

  /** Those of a row that names none. */
  static final RowMembers USUAL =
      annotated(
          "result,benchmark_name,run_id,model_id,source,task,metric,variant,statistic,value,text,"
              + "unit,text_unit,higher_is_better,range,stderr,n,interval,primary,pointer,"
              + "dimensions,model,instant,series,adapter,tool,cross_check");

  /** Those of an observation within its result. */
  static final RowMembers OF_RESULT =
      annotated(
          "task,metric,variant,statistic,value,text,unit,text_unit,higher_is_better,range,stderr,n,"
              + "interval,primary,pointer,dimensions,model,instant,series");

  RowMembers {
    all = List.copyOf(all);
  }

  private static Map<String, RowMember> named() {
    Map<String, RowMember> named = new LinkedHashMap<>();
    named.put(
        "result",
        new RowMember.Group(
            "result",
            List.of(FlatColumn.RESULT_STAGE, FlatColumn.RESULT_NAME, FlatColumn.RESULT_VERSION),
            false));
    named.put("range", new RowMember.Range());
    named.put(
        "interval",
        new RowMember.Group(
            "interval",
            List.of(FlatColumn.INTERVAL_LOW, FlatColumn.INTERVAL_HIGH, FlatColumn.INTERVAL_LEVEL),
            true));
    named.put(
        "adapter",
        new RowMember.Group(
            "adapter", List.of(FlatColumn.ADAPTER_NAME, FlatColumn.ADAPTER_VERSION), false));
    named.put("dimensions", new RowMember.Dimensions());
    named.put(Own.LABEL.text(), new RowMember.Labels(false));
    named.put(Own.EXCLUDED.text(), new RowMember.Exclusion(false));
    for (FlatColumn column : FlatColumn.values()) {
      named.put(column.text(), new RowMember.Flat(column));
    }
    return Map.copyOf(named);
  }

  /** The members that the text names, and the annotations of a row that has any. */
  static RowMembers annotated(String fields) {
    List<RowMember> members = new ArrayList<>(of(fields).all);
    members.add(new RowMember.Labels(true));
    members.add(new RowMember.Exclusion(true));
    return new RowMembers(members);
  }

  /**
   * The members that the text names; the usual ones for no text.
   *
   * @throws QueryRefused when one is unknown, naming the nearest
   */
  static RowMembers of(@Nullable String fields) {
    return of(fields, Folding.OFF);
  }

  /** The same of rows that tell the model that theirs folds to, if folding is on. */
  static RowMembers of(@Nullable String fields, Folding folding) {
    if (fields == null) {
      return USUAL.folded(folding);
    }
    Set<String> names = new LinkedHashSet<>();
    for (String part : fields.split(",", -1)) {
      names.add(part.strip());
    }
    List<RowMember> members = new ArrayList<>();
    names.forEach(
        name -> members.add(name.equals(Folding.MEMBER) ? foldedModel(folding) : member(name)));
    return new RowMembers(members);
  }

  /** With the model that each row folds to, if folding is on. */
  RowMembers folded(Folding folding) {
    if (!folding.isOn()) {
      return this;
    }
    List<RowMember> more = new ArrayList<>(all);
    more.add(new RowMember.FoldedModel(folding));
    return new RowMembers(more);
  }

  private static RowMember foldedModel(Folding folding) {
    if (!folding.isOn()) {
      throw new QueryRefused(PARAMETER, Folding.MEMBER + " needs the parameter fold=aliases");
    }
    return new RowMember.FoldedModel(folding);
  }

  private static RowMember member(String name) {
    RowMember named = NAMED.get(name);
    if (named != null) {
      return named;
    }
    String label = Names.labelKey(name);
    if (label != null) {
      return new RowMember.OneLabel(label);
    }
    String dimension = ObservationFields.dimension(name);
    if (dimension != null) {
      return new RowMember.OneDimension(name, dimension);
    }
    String shown = name.length() <= LONGEST_SHOWN ? name : name.substring(0, LONGEST_SHOWN) + "…";
    throw new QueryRefused(
        PARAMETER,
        "there is no member \""
            + shown
            + "\"; did you mean "
            + NearestWord.nearest(shown, NAMED.keySet())
            + ", or "
            + ObservationField.DIMENSION
            + shown
            + " for a dimension?");
  }
}
