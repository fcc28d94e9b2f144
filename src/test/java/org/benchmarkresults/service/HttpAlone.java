package org.benchmarkresults.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.bus.Address;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.config.Config;
import org.benchmarkresults.config.ConfigLoader;
import org.benchmarkresults.http.HttpEndpoint;
import org.benchmarkresults.http.HttpShared;
import org.benchmarkresults.http.HttpVerticle;

/** The http room alone; what it asks on the bus is answered by the test. */
public record HttpAlone(Bus bus, Client client, int port) {
  private static final int OTHER_REQUESTS = 500;

  public static HttpAlone start(Vertx vertx) {
    return start(vertx, Map.of());
  }

  /**
   * @param settings as in the environment
   */
  public static HttpAlone start(Vertx vertx, Map<String, String> settings) {
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("HTTP_PORT", "0");
    Config config = ConfigLoader.load(Path.of("no-such-file"), environment);
    Bus bus = new Bus(vertx);
    HttpShared shared =
        HttpShared.load(vertx, bus, Clock.systemUTC(), config, new CompositeMeterRegistry())
            .await();
    vertx
        .deployVerticle(
            new HttpVerticle(
                config.http(),
                bus,
                Clock.systemUTC(),
                shared,
                HttpEndpoint.publicly(config, shared)))
        .await();
    return new HttpAlone(bus, new Client(vertx, shared.port()), shared.port());
  }

  /** Answers the questions at an address. */
  public <Q, A> void serve(Address<Q, A> address, Function<Q, Future<A>> server) {
    bus.serve(address, server);
  }

  /** The head of an answer whose body is not read before it is resumed. */
  public HttpClientResponse pausedAnswer(String path, String... headers) {
    return client
        .request(HttpMethod.GET, path, headers)
        .compose(request -> request.send().onSuccess(HttpClientResponse::pause))
        .await();
  }

  /** Requests in which a service without back-pressure would have fetched or taken everything. */
  public void letTheServiceWork() {
    for (int i = 0; i < OTHER_REQUESTS; i++) {
      assertEquals(404, client.get("/nothing").status());
    }
  }
}
