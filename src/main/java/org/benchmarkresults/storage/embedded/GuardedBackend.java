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

/** Delegates each command to the backend of the currently open file. */
final class GuardedBackend implements MongoBackend {
  private final EmbeddedStore store;
  private final ScanLimit scans = new ScanLimit();

  GuardedBackend(EmbeddedStore store) {
    this.store = store;
  }

  @Override
  public Document handleMessage(MongoMessage message) {
    String command = message.getDocument().keySet().iterator().next();
    if (command.equals(BackupCommand.COMMAND)) {
      return BackupCommand.begin(store);
    }
    try {
      return scans.run(
          message.getDocument(),
          () -> store.run(command, backend -> execute(backend, command, message)));
    } catch (TemporaryError e) {
      // Returned and not thrown, because the server logs every exception.
      return e.reply();
    }
  }

  private static Document execute(MongoBackend backend, String command, MongoMessage message) {
    return command.equals(ValuesCommand.COMMAND)
        ? ValuesCommand.execute(backend, message)
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

  /** The owner of the store closes it. */
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
