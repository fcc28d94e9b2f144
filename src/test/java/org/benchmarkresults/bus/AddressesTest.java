package org.benchmarkresults.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The encoding of every message of the addresses between two nodes. */
class AddressesTest {
  private static final CBORMapper CBOR = new CBORMapper();

  private final RecordCodec codec = new RecordCodec();

  static List<Object> messages() {
    return Messages.all();
  }

  @Test
  void everyMessageTypeHasASample() {
    Set<Class<?>> tested = messages().stream().map(Object::getClass).collect(Collectors.toSet());

    Set<Class<?>> travelling =
        Stream.concat(
                Addresses.ALL.stream()
                    .flatMap(address -> Stream.of(address.requestType(), address.replyType())),
                Topics.ALL.stream().map(Topic::event))
            .flatMap(AddressesTest::concrete)
            .collect(Collectors.toSet());

    assertEquals(travelling, tested);
  }

  @Test
  void allListsEveryDeclaredAddress() throws IllegalAccessException {
    Set<Object> declared = new HashSet<>();
    for (Class<?> holder :
        List.of(
            Addresses.class,
            ObservationAddresses.class,
            AnnotationAddresses.class,
            BulkAddresses.class,
            AttachmentAddresses.class)) {
      for (var field : holder.getDeclaredFields()) {
        if (field.getType() == Address.class) {
          declared.add(field.get(null));
        }
      }
    }

    List<Address<?, ?>> listed = Addresses.ALL;

    assertEquals(declared, Set.copyOf(listed));
  }

  @Test
  void addressNamesAreUnique() {
    List<String> names = Addresses.ALL.stream().map(Address::name).toList();

    Set<String> different = Set.copyOf(names);

    assertEquals(names.size(), different.size());
  }

  @ParameterizedTest
  @MethodSource("messages")
  void encodingRoundTrips(Object message) {
    Buffer wire = Buffer.buffer("what was written before");
    int start = wire.length();
    codec.encodeToWire(wire, message);
    wire.appendString("what is written behind");

    Object arrived = codec.decodeFromWire(start, wire);

    assertEquals(message, arrived);
  }

  @ParameterizedTest
  @MethodSource("messages")
  void unknownFieldsAreIgnored(Object message) throws IOException {
    Map<String, Object> members = new TreeMap<>(members(message));
    members.put("added_later", Map.of("a", List.of(1, "b")));
    Buffer wire = wire(MessageNames.of(message.getClass()), CBOR.writeValueAsBytes(members));

    Object arrived = codec.decodeFromWire(0, wire);

    assertEquals(message, arrived);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.lang.String",
        "java.util.HashMap",
        "org.benchmarkresults.config.Config",
        "org.benchmarkresults.modelled.Ask",
        "org.benchmarkresults.model.NotInThisRelease",
        "",
      })
  void foreignClassesAreRefused(String type) {
    Buffer wire = wire(type, new byte[] {(byte) 0xa0});

    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> codec.decodeFromWire(0, wire));

    assertTrue(refused.getMessage().contains(type), refused.getMessage());
  }

  @ParameterizedTest
  @MethodSource("messages")
  void localMessagesAreNotCopied(Object message) {
    Object arrived = codec.transform(message);

    assertSame(message, arrived);
  }

  /** The classes that a message of this type can have. */
  private static Stream<Class<?>> concrete(Class<?> type) {
    return type.isSealed()
        ? Stream.of(type.getPermittedSubclasses()).flatMap(AddressesTest::concrete)
        : Stream.of(type);
  }

  private Map<String, Object> members(Object message) throws IOException {
    Buffer wire = Buffer.buffer();
    codec.encodeToWire(wire, message);
    int body = 4 + wire.getInt(0) + 4;
    @SuppressWarnings("unchecked")
    Map<String, Object> members = CBOR.readValue(wire.getBytes(body, wire.length()), Map.class);
    return members;
  }

  private static Buffer wire(String type, byte[] body) {
    byte[] name = type.getBytes(StandardCharsets.UTF_8);
    return Buffer.buffer()
        .appendInt(name.length)
        .appendBytes(name)
        .appendInt(body.length)
        .appendBytes(body);
  }
}
