package org.benchmarkresults.http.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Moments as text, the same as by the JDK's formatter. */
class IsoTimeTest {
  private static final DateTimeFormatter JDK =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1970-01-01T00:00:00Z",
        "1970-01-01T00:00:00.001Z",
        "1969-12-31T23:59:59.999Z",
        "1969-12-31T23:59:59.999999999Z",
        "1969-12-31T00:00:00Z",
        "2026-04-21T12:45:25.391040Z",
        "2024-02-29T23:59:59.999Z",
        "2000-01-01T00:00:00Z",
        "0001-01-01T00:00:00Z",
        "0999-06-15T09:08:07.006Z",
        "9999-12-31T23:59:59.999999999Z",
      })
  void aMomentIsWrittenAsTheJdkWritesIt(Instant moment) {
    String written = text(moment);

    assertEquals(JDK.format(moment), written);
  }

  @Test
  void everyDayOfEightCenturiesIsWrittenAsTheJdkWritesIt() {
    LocalDate end = LocalDate.of(2401, 1, 1);
    for (LocalDate day = LocalDate.of(1600, 1, 1); day.isBefore(end); day = day.plusDays(1)) {
      String written = text(day.atStartOfDay().toInstant(ZoneOffset.UTC));

      assertEquals(day + "T00:00:00.000Z", written);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {4, 20260421})
  void momentsInAnyOrderAreWrittenAsTheJdkWritesThem(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 50_000; i++) {
      long spread = i % 2 == 0 ? LAST.toEpochMilli() : 86_400_000;
      Instant moment = Instant.ofEpochMilli(random.nextLong(FIRST.toEpochMilli(), spread));
      Instant sameDay = moment.plusMillis(random.nextInt(1_000));

      String written = text(moment) + text(sameDay);

      assertEquals(JDK.format(moment) + JDK.format(sameDay), written);
    }
  }

  private static String text(Instant moment) {
    return String.valueOf(IsoTime.write(moment));
  }
}
