package org.benchmarkresults.storage.embedded;

import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import de.bwaldvogel.mongo.wire.message.MongoQuery;
import io.netty.channel.Channel;
import java.time.Clock;
import java.util.Collection;
import java.util.List;

/** Sends each command to the backend of the file that is open at the time. */
final class GuardedBackend implements MongoBackend {
  private final EmbeddedStore store;
  private final Walks walks = new Walks();

  GuardedBackend(EmbeddedStore store) {
    this.store = store;
  }

  @Override
  public Document handleMessage(MongoMessage message) {
    String command = message.getDocument().keySet().iterator().next();
    if (command.equals(BackupRequest.COMMAND)) {
      return BackupRequest.begin(store);
    }
    try {
      return walks.inTurn(
          message.getDocument(),
          () -> store.run(command, backend -> answer(backend, command, message)));
    } catch (NotNow e) {
      // Thrown further, it would be logged for each command.
      return e.answer();
    }
  }

  private static Document answer(MongoBackend backend, String command, MongoMessage message) {
    return command.equals(ValuesRequest.COMMAND)
        ? ValuesRequest.answer(backend, message)
        : backend.handleMessage(message);
  }

  @Override
  public Document handleCommand(Channel channel, String database, String command, Document query) {
    return store.run(command, backend -> backend.handleCommand(channel, database, command, query));
  }

  @Override
  public QueryResult handleQuery(MongoQuery query) {
    return store.run("find", backend -> backend.handleQuery(query));
  }

  @Override
  public void handleClose(Channel channel) {
    store.backend().handleClose(channel);
  }

  @Override
  public void dropDatabase(String database) {
    var unused =
        store.run(
            "dropDatabase",
            backend -> {
              backend.dropDatabase(database);
              return database;
            });
  }

  @Override
  public Collection<Document> getCurrentOperations(MongoQuery query) {
    return store.backend().getCurrentOperations(query);
  }

  @Override
  public Document getServerStatus() {
    return store.run("serverStatus", MongoBackend::getServerStatus);
  }

  /** The store is closed by who opened it. */
  @Override
  public void close() {}

  @Override
  public void closeCursors(List<Long> cursors) {
    store.backend().closeCursors(cursors);
  }

  @Override
  public Clock getClock() {
    return store.backend().getClock();
  }

  @Override
  public void enableOplog() {
    throw new UnsupportedOperationException("there is no oplog");
  }

  @Override
  public void disableOplog() {}

  @Override
  public MongoDatabase resolveDatabase(String database) {
    return store.backend().resolveDatabase(database);
  }

  @Override
  public MongoBackend version(MongoVersion version) {
    store.backend().version(version);
    return this;
  }
}
