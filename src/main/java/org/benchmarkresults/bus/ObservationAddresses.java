package org.benchmarkresults.bus;

import java.time.Duration;
import java.util.List;
import org.benchmarkresults.model.NoArguments;
import org.benchmarkresults.model.derivation.AdapterList;
import org.benchmarkresults.model.derivation.AdapterUpgradeList;
import org.benchmarkresults.model.derivation.DerivationProgress;
import org.benchmarkresults.model.derivation.DeriveRequest;
import org.benchmarkresults.model.derivation.DerivedBatch;
import org.benchmarkresults.model.derivation.PendingPage;
import org.benchmarkresults.model.derivation.PendingQuery;
import org.benchmarkresults.model.derivation.PreviewReply;
import org.benchmarkresults.model.derivation.PreviewRequest;
import org.benchmarkresults.model.observation.ObservedValueQuery;
import org.benchmarkresults.model.observed.ObservationOutcome;
import org.benchmarkresults.model.observed.ObservationSearch;
import org.benchmarkresults.model.observed.ObservedSearch;
import org.benchmarkresults.model.observed.ResultObservations;
import org.benchmarkresults.model.outline.OutlineOutcome;
import org.benchmarkresults.model.outline.OutlineQuery;
import org.benchmarkresults.model.result.ResultRef;
import org.benchmarkresults.model.search.SearchOutcome;
import org.benchmarkresults.model.search.ValueList;

/** The addresses of the bus that serve observations. */
public final class ObservationAddresses {
  /** Reading a large result, or writing many observations, takes many database operations. */
  private static final Duration LONG = Duration.ofMinutes(2);

  private static final Duration NORMAL = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofSeconds(2);

  /** Derives the observations of a body that is not stored. */
  public static final Address<PreviewRequest, PreviewReply> PREVIEW_OBSERVATIONS =
      new Address<>("observations.preview", PreviewRequest.class, PreviewReply.class, LONG);

  /** Derives the observations of a stored result soon; the reply comes before that. */
  public static final Address<DeriveRequest, NoArguments> DERIVE_OBSERVATIONS =
      new Address<>("observations.derive", DeriveRequest.class, NoArguments.class, SHORT, false);

  /** Stores the observations of results, in place of those of earlier versions. */
  public static final Address<DerivedBatch, NoArguments> SAVE_OBSERVATIONS =
      new Address<>("observations.save", DerivedBatch.class, NoArguments.class, LONG);

  /** Lists results without observations, to the node that holds the lease. */
  public static final Address<PendingQuery, PendingPage> PENDING_OBSERVATIONS =
      new Address<>("observations.pending", PendingQuery.class, PendingPage.class, LONG);

  /** How many results have observations. */
  public static final Address<NoArguments, DerivationProgress> DERIVATION_PROGRESS =
      new Address<>("observations.progress", NoArguments.class, DerivationProgress.class, NORMAL);

  /** Throws all observations away, so that they are derived anew. */
  public static final Address<NoArguments, NoArguments> REBUILD_OBSERVATIONS =
      new Address<>("observations.rebuild", NoArguments.class, NoArguments.class, LONG);

  /** Lists the changes that upgrades of adapters made to the observations of stored results. */
  public static final Address<NoArguments, AdapterUpgradeList> OBSERVATION_UPGRADES =
      new Address<>("observations.upgrades", NoArguments.class, AdapterUpgradeList.class, NORMAL);

  /** The adapters of the node that serves the request. */
  public static final Address<NoArguments, AdapterList> ADAPTERS =
      new Address<>("observations.adapters", NoArguments.class, AdapterList.class, SHORT);

  /** Lists the tasks or metrics of all observations. */
  public static final Address<ObservedValueQuery, ValueList> OBSERVED_VALUES =
      new Address<>("observations.values", ObservedValueQuery.class, ValueList.class, NORMAL);

  /** Reads the children of a value in a result's data. */
  public static final Address<OutlineQuery, OutlineOutcome> OUTLINE =
      new Address<>("results.outline", OutlineQuery.class, OutlineOutcome.class, LONG);

  /** Finds a page of the observations that match a filter. */
  public static final Address<ObservationSearch, ObservationOutcome> SEARCH_OBSERVATIONS =
      new Address<>(
          "observations.search", ObservationSearch.class, ObservationOutcome.class, NORMAL);

  /** Finds how the observations of one result were derived, without the observations. */
  public static final Address<ResultRef, ResultObservations> OBSERVATIONS_OF_RESULT =
      new Address<>("observations.of_result", ResultRef.class, ResultObservations.class, NORMAL);

  /** Finds a page of results by what was observed in them, with their headlines. */
  public static final Address<ObservedSearch, SearchOutcome> SEARCH_OBSERVED =
      new Address<>("results.search_observed", ObservedSearch.class, SearchOutcome.class, NORMAL);

  static final List<Address<?, ?>> ALL =
      List.of(
          PREVIEW_OBSERVATIONS,
          DERIVE_OBSERVATIONS,
          SAVE_OBSERVATIONS,
          PENDING_OBSERVATIONS,
          DERIVATION_PROGRESS,
          REBUILD_OBSERVATIONS,
          OBSERVATION_UPGRADES,
          ADAPTERS,
          OBSERVED_VALUES,
          OUTLINE,
          SEARCH_OBSERVATIONS,
          OBSERVATIONS_OF_RESULT,
          SEARCH_OBSERVED);

  private ObservationAddresses() {}
}
