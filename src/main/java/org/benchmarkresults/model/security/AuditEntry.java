package org.benchmarkresults.model.security;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.benchmarkresults.model.Actor;
import org.benchmarkresults.model.result.Result;
import org.benchmarkresults.model.result.SaveOutcome;
import org.benchmarkresults.model.result.Stage;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the audit trail: who did what to which result, API key or aliases of a model, and
 * when.
 *
 * @param stage of the result; null where the entry is of none
 * @param resultName null where the entry is of no result
 * @param version of the result; null where the action has none
 * @param caller who it was, such as {@code key:7m2k…}, {@code jwt:somebody} or {@code command:root}
 * @param address where the request came from; empty where there was no request
 * @param requestId as the answer and the log have it; empty where there was no request
 * @param keyId of the API key; null where the entry is of none
 * @param modelId the model whose aliases were changed; null where the entry is of none
 * @param file name of the attachment; null where the entry is of none
 */
public record AuditEntry(
    Instant at,
    Action action,
    @Nullable Stage stage,
    @Nullable String resultName,
    @Nullable Integer version,
    String caller,
    String address,
    String requestId,
    @Nullable String keyId,
    @Nullable String modelId,
    @Nullable String file) {
  /** The kind of change. */
  public enum Action {
    STORED("stored"),
    /** The same was sent again. */
    ALREADY_STORED("already_stored"),
    NEW_VERSION("new_version"),
    DELETED("deleted"),
    RESTORED("restored"),
    /** Labels, note or exclusion were changed. */
    ANNOTATED("annotated"),
    /** Removed for good, with all its versions. */
    PURGED("purged"),
    /** An attachment was stored, or replaced. */
    ATTACHED("attached"),
    /** An attachment was removed. */
    DETACHED("detached"),
    KEY_CREATED("key_created"),
    KEY_REVOKED("key_revoked"),
    ALIASES_SET("aliases_set"),
    ALIASES_REMOVED("aliases_removed");

    private final String text;

    Action(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }

    public static Optional<Action> named(String text) {
      return Arrays.stream(values()).filter(action -> action.text.equals(text)).findFirst();
    }
  }

  /** An entry of a result. */
  public static AuditEntry ofResult(
      Instant at,
      Action action,
      Stage stage,
      String resultName,
      @Nullable Integer version,
      Actor actor) {
    return new AuditEntry(
        at,
        action,
        stage,
        resultName,
        version,
        actor.caller(),
        actor.address(),
        actor.requestId(),
        null,
        null,
        null);
  }

  /** An entry of an attachment. */
  public static AuditEntry ofAttachment(
      Instant at, Action action, Stage stage, String resultName, String file, Actor actor) {
    return new AuditEntry(
        at,
        action,
        stage,
        resultName,
        null,
        actor.caller(),
        actor.address(),
        actor.requestId(),
        null,
        null,
        file);
  }

  /** The entry of a save; null where nothing was stored or confirmed, or the save has no actor. */
  public static @Nullable AuditEntry ofSave(Instant at, Result result, SaveOutcome outcome) {
    Actor actor = result.actor();
    return actor == null
        ? null
        : switch (outcome) {
          case SaveOutcome.Stored stored -> ofSave(at, Action.STORED, result, 1, actor);
          case SaveOutcome.AlreadyStored already ->
              ofSave(at, Action.ALREADY_STORED, result, already.version(), actor);
          case SaveOutcome.NewVersion next ->
              ofSave(at, Action.NEW_VERSION, result, next.version(), actor);
          case SaveOutcome.NameTaken taken -> null;
          case SaveOutcome.VersionRefused refused -> null;
          case SaveOutcome.NotKnown notKnown -> null;
          case SaveOutcome.Failed failed -> null;
        };
  }

  private static AuditEntry ofSave(
      Instant at, Action action, Result result, int version, Actor actor) {
    String resultName = result.envelope().key().resultName();
    return ofResult(at, action, result.stage(), resultName, version, actor);
  }

  /** An entry of an API key, by a command: commands alone make and revoke keys. */
  public static AuditEntry ofKey(Instant at, Action action, String keyId, String caller) {
    return new AuditEntry(at, action, null, null, null, caller, "", "", keyId, null, null);
  }

  /** An entry of the aliases of a model. */
  public static AuditEntry ofModel(Instant at, Action action, String modelId, Actor actor) {
    return new AuditEntry(
        at,
        action,
        null,
        null,
        null,
        actor.caller(),
        actor.address(),
        actor.requestId(),
        null,
        modelId,
        null);
  }
}
