package org.benchmarkresults.http.body;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EnvelopeRunIdTest {
  /** Results without a run id keep their names across releases. */
  @Test
  void idsAreStableAcrossReleases() {
    String id = EnvelopeRunId.of("2026-04-21T12:45:25Z", "Evalchemy", "Qwen/Qwen3-8B", null, "");

    assertEquals("5c25f40a-09d8-5ec5-a912-f8a4417712b7", id);
  }

  @Test
  void idsDifferWithEveryPart() {
    String[] texts = {null, "", "-", "1:", "0:", "a", "1:a", "a1:a", "가"};
    Set<String> ids = new HashSet<>();
    for (String model : texts) {
      for (String tokenizer : texts) {
        for (String source : texts) {
          ids.add(EnvelopeRunId.of("t", "b", model, tokenizer, source));
        }
      }
    }

    assertEquals(texts.length * texts.length * texts.length, ids.size());
    ids.forEach(id -> assertEquals(5, UUID.fromString(id).version()));
    ids.forEach(id -> assertEquals(2, UUID.fromString(id).variant()));
  }
}
