package org.benchmarkresults.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.bus.Retry;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.config.LimitSettings;
import org.benchmarkresults.config.SecuritySettings;
import org.benchmarkresults.http.access.AccessCheck;
import org.benchmarkresults.http.access.RateLimit;
import org.benchmarkresults.http.access.RemoteAddress;
import org.benchmarkresults.http.body.BodyReader;
import org.benchmarkresults.http.body.UploadBudget;
import org.benchmarkresults.http.bulk.BulkUpload;
import org.benchmarkresults.http.bulk.BulkUploads;
import org.benchmarkresults.http.contract.Contract;
import org.benchmarkresults.http.contract.Docs;
import org.benchmarkresults.http.events.EventFeed;
import org.benchmarkresults.http.exchange.ResponseBudget;
import org.benchmarkresults.http.fold.AliasCache;
import org.benchmarkresults.http.list.RowCache;
import org.benchmarkresults.http.log.RequestMeters;
import org.benchmarkresults.http.suggest.NameCatalog;
import org.benchmarkresults.security.Callers;

/** State shared by all {@link HttpVerticle} instances of a node. Thread-safe. */
public final class HttpShared {
  private static final long MOST_LIST_CACHE = 32L << 20;

  private final Contract contract;
  private final Docs docs;
  private final BodyReader bodies;
  private final BulkUploads.Memory loads;
  private final RowCache rows;
  private final ResponseBudget answers = new ResponseBudget(heapBytes() / 5);
  private final RequestMeters meters;
  private final AccessCheck guard;
  private final EventFeed events;
  private final NameCatalog names;
  private final AliasCache aliases = new AliasCache();
  private final RemoteAddress addresses;
  private final MeterRegistry registry;
  private final LimitSettings.Attachments attachments;
  private volatile int port;

  private HttpShared(
      Contract contract,
      Docs docs,
      Config config,
      AccessCheck guard,
      EventFeed events,
      NameCatalog names,
      MeterRegistry registry) {
    this.registry = registry;
    attachments = config.attachments();
    LimitSettings limits = config.limits();
    addresses =
        new RemoteAddress(
            limits.behindProxy(),
            new RateLimit("address", limits.addressRate(), limits.addressConcurrent()));
    this.events = events;
    this.names = names;
    this.guard = guard;
    meters = new RequestMeters(registry);
    this.contract = contract;
    this.docs = docs;
    Config.Http http = config.http();
    long limit = http.bodyLimit().bytes();
    long budget = uploadBudget(http);
    UploadBudget large = new UploadBudget(budget);
    bodies = new BodyReader(limit, budget, large, http.idleTimeout(), http.minUploadRate().bytes());
    long ofLoads = Math.max(BulkUpload.WINDOW_BYTES, budget / 4);
    loads =
        new BulkUploads.Memory(
            new UploadBudget(ofLoads), large, ofLoads, limit, http.idleTimeout());
    rows = new RowCache(Math.min(MOST_LIST_CACHE, heapBytes() / 16));
  }

  /** The setting, at most two fifths of the heap, and always enough for one body. */
  private static long uploadBudget(Config.Http config) {
    long ofHeap = heapBytes() * 2 / 5;
    return Math.max(config.bodyLimit().bytes(), Math.min(config.uploadBudget().bytes(), ofHeap));
  }

  /** Succeeds when contract and documentation are read; fails when the contract is not valid. */
  public static Future<HttpShared> load(
      Vertx vertx, Bus bus, Clock clock, Config config, MeterRegistry registry) {
    SecuritySettings security = config.security();
    AccessCheck guard =
        security.isOn()
            ? new AccessCheck(
                security,
                new Callers(vertx, bus, clock, security),
                new RateLimit("key", config.limits().keyRate(), config.limits().keyConcurrent()),
                new Retry(vertx, config.mongo().saveTimeout()))
            : AccessCheck.ofNobody();
    EventFeed events = new EventFeed(vertx, bus, clock, EventFeed.Settings.of(config), registry);
    NameCatalog names = new NameCatalog(bus, clock);
    Future<Docs> docs = vertx.executeBlocking(Docs::new, false);
    return Contract.load(vertx)
        .compose(
            contract ->
                docs.map(
                    read ->
                        new HttpShared(contract, read, config, guard, events, names, registry)));
  }

  RemoteAddress addresses() {
    return addresses;
  }

  MeterRegistry registry() {
    return registry;
  }

  EventFeed events() {
    return events;
  }

  NameCatalog names() {
    return names;
  }

  AliasCache aliases() {
    return aliases;
  }

  AccessCheck guard() {
    return guard;
  }

  RequestMeters meters() {
    return meters;
  }

  Contract contract() {
    return contract;
  }

  BodyReader bodies() {
    return bodies;
  }

  LimitSettings.Attachments attachments() {
    return attachments;
  }

  BulkUploads.Memory loads() {
    return loads;
  }

  private static long heapBytes() {
    return Runtime.getRuntime().maxMemory();
  }

  ResponseBudget answers() {
    return answers;
  }

  RowCache rows() {
    return rows;
  }

  Docs docs() {
    return docs;
  }

  void listensOn(int actualPort) {
    port = actualPort;
  }

  /** The port that is listened on; 0 before that. */
  public int port() {
    return port;
  }
}
