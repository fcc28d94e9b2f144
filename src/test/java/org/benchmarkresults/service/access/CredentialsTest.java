package org.benchmarkresults.service.access;

import static org.benchmarkresults.service.Problems.requireProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.benchmarkresults.Server;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.backend.Database;
import org.benchmarkresults.backend.Driver;
import org.benchmarkresults.service.Bodies;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A MongoDB that asks who is there. */
@ExtendWith(VertxExtension.class)
class CredentialsTest {
  private static final String USER = "runner";
  private static final String PASSWORD = "p@ss:w/rd%";
  private static final String ENCODED = "p%40ss%3Aw%2Frd%25";

  private Database database;
  private Server server;

  @BeforeEach
  void makeUser() {
    database = Backend.MONGOD.freshDatabase();
    Document user =
        new Document("createUser", USER)
            .append("pwd", PASSWORD)
            .append("roles", List.of("readWrite"));
    Driver.await(Driver.of(database).runCommand(user));
  }

  @AfterEach
  void dropUser() {
    if (server != null) {
      server.close().await();
    }
    if (database != null) {
      Driver.await(Driver.of(database).runCommand(new Document("dropUser", USER)));
      database.close();
    }
  }

  /** A typical URL of an operator: user, password, database and replica set. */
  private Client start(Vertx vertx, String password) {
    Map<String, String> environment = database.environment();
    String authority = "//" + USER + ":" + password + "@$2/" + environment.get("MONGO_DATABASE");
    String url = environment.get("MONGO_URL").replaceFirst("//([^@/]*@)?([^/]+)/", authority);
    // Without a timeout a save waits a minute for a database that may come back.
    var config = database.config(Map.of("MONGO_URL", url, "MONGO_SAVE_TIMEOUT", "0s"));
    server = Server.start(config, Clock.systemUTC()).await();
    return new Client(vertx, server.port());
  }

  @Test
  void aUserInTheUrlIsAuthenticated(Vertx vertx) {
    Client client = start(vertx, ENCODED);

    Answer saved = client.post("/raw_input", Bodies.withData("with credentials", "1"));

    assertEquals(200, saved.status(), saved::toString);
    assertEquals("connected", client.get("/health").json().getString("mongodb_status"));
  }

  @Test
  void aWrongPasswordIsADatabaseThatIsAway(Vertx vertx) {
    Client client = start(vertx, "wrong");

    Answer answer = client.post("/raw_input", Bodies.withData("refused", "1"));

    requireProblem(answer, 503, "unavailable", "/raw_input");
    assertFalse(answer.text().contains("wrong"), answer::toString);
    assertEquals("disconnected", client.get("/health").json().getString("mongodb_status"));
  }
}
