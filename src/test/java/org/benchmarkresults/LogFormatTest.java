package org.benchmarkresults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.read.ListAppender;
import ch.qos.logback.core.status.Status;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The form of a log line. */
class LogFormatTest {
  private static LoggerContext context(String format) {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    if (format != null) {
      context.putProperty("LOG_FORMAT", format);
    }
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    try {
      configurator.doConfigure(LogFormatTest.class.getResource("/logback.xml"));
    } catch (JoranException e) {
      throw new AssertionError(e);
    }
    return context;
  }

  private static String line(String format) {
    LoggerContext context = context(format);
    var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    var async = (ch.qos.logback.classic.AsyncAppender) root.getAppender("async");
    Iterator<?> behind = async.iteratorForAppenders();
    @SuppressWarnings("unchecked")
    var console = (OutputStreamAppender<ILoggingEvent>) behind.next();
    ListAppender<ILoggingEvent> events = new ListAppender<>();
    events.start();
    root.addAppender(events);

    context
        .getLogger("org.benchmarkresults.requests")
        .atWarn()
        .addKeyValue("operation", "saveRawInput")
        .addKeyValue("status", "200")
        .setCause(new IllegalStateException("a cause"))
        .log("request \"quoted\"");
    byte[] written = console.getEncoder().encode(events.list.get(0));
    context.stop();
    return new String(written, StandardCharsets.UTF_8);
  }

  @Test
  void aLineIsTextUnlessToldOtherwise() {
    String line = line(null);

    String first = line.lines().findFirst().orElseThrow();
    assertTrue(
        first.matches(
            "\\d{4}-.*Z WARN  requests request \"quoted\" operation=\"saveRawInput\" status=\"200\""),
        first);
    assertTrue(line.contains("IllegalStateException: a cause"));
  }

  @Test
  void aLineOfJsonHasTheSameKeysBesideTheMessage() {
    String text = line("json");

    assertEquals(1, text.lines().count(), text);
    JsonObject line = new JsonObject(text);
    assertEquals("request \"quoted\"", line.getString("message"));
    assertEquals("saveRawInput", line.getString("operation"));
    assertEquals("200", line.getString("status"));
    assertEquals("WARN", line.getString("level"));
    assertEquals("org.benchmarkresults.requests", line.getString("logger"));
    assertTrue(line.getString("stack_trace").contains("IllegalStateException: a cause"));
    assertFalse(Instant.parse(line.getString("time")).isBefore(Instant.EPOCH));
  }

  /** Logback writes its own history to the terminal as soon as there is a warning in it. */
  @ParameterizedTest
  @ValueSource(strings = {"text", "json"})
  void theConfigurationWarnsOfNothing(String format) {
    LoggerContext context = context(format);

    List<Status> warnings =
        context.getStatusManager().getCopyOfStatusList().stream()
            .filter(status -> status.getLevel() >= Status.WARN)
            .toList();

    context.stop();
    assertEquals(List.of(), warnings);
  }
}
