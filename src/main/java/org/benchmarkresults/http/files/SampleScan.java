package org.benchmarkresults.http.files;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Recognises the samples of lm-eval, one JSON object a line, and computes the hash of their task
 * while they arrive. The memory is the same whatever the length of a line.
 *
 * <p>{@code EvaluationTracker.save_results_aggregated} of lm-eval writes into {@code task_hashes}
 * of the results the SHA-256 of {@code doc_hash}, {@code prompt_hash} and {@code target_hash} of
 * all samples of the task, in their order.
 */
final class SampleScan {
  private static final int LONGEST_TOKEN = 128;
  private static final Set<String> ANSWERS = Set.of("arguments", "resps", "filtered_resps");

  private final MessageDigest hash = sha256();
  private final byte[] token = new byte[LONGEST_TOKEN];
  private int tokenLength;
  private boolean isInString;
  private boolean isEscaped;
  private boolean isBehindColon;
  private int depth;
  private String key = "";
  private @Nullable String docHash;
  private @Nullable String promptHash;
  private @Nullable String targetHash;
  private boolean hasId;
  private boolean hasDoc;
  private boolean hasAnswer;
  private boolean areAllSamples = true;
  private boolean areAllHashed = true;
  private long samples;

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /** Reads the next bytes of the file. */
  void read(byte[] bytes, int from, int length) {
    for (int i = from; i < from + length; i++) {
      if (isInString) {
        inString(bytes[i]);
      } else {
        between(bytes[i]);
      }
    }
  }

  private void inString(byte unit) {
    if (isEscaped) {
      isEscaped = false;
    } else if (unit == '\\') {
      isEscaped = true;
    } else if (unit == '"') {
      isInString = false;
      if (depth == 1) {
        endOfToken();
      }
      return;
    }
    if (depth == 1) {
      if (tokenLength < LONGEST_TOKEN) {
        token[tokenLength] = unit;
      }
      tokenLength++;
    }
  }

  private void between(byte unit) {
    switch (unit) {
      case '"' -> {
        isInString = true;
        tokenLength = 0;
      }
      case '{', '[' -> {
        if (depth == 0) {
          beginSample(unit == '{');
        }
        depth++;
      }
      case '}', ']' -> {
        depth--;
        if (depth == 0) {
          endSample();
        }
      }
      case ':' -> isBehindColon = true;
      case ',' -> isBehindColon = depth != 1 && isBehindColon;
      default -> {}
    }
  }

  private void endOfToken() {
    String text =
        tokenLength > LONGEST_TOKEN
            ? ""
            : new String(token, 0, tokenLength, StandardCharsets.UTF_8);
    if (!isBehindColon) {
      key = text;
      hasId |= text.equals("doc_id");
      hasDoc |= text.equals("doc");
      hasAnswer |= ANSWERS.contains(text);
      return;
    }
    switch (key) {
      case "doc_hash" -> docHash = text;
      case "prompt_hash" -> promptHash = text;
      case "target_hash" -> targetHash = text;
      default -> {}
    }
  }

  private void beginSample(boolean isObject) {
    areAllSamples &= isObject;
    isBehindColon = false;
    docHash = null;
    promptHash = null;
    targetHash = null;
    hasId = false;
    hasDoc = false;
    hasAnswer = false;
  }

  private void endSample() {
    samples++;
    areAllSamples &= hasId && hasDoc && hasAnswer;
    if (docHash == null || promptHash == null || targetHash == null) {
      areAllHashed = false;
      return;
    }
    for (String part : new String[] {docHash, promptHash, targetHash}) {
      hash.update(part.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Whether every line is a sample. */
  boolean isOfSamples() {
    return samples > 0 && areAllSamples && depth == 0 && !isInString;
  }

  /** The hash of the task; null when releases before 0.4.2 wrote the file. To be called once. */
  @Nullable String taskHash() {
    return isOfSamples() && areAllHashed ? HexFormat.of().formatHex(hash.digest()) : null;
  }
}
