package org.benchmarkresults.service.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.RunningService;
import org.benchmarkresults.service.Bodies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of RFC 9110 and 9112 for messages, byte by byte. */
class MessageRulesTest {
  private static final Pattern DATE = Pattern.compile("(?i)\r\ndate: ([^\r]*GMT)\r\n");

  @RegisterExtension final RunningService service = RunningService.on(Backend.EMBEDDED);

  private byte[] bytes(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return socket.getInputStream().readAllBytes();
    }
  }

  private String answer(String request) throws IOException {
    return new String(bytes(request), ISO_8859_1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: localhost\r\nHost: b\r\n",
        "Host: localhost\r\nHost: localhost\r\n",
        "Host: localhost\r\nX: 1\r\nhost: a\r\n",
        "Host:\r\n a\r\n",
        "Host: localhost\r\n b\r\n",
        "Host: a b\r\n",
        "Host: localhost\r\nTransfer-Encoding:\r\n chunked\r\n",
        "Host: localhost\r\nTransfer-Encoding: chunked\r\n \r\n",
        "Host: localhost\r\nTransfer-Encoding: chunked,\r\n chunked\r\n",
        "Host: localhost\r\nTransfer-Encoding: identity,\r\n\tchunked\r\n",
        "Host: localhost\r\nTransfer-Encoding: chun\r\n ked\r\n",
        "Host: localhost\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        "Host: localhost\r\nTransfer-Encoding: gzip, chunked\r\n",
        "Host: localhost\r\nContent-Length:\r\n 0\r\n",
        "Host: localhost\r\nContent-Length: +0\r\n"
      })
  void anAmbiguousRequestIsRefused(String headers) throws IOException {
    for (String line : new String[] {"GET /health", "POST /raw_input"}) {
      String answer =
          answer(line + " HTTP/1.1\r\n" + headers + "Connection: close\r\n\r\n0\r\n\r\n");

      assertTrue(answer.startsWith("HTTP/1.1 400 "), () -> headers + answer);
      assertTrue(answer.contains("malformed-request"), () -> headers + answer);
      assertEquals(1, answer.split("HTTP/1.1 ", -1).length - 1, () -> headers + answer);
    }
  }

  @Test
  void anOldClientNeedNotNameAHost() throws IOException {
    String answer = answer("GET /health HTTP/1.0\r\n\r\n");

    assertTrue(answer.matches("(?s)HTTP/1.\\d 200 .*"), answer);
    assertTrue(answer.contains("\"ready\""), answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "GET /nothing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "GET /raw_input HTTP/1.0\r\n\r\n",
        "GET /docs HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n",
        "HEAD /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "nonsense\r\n\r\n",
        "GET /health HTTP/1.1\r\nConnection: close\r\n\r\n"
      })
  void everyAnswerIsDated(String request) throws IOException {
    String answer = answer(request);

    Matcher date = DATE.matcher(answer);
    assertTrue(date.find(), answer);
    Instant told =
        ZonedDateTime.parse(date.group(1), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    assertTrue(Duration.between(told, Instant.now()).abs().toMinutes() < 1, answer);
    assertFalse(date.find(), answer);
  }

  private static String head(byte[] answer) {
    String text = new String(answer, ISO_8859_1);
    return text.substring(0, text.indexOf("\r\n\r\n") + 2);
  }

  private static byte[] body(byte[] answer) {
    return Arrays.copyOfRange(answer, head(answer).length() + 2, answer.length);
  }

  /**
   * HTTP/1.0 as nginx sends it by default: a fixed response, and lists, which are sent in pieces.
   */
  @ParameterizedTest
  @ValueSource(strings = {"/openapi.yaml", "/raw_input"})
  void anOldClientThatAcceptsItGetsACompressedAnswer(String path) throws IOException {
    for (int i = 0; i < 30; i++) {
      assertEquals(
          200, service.client().post("/raw_input", Bodies.withData("old" + i, "1")).status());
    }
    byte[] plain = bytes("GET " + path + " HTTP/1.0\r\nHost: localhost\r\n\r\n");

    byte[] packed =
        bytes("GET " + path + " HTTP/1.0\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n");

    String head = head(packed).toLowerCase(java.util.Locale.ROOT);
    assertTrue(head.contains("\r\ncontent-encoding: gzip\r\n"), head);
    assertFalse(head.contains("transfer-encoding"), head);
    Matcher length = Pattern.compile("\r\ncontent-length: (\\d+)\r\n").matcher(head);
    if (length.find()) {
      assertEquals(body(packed).length, Integer.parseInt(length.group(1)), head);
    }
    byte[] unpacked = new GZIPInputStream(new ByteArrayInputStream(body(packed))).readAllBytes();
    assertArrayEquals(body(plain), unpacked);
    assertFalse(head(plain).toLowerCase(java.util.Locale.ROOT).contains("content-encoding"));
  }

  /** Asked to keep the connection, it can do so only where the answer's length is told. */
  @Test
  void anOldClientSeesTheEndOfAnAnswer() throws IOException {
    String data = '"' + "x".repeat(200_000) + '"';
    assertEquals(200, service.client().post("/raw_input", Bodies.withData("long", data)).status());

    String answer =
        answer(
            "GET /raw_input?fields=data HTTP/1.0\r\nConnection: keep-alive\r\nAccept-Encoding: gzip\r\n\r\n");

    assertTrue(
        answer.toLowerCase(java.util.Locale.ROOT).contains("\r\nconnection: close\r\n"), answer);
  }
}
