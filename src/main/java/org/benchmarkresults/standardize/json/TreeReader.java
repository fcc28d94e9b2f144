package org.benchmarkresults.standardize.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.standardize.json.Node.ArrayNode;
import org.benchmarkresults.standardize.json.Node.Kind;
import org.benchmarkresults.standardize.json.Node.Leaf;
import org.benchmarkresults.standardize.json.Node.ObjectNode;
import org.benchmarkresults.standardize.json.Node.Opaque;
import org.jspecify.annotations.Nullable;

/**
 * Reads the wanted parts of the JSON values of a body in one streaming pass. What nobody wants is
 * skipped by the parser, so memory follows what is wanted and not the size of the body. Accepts
 * {@code NaN}, {@code Infinity} and {@code -Infinity}, as the tools write them.
 */
public final class TreeReader implements AutoCloseable {
  /** Longer strings are cut: no name, unit or time is that long. */
  private static final int LONGEST_STRING = 4096;

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(2000)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  private final JsonParser parser;
  private final int mostNodes;
  private int nodes;
  private boolean several;
  private boolean begun;

  /**
   * @param mostNodes the most nodes of one document
   */
  public TreeReader(InputStream body, int mostNodes) throws IOException {
    this.parser =
        FACTORY.createParser(
            withoutMark(new PushbackReader(new InputStreamReader(body, StandardCharsets.UTF_8))));
    this.mostNodes = mostNodes;
  }

  /** Some editors put a byte order mark before a text. */
  private static Reader withoutMark(PushbackReader reader) throws IOException {
    int first = reader.read();
    if (first >= 0 && first != BYTE_ORDER_MARK) {
      reader.unread(first);
    }
    return reader;
  }

  /**
   * The next value of the body; null at its end.
   *
   * @throws IOException when the body is not JSON, or more of one value is wanted than fits
   */
  public @Nullable Document next(Wanted wanted) throws IOException {
    JsonToken token = begun ? parser.currentToken() : parser.nextToken();
    if (token == null) {
      return null;
    }
    begun = true;
    nodes = 0;
    int line = parser.currentTokenLocation().getLineNr();
    Node root = read(wanted);
    several |= parser.nextToken() != null;
    return new Document(several ? line : 0, List.of(), root);
  }

  private Node read(Wanted wanted) throws IOException {
    if (++nodes > mostNodes) {
      throw new IOException("more than " + mostNodes + " values would have to be read");
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> wanted.descends() ? object(wanted) : opaque(false);
      case START_ARRAY -> wanted.descends() ? array(wanted) : opaque(true);
      case VALUE_STRING -> new Leaf(Kind.STRING, string());
      case VALUE_NUMBER_INT -> new Leaf(Kind.NUMBER, parser.getText());
      case VALUE_NUMBER_FLOAT ->
          new Leaf(parser.isNaN() ? Kind.NON_FINITE : Kind.NUMBER, parser.getText());
      case VALUE_TRUE -> new Leaf(Kind.BOOLEAN, "true");
      case VALUE_FALSE -> new Leaf(Kind.BOOLEAN, "false");
      default -> new Leaf(Kind.NULL, "null");
    };
  }

  private Node object(Wanted wanted) throws IOException {
    Map<String, Node> members = new LinkedHashMap<>();
    int position = 0;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      Wanted below = wanted.child(name, position++);
      if (below == null) {
        parser.skipChildren();
      } else {
        members.put(name, read(below));
      }
    }
    return new ObjectNode(members);
  }

  private Node array(Wanted wanted) throws IOException {
    List<@Nullable Node> elements = new ArrayList<>();
    int position = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      Wanted below = wanted.child(Integer.toString(position), position);
      position++;
      if (below == null) {
        parser.skipChildren();
      } else {
        while (elements.size() < position - 1) {
          elements.add(null);
        }
        elements.add(read(below));
      }
    }
    return elements.isEmpty() && position > 0
        ? new Opaque(true, position)
        : new ArrayNode(elements);
  }

  private Node opaque(boolean array) throws IOException {
    int size = 0;
    JsonToken end = array ? JsonToken.END_ARRAY : JsonToken.END_OBJECT;
    while (parser.nextToken() != end) {
      size++;
      if (!array) {
        parser.nextToken();
      }
      parser.skipChildren();
    }
    return new Opaque(array, size);
  }

  private String string() throws IOException {
    return parser.getTextLength() <= LONGEST_STRING
        ? parser.getText()
        : new String(parser.getTextCharacters(), parser.getTextOffset(), LONGEST_STRING);
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
