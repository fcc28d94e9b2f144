package org.benchmarkresults.http.format;

import java.util.List;
import java.util.stream.Stream;
import org.benchmarkresults.http.json.Column;
import org.benchmarkresults.model.search.Field.Own;
import org.benchmarkresults.query.Names;
import org.jspecify.annotations.Nullable;

/** The members of each row of a list, in the order of the parameter {@code fields}. */
public record Members(List<Member> all) {
  /**
   * One member.
   *
   * @param name as the parameter has it; {@code extra.x} for the extra field {@code x}, {@code
   *     labels.x} for the label of the key {@code x}
   * @param column null for an extra field and for a label
   */
  public record Member(String name, @Nullable Column column) {
    private static Member of(String name) {
      return new Member(name, Column.named(name));
    }

    /** The key of the label; null for another member. */
    @Nullable String labelKey() {
      return name.startsWith(Own.LABEL_PREFIX) ? name.substring(Own.LABEL_PREFIX.length()) : null;
    }

    /** The sender's name of an extra field. */
    String extraName() {
      return name.substring(Names.FURTHER.length());
    }
  }

  private static final List<String> KNOWN = Stream.of(Column.values()).map(Column::text).toList();

  private static final Members DATA = new Members(List.of(Member.of(Column.DATA.text())));

  /** Also the columns of a table that asks for none. */
  static final Members WITHOUT_DATA =
      new Members(
          Stream.of(Column.values())
              .filter(
                  column ->
                      column != Column.DATA
                          && column != Column.HEADLINE
                          && column != Column.FOLDED_MODEL)
              .map(column -> new Member(column.text(), column))
              .toList());

  /** The same with the model that each row folds to. */
  static final Members FOLDED =
      new Members(
          Stream.concat(WITHOUT_DATA.all.stream(), Stream.of(Member.of(Column.FOLDED_MODEL.text())))
              .toList());

  public Members {
    all = List.copyOf(all);
  }

  /** The members named with commas between them; null for no parameter. */
  public static @Nullable Members of(@Nullable String fields) {
    return fields == null
        ? null
        : new Members(Names.list(fields, KNOWN, "fields").stream().map(Member::of).toList());
  }

  public boolean withHeadline() {
    return all.stream().anyMatch(member -> member.column() == Column.HEADLINE);
  }

  public boolean withFoldedModel() {
    return all.stream().anyMatch(member -> member.column() == Column.FOLDED_MODEL);
  }

  public boolean withData() {
    return dataAt() >= 0;
  }

  boolean areDataAlone() {
    return equals(DATA);
  }

  /** The place of the data; -1 where it is not asked for. */
  int dataAt() {
    return all.indexOf(DATA.all.get(0));
  }
}
