package org.benchmarkresults.service.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.util.Random;
import org.benchmarkresults.backend.Answer;
import org.benchmarkresults.backend.Await;
import org.benchmarkresults.backend.Backend;
import org.benchmarkresults.backend.Client;
import org.benchmarkresults.backend.Database;
import org.benchmarkresults.service.Bodies;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Attachments cross the bus from a node that speaks HTTP to others that store. */
@Tag("chaos")
@ExtendWith(VertxExtension.class)
class ClusterAttachmentsTest {
  @TempDir Path folder;

  private final Database database = Backend.MONGOD.freshDatabase();
  private ClusterNodes nodes;

  @BeforeEach
  void begin() {
    nodes = new ClusterNodes(database, folder);
  }

  @AfterEach
  void end() {
    nodes.close();
    database.close();
  }

  /** Each node has 192 MiB of heap. */
  @Test
  void anAttachmentGoesInAndComesOut(Vertx vertx) {
    nodes.start(11, "http");
    nodes.start(12, "storage,health");
    nodes.start(13, "storage,health");
    Client client = new Client(vertx, nodes.httpPort());
    Await.until(() -> isReady(client), nodes::logs);
    byte[] bytes = new byte[60_000_000];
    new Random(1).nextBytes(bytes);
    Buffer body = Buffer.buffer(bytes);
    assertEquals(200, client.post("/raw_input", Bodies.withData("a", "1")).status());
    String path = Bodies.path("a") + "/attachments/a.bin";

    Answer stored = client.send(HttpMethod.PUT, path, body).await();
    Answer same = client.send(HttpMethod.PUT, path, body).await();
    Answer other = client.send(HttpMethod.PUT, path, Buffer.buffer("x")).await();

    assertEquals(201, stored.status(), nodes::logs);
    assertEquals(200, same.status(), nodes::logs);
    assertEquals(428, other.status());
    assertEquals(body, client.get(path).body());
    Answer part = client.get(path, "Range", "bytes=261119-522240");
    assertEquals(body.slice(261_119, 522_241), part.body());
    assertEquals(1, client.get(Bodies.path("a") + "/attachments").array().size());
    assertEquals(204, client.send(HttpMethod.DELETE, path, Buffer.buffer()).await().status());
    assertFalse(nodes.logs().contains("OutOfMemoryError"), nodes::logs);
  }

  private static boolean isReady(Client client) {
    return client
        .send(HttpMethod.GET, "/health/ready", Buffer.buffer())
        .map(answer -> answer.status() == 200)
        // Nothing listens yet.
        .otherwise(false)
        .await();
  }
}
