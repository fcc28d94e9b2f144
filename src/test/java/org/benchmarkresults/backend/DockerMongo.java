package org.benchmarkresults.backend;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.mongodb.MongoDBContainer;

/** A MongoDB in a container, which Testcontainers removes when this process ends. */
final class DockerMongo {
  private static final Logger LOG = LoggerFactory.getLogger(DockerMongo.class);
  private static final String IMAGE =
      Optional.ofNullable(System.getenv("TEST_MONGO_IMAGE")).orElse("mongo:7.0");
  private static final int MONGOD_PORT = 27017;
  private static final String DEFAULT_ENGINE = "unix:///var/run/docker.sock";
  private static final int PATIENCE_MILLIS = 2_000;

  private DockerMongo() {}

  /** Its URL, empty when no Docker engine answers, or it has no image and cannot get it. */
  static Optional<String> start() {
    // Testcontainers takes seconds and pages of log to find out that there is no engine.
    return engineAnswers() ? container() : Optional.empty();
  }

  private static Optional<String> container() {
    try {
      MongoDBContainer container = new MongoDBContainer(IMAGE).withCommand("--replSet", "rs0");
      container.start();
      String address = container.getHost() + ":" + container.getMappedPort(MONGOD_PORT);
      String direct = "mongodb://" + address + "/?directConnection=true";
      ReplicaSet.initiate(direct, "localhost:" + MONGOD_PORT);
      ReplicaSet.awaitPrimary(direct);
      return Optional.of(direct);
    } catch (ContainerFetchException | ContainerLaunchException | IllegalStateException e) {
      LOG.warn("Docker answers but runs no {}: {}", IMAGE, e.getMessage());
      return Optional.empty();
    }
  }

  private static boolean engineAnswers() {
    String engine = Optional.ofNullable(System.getenv("DOCKER_HOST")).orElse(DEFAULT_ENGINE);
    try {
      SocketAddress address = address(URI.create(engine));
      return address != null && answersPing(address);
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }

  private static SocketAddress address(URI engine) {
    if ("unix".equals(engine.getScheme())) {
      Path socket = Path.of(engine.getPath());
      return Files.exists(socket) ? UnixDomainSocketAddress.of(socket) : null;
    }
    return engine.getHost() == null
        ? null
        : new InetSocketAddress(engine.getHost(), engine.getPort());
  }

  private static boolean answersPing(SocketAddress address) throws IOException {
    boolean unix = address instanceof UnixDomainSocketAddress;
    try (Selector selector = Selector.open();
        SocketChannel channel =
            unix ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open()) {
      channel.configureBlocking(false);
      boolean connected = channel.connect(address);
      SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
      if (!connected && (selector.select(PATIENCE_MILLIS) == 0 || !channel.finishConnect())) {
        return false;
      }
      channel.write(StandardCharsets.US_ASCII.encode("GET /_ping HTTP/1.0\r\n\r\n"));
      selector.selectedKeys().clear();
      key.interestOps(SelectionKey.OP_READ);
      ByteBuffer answer = ByteBuffer.allocate(1024);
      boolean answered = selector.select(PATIENCE_MILLIS) > 0 && channel.read(answer) > 0;
      return answered
          && StandardCharsets.US_ASCII.decode(answer.flip()).toString().contains(" 200 ");
    }
  }
}
