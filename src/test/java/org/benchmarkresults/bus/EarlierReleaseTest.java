package org.benchmarkresults.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Messages as nodes of earlier releases put them on the wire, one a line in Base64, are understood:
 * two releases run side by side while nodes are replaced. {@link #main} writes those of this one.
 */
class EarlierReleaseTest {
  private static final Path SAMPLES = Path.of("src", "test", "resources", "bus");
  private static final CBORMapper CBOR = new CBORMapper();
  private static final int SMALL = 4 << 10;

  /** A hint that saved a comparison; pages are continued without it. */
  private static final String HINT = "momentDone";

  private final RecordCodec codec = new RecordCodec();

  /** Takes the version that is to be released. */
  public static void main(String[] arguments) throws IOException {
    RecordCodec codec = new RecordCodec();
    Set<Class<?>> kinds = new HashSet<>();
    List<String> lines =
        Messages.all().stream()
            .map(message -> Map.entry(message.getClass(), wire(message, codec)))
            .sorted(Comparator.comparingInt(message -> message.getValue().length()))
            // All that are small, and the smallest of each kind.
            .filter(message -> kinds.add(message.getKey()) || message.getValue().length() <= SMALL)
            .map(message -> Base64.getEncoder().encodeToString(message.getValue().getBytes()))
            .toList();
    Files.write(SAMPLES.resolve(arguments[0]), lines);
  }

  private static Buffer wire(Object message, RecordCodec codec) {
    Buffer wire = Buffer.buffer();
    codec.encodeToWire(wire, message);
    return wire;
  }

  static List<Sample> samples() throws IOException {
    try (Stream<Path> releases = Files.list(SAMPLES)) {
      return releases.sorted().flatMap(EarlierReleaseTest::samples).toList();
    }
  }

  private static Stream<Sample> samples(Path release) {
    try {
      return Files.readAllLines(release).stream()
          .map(line -> new Sample(release.getFileName() + "", Base64.getDecoder().decode(line)));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A message on the wire. */
  record Sample(String release, byte[] wire) {
    private int typeLength() {
      return Buffer.buffer(wire).getInt(0);
    }

    String type() {
      return new String(wire, 4, typeLength(), StandardCharsets.UTF_8);
    }

    JsonNode body() throws IOException {
      return body(wire);
    }

    static JsonNode body(byte[] wire) throws IOException {
      int begin = 4 + Buffer.buffer(wire).getInt(0) + 4;
      return CBOR.readTree(wire, begin, wire.length - begin);
    }

    @Override
    public String toString() {
      return release + " " + type();
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void messageOfEarlierReleaseIsUnderstood(Sample sample) throws IOException {
    Object read = codec.decodeFromWire(0, Buffer.buffer(sample.wire()));

    Buffer again = wire(read, codec);
    assertEquals(sample.type(), MessageNames.of(read.getClass()));
    assertHolds(sample.body(), Sample.body(again.getBytes()), "");
  }

  /** Whether all that the first says is in the second, which may say more. */
  private static void assertHolds(JsonNode first, JsonNode second, String where) {
    if (first.isObject()) {
      first
          .fields()
          .forEachRemaining(
              field -> {
                if (!field.getKey().equals(HINT)) {
                  assertHolds(
                      field.getValue(), second.path(field.getKey()), where + "." + field.getKey());
                }
              });
    } else if (first.isArray()) {
      assertEquals(first.size(), second.size(), where);
      for (int i = 0; i < first.size(); i++) {
        assertHolds(first.get(i), second.path(i), where + "[" + i + "]");
      }
    } else {
      assertEquals(first, second, where);
    }
  }

  @Test
  void everyMessageTypeHasSamples() throws IOException {
    Set<String> sampled = samples().stream().map(Sample::type).collect(Collectors.toSet());

    Set<String> kinds =
        Messages.all().stream().map(m -> MessageNames.of(m.getClass())).collect(Collectors.toSet());

    assertFalse(sampled.isEmpty());
    assertEquals(kinds, sampled, "write samples of this release: see main");
  }
}
