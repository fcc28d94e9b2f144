package org.benchmarkresults.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTextTest {
  @Test
  void aKeyIsReadBackAsItIs() {
    KeyText key = KeyText.random();

    KeyText read = KeyText.of(key.reveal()).orElseThrow();

    assertEquals(key.id(), read.id());
    assertEquals(key.digest(), read.digest());
    assertTrue(key.reveal().startsWith("br_" + key.id() + "_"));
  }

  @Test
  void keysDiffer() {
    assertNotEquals(KeyText.random().id(), KeyText.random().id());
    assertNotEquals(KeyText.random().digest(), KeyText.random().digest());
  }

  @Test
  void itsTextFormKeepsTheSecret() {
    KeyText key = KeyText.random();

    String secret = key.reveal().substring(20);

    assertEquals(43, secret.length());
    assertFalse(key.toString().contains(secret.substring(0, 8)), key::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "br_",
        "br_00a1b2c3d4e5f607_",
        "00a1b2c3d4e5f607",
        "br_00A1b2c3d4e5f607_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "br_00a1b2c3d4e5f607_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "br_00a1b2c3d4e5f607_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "br_00a1b2c3d4e5f607_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/A"
      })
  void anotherTextIsNoKey(String text) {
    assertEquals(Optional.empty(), KeyText.of(text));
  }
}
