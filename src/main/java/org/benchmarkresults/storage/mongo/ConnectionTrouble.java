package org.benchmarkresults.storage.mongo;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoConfigurationException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoSocketClosedException;
import com.mongodb.MongoSocketReadException;
import com.mongodb.MongoSocketWriteException;
import com.mongodb.connection.ClusterDescription;
import com.mongodb.connection.ClusterType;
import com.mongodb.connection.ServerDescription;
import com.mongodb.event.ClusterDescriptionChangedEvent;
import com.mongodb.event.ClusterListener;
import com.mongodb.event.ServerDescriptionChangedEvent;
import com.mongodb.event.ServerListener;
import io.netty.channel.ConnectTimeoutException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import org.benchmarkresults.model.node.DatabaseState;
import org.benchmarkresults.model.node.DatabaseState.Trouble;
import org.bson.BSONException;
import org.jspecify.annotations.Nullable;

/**
 * Diagnoses why the database is unavailable, from the driver's exceptions and its last view of the
 * servers. Only types and codes of exceptions decide; their texts go to the log alone. Thread-safe.
 */
public final class ConnectionTrouble implements ClusterListener, ServerListener {
  private static final int AUTHENTICATION_FAILED = 18;
  private static final int UNAUTHORIZED = 13;
  private static final String NOT_AUTHORIZED = "not_authorized";
  private static final int MAX_DETAIL = 200;
  private static final Trouble SILENT =
      new Trouble(DatabaseState.NO_ANSWER, "it did not answer in time", "");

  private static final Trouble WRONG_SET =
      new Trouble(
          "wrong_replica_set", "the servers belong to another replica set than the URL names", "");

  private final @Nullable String replicaSet;
  private volatile @Nullable ClusterDescription cluster;

  /** Kept here because the driver drops servers of another replica set from its description. */
  private volatile boolean isOtherSet;

  /**
   * @param replicaSet from the URL; null for none
   */
  ConnectionTrouble(@Nullable String replicaSet) {
    this.replicaSet = replicaSet;
  }

  @Override
  public void serverDescriptionChanged(ServerDescriptionChangedEvent event) {
    ServerDescription server = event.getNewDescription();
    if (replicaSet != null && server.isOk()) {
      isOtherSet = !replicaSet.equals(server.getSetName());
    }
  }

  @Override
  public void clusterDescriptionChanged(ClusterDescriptionChangedEvent event) {
    cluster = event.getNewDescription();
  }

  /** The reason of a failure, or else the last known one. */
  public Trouble of(Throwable failure) {
    Trouble reason = reason(failure);
    return reason == null ? known() : reason;
  }

  /** The reason when the server denied an operation; null for other failures. */
  public @Nullable Trouble refusal(Throwable failure) {
    Trouble reason = reason(failure);
    return reason != null && reason.reason().equals(NOT_AUTHORIZED) ? reason : null;
  }

  /** The reason by the driver's view of the servers. */
  public Trouble known() {
    ClusterDescription last = cluster;
    if (last == null) {
      return SILENT;
    }
    if (last.getSrvResolutionException() != null) {
      return new Trouble(
          "unknown_host",
          "its host name cannot be resolved",
          detail(last.getSrvResolutionException()));
    }
    if (isOtherSet
        || last.getServerDescriptions().stream().anyMatch(ConnectionTrouble::isOfOtherSet)) {
      return WRONG_SET;
    }
    for (ServerDescription server : last.getServerDescriptions()) {
      Trouble reason = server.getException() == null ? null : reason(server.getException());
      if (reason != null) {
        return reason;
      }
    }
    boolean hasServer = last.getServerDescriptions().stream().anyMatch(ServerDescription::isOk);
    boolean hasPrimary =
        last.getServerDescriptions().stream().anyMatch(ServerDescription::isPrimary)
            || last.getType() != ClusterType.REPLICA_SET;
    return hasServer && !hasPrimary
        ? new Trouble("no_primary", "its replica set has no primary", "")
        : SILENT;
  }

  /** The exception of a direct connection to a server of another replica set. */
  private static boolean isOfOtherSet(ServerDescription server) {
    return server.getException() instanceof MongoConfigurationException;
  }

  private static @Nullable Trouble reason(Throwable failure) {
    Trouble reason = null;
    // The innermost cause is the most specific.
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      Trouble inner = ofOne(cause);
      reason = inner == null ? reason : inner;
    }
    return reason;
  }

  private static @Nullable Trouble ofOne(Throwable failure) {
    return switch (failure) {
      case CertificateException e -> refusedCertificate(e);
      case CertPathValidatorException e -> refusedCertificate(e);
      case CertPathBuilderException e -> refusedCertificate(e);
      case SSLException e -> new Trouble("tls_failed", "the TLS handshake failed", detail(e));
      case UnknownHostException e ->
          new Trouble("unknown_host", "its host name cannot be resolved", detail(e));
      case ConnectTimeoutException e ->
          new Trouble(DatabaseState.NO_ANSWER, SILENT.words(), detail(e));
      case ConnectException e ->
          new Trouble("connection_refused", "it refuses connections", detail(e));
      case MongoCommandException e when e.getErrorCode() == AUTHENTICATION_FAILED -> refusedUser(e);
      case MongoCommandException e when e.getErrorCode() == UNAUTHORIZED ->
          new Trouble(NOT_AUTHORIZED, "its user is not authorized for this database", detail(e));
      case MongoSecurityException e -> refusedUser(e);
      case NoRouteToHostException e ->
          new Trouble("unreachable", "there is no network route to its host", detail(e));
      case MongoSocketReadException e -> closed(e);
      case MongoSocketWriteException e -> closed(e);
      case MongoSocketClosedException e -> closed(e);
      case ClosedChannelException e -> closed(e);
      case SocketException e -> closed(e);
      case BSONException e -> noMongodb(e);
      default -> null;
    };
  }

  private static Trouble closed(Throwable failure) {
    return new Trouble(
        "connection_closed",
        "it closes connections at once; check that TLS is on or off at both ends",
        detail(failure));
  }

  private static Trouble noMongodb(Throwable failure) {
    return new Trouble("not_mongodb", "the server is not MongoDB", detail(failure));
  }

  private static Trouble refusedCertificate(Throwable failure) {
    return new Trouble("certificate_refused", "its certificate is not trusted", detail(failure));
  }

  private static Trouble refusedUser(Throwable failure) {
    return new Trouble(
        "authentication_failed", "it rejects the user name or the password", detail(failure));
  }

  /** One line for the log. The driver masks passwords in its texts. */
  private static String detail(Throwable failure) {
    String text = failure.getClass().getSimpleName() + ": " + failure.getMessage();
    String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ");
    return line.length() > MAX_DETAIL ? line.substring(0, MAX_DETAIL) : line;
  }
}
