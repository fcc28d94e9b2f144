package org.benchmarkresults.standardize.verticle;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import org.benchmarkresults.bus.Unavailable;
import org.benchmarkresults.metric.DimensionRoles;
import org.benchmarkresults.metric.Series;
import org.benchmarkresults.model.observation.DerivedObservations;
import org.benchmarkresults.standardize.Deriver;
import org.benchmarkresults.standardize.catalog.AdapterCatalog;
import org.benchmarkresults.standardize.declared.SlowPatternException;
import org.benchmarkresults.standardize.resolve.Resolver;
import org.benchmarkresults.standardize.resolve.Told;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the observations of bodies; what is wrong with one body is its reason. Thread-safe. */
final class Reading {
  private static final Logger LOG = LoggerFactory.getLogger(Reading.class);
  private static final int LONGEST_REASON = 300;

  private final Deriver deriver;
  private final Resolver resolver;

  Reading(AdapterCatalog catalog) {
    deriver = new Deriver(catalog.adapters());
    resolver = new Resolver(new Series(catalog.dictionary(), DimensionRoles.builtIn()));
  }

  /**
   * The outcome of reading a body.
   *
   * @param reason why it could not be read; null when it could
   */
  record Outcome(DerivedObservations observations, @Nullable String reason) {
    static Outcome failed(String reason) {
      return new Outcome(
          DerivedObservations.none(),
          reason.length() <= LONGEST_REASON
              ? reason
              : reason.substring(0, LONGEST_REASON - 1) + "…");
    }
  }

  /**
   * Reads a body; blocks.
   *
   * @param name of the result, for the log
   * @throws Unavailable when the body cannot be had now
   * @throws CancellationException when the node stops
   */
  Outcome read(Deriver.Body body, Told told, String name) {
    try {
      return new Outcome(resolver.resolve(deriver.derive(body), told), null);
    } catch (Unavailable | CancellationException e) {
      throw e;
    } catch (JacksonException e) {
      return Outcome.failed(sentence(e));
    } catch (IOException e) {
      return Outcome.failed("The data cannot be read: " + e.getMessage() + ".");
    } catch (SlowPatternException e) {
      return Outcome.failed(String.valueOf(e.getMessage()));
    } catch (RuntimeException | StackOverflowError e) {
      // The message may quote the data, which do not belong in the log.
      LOG.atWarn()
          .addKeyValue("result", name)
          .addKeyValue("failure", e.getClass().getName())
          .addKeyValue("at", e.getStackTrace().length == 0 ? "" : e.getStackTrace()[0])
          .log("an adapter failed");
      return Outcome.failed("The adapter failed: " + e.getClass().getSimpleName() + ".");
    }
  }

  private static String sentence(JacksonException e) {
    JsonLocation at = e.getLocation();
    String position =
        at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    String problem = e.getOriginalMessage();
    return e instanceof StreamConstraintsException
        ? "The data are too complex" + position + ": " + problem
        : "The data are not JSON" + position + ": " + problem;
  }
}
