package org.benchmarkresults.http.connection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.benchmarkresults.http.RandomJson;
import org.benchmarkresults.http.body.EnvelopeReader;
import org.benchmarkresults.http.body.EnvelopeReader.Parsed;
import org.benchmarkresults.http.json.OneLine;
import org.benchmarkresults.model.result.Digest;
import org.benchmarkresults.model.result.ExtraField;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Thousands of generated bodies: data and extra fields are kept byte for byte. */
class RandomBodiesTest {
  private static final int BODIES = 5_000;
  private static final int DEPTH = 5;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 20260421})
  void dataAndExtraFieldsAreKeptByteForByte(long seed) {
    RandomJson json = new RandomJson(seed);
    for (int i = 0; i < BODIES; i++) {
      String data = withoutStringHoldingJson(json.next(DEPTH));
      int nonFinite = json.nonFinite();
      String further = json.nextFinite(DEPTH);
      String body = body(json, List.of("\"data\"", data, "\"z\"", further, "\"run_id\"", "\"r\""));

      Parsed cut = EnvelopeReader.parse(bytes(body), DEPTH + 1);

      ExtraField member = cut.extra().get(0);
      assertArrayEquals(bytes(data).array(), cut.data().toByteArray(), body);
      assertEquals(nonFinite, cut.data().nonFinite(), body);
      assertEquals(Digest.of(bytes(data)), cut.digest(), body);
      assertEquals(OneLine.of(further), member.value().text(), body);
      assertEquals(List.of(), cut.faults(), body);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {2, 20250806})
  void stringifiedJsonIsKeptByteForByte(long seed) {
    RandomJson json = new RandomJson(seed);
    for (int i = 0; i < BODIES; i++) {
      String document = json.space() + "[" + json.next(DEPTH) + "]" + json.space();
      int nonFinite = json.nonFinite();
      String quoted = json.quoted(document);
      String body = body(json, List.of("\"data\"", quoted, "\"run_id\"", "\"r\"", "\"z\"", quoted));

      Parsed cut = EnvelopeReader.parse(bytes(body), DEPTH + 2);

      assertArrayEquals(bytes(document).array(), cut.data().toByteArray(), body);
      assertEquals(nonFinite, cut.data().nonFinite(), body);
      assertEquals(Digest.of(bytes(document)), cut.digest(), body);
      assertEquals(quoted, cut.extra().get(0).value().text(), body);
    }
  }

  /** An object of these members, names and values in turn, in any order. */
  private static String body(RandomJson json, List<String> namesAndValues) {
    List<String> members = new ArrayList<>();
    for (int i = 0; i < namesAndValues.size(); i += 2) {
      members.add(
          json.space()
              + namesAndValues.get(i)
              + json.space()
              + ":"
              + json.space()
              + namesAndValues.get(i + 1)
              + json.space());
    }
    Collections.shuffle(members, json.random());
    return json.space() + "{" + String.join(",", members) + "}" + json.space();
  }

  /** The other test covers such strings. */
  private static String withoutStringHoldingJson(String document) {
    return document.startsWith("\"") ? "[" + document + "]" : document;
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
