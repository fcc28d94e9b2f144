package org.benchmarkresults.service.list;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads a table as RFC 4180 has it and no other: CRLF after each record, quotes around fields that
 * hold a comma, a quote or a line break, and as many fields in each record.
 */
public final class CsvText {
  private final String text;
  private int at;

  private CsvText(String text) {
    this.text = text;
  }

  /** The records, the header first; fields without their quotes. */
  public static List<List<String>> records(String text) {
    CsvText reader = new CsvText(text);
    List<List<String>> records = new ArrayList<>();
    while (reader.at < text.length()) {
      records.add(reader.record());
    }
    if (records.stream().mapToInt(List::size).distinct().count() > 1) {
      throw new IllegalArgumentException("records of different lengths");
    }
    return records;
  }

  private List<String> record() {
    List<String> fields = new ArrayList<>();
    fields.add(field());
    while (taken(",")) {
      fields.add(field());
    }
    if (!taken("\r\n")) {
      throw new IllegalArgumentException("neither a comma nor CRLF at " + at);
    }
    return fields;
  }

  private String field() {
    return taken("\"") ? quoted() : plain();
  }

  private String quoted() {
    StringBuilder field = new StringBuilder();
    while (true) {
      int quote = text.indexOf('"', at);
      if (quote < 0) {
        throw new IllegalArgumentException("a quote is not closed");
      }
      field.append(text, at, quote);
      at = quote + 1;
      if (!taken("\"")) {
        return field.toString();
      }
      field.append('"');
    }
  }

  private String plain() {
    int end = at;
    while (end < text.length() && ",\r\n\"".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    String field = text.substring(at, end);
    at = end;
    return field;
  }

  private boolean taken(String expected) {
    boolean there = text.startsWith(expected, at);
    at += there ? expected.length() : 0;
    return there;
  }
}
