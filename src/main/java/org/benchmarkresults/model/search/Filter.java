package org.benchmarkresults.model.search;

import java.util.List;

/** Selects results: a tree of conditions on their fields. */
public sealed interface Filter {
  /** Each of the parts; of no parts, every result. */
  record All(List<Filter> parts) implements Filter {
    public All {
      parts = List.copyOf(parts);
    }
  }

  /** At least one of the parts; of no parts, no result. */
  record Any(List<Filter> parts) implements Filter {
    public Any {
      parts = List.copyOf(parts);
    }
  }

  /** Not the part; so also where the member it looks at is missing. */
  record Not(Filter part) implements Filter {}

  /** The member equals one of the values. */
  record OneOf(Field field, List<Value> values) implements Filter {
    public OneOf {
      values = List.copyOf(values);
    }
  }

  /** The member lies on that side of the value; never where it is missing or of another type. */
  record Compare(Field field, Side side, Value value) implements Filter {}

  /** The member begins with the text. */
  record Prefix(Field field, String text) implements Filter {}

  /** The member is there and not null. */
  record Present(Field field) implements Filter {}

  /** A side of a value. */
  enum Side {
    LESS,
    AT_MOST,
    AT_LEAST,
    GREATER
  }

  /** Every result. */
  static Filter everything() {
    return new All(List.of());
  }
}
