package org.benchmarkresults.model.version;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.benchmarkresults.model.result.Digest;
import org.benchmarkresults.model.result.Envelope;
import org.benchmarkresults.model.result.ExtraField;
import org.benchmarkresults.model.result.RawJson;
import org.jspecify.annotations.Nullable;

/** Names the members in which a version of a result differs from the one before. */
public final class EnvelopeChanges {
  private static final String DATA = "data";

  private EnvelopeChanges() {}

  /**
   * The names of the members that differ, as they are sent: those of the envelope, of the sender's
   * own also the ones that came or went, and {@code data}.
   */
  public static List<String> between(
      Envelope before, Digest dataBefore, Envelope after, Digest dataAfter) {
    List<String> changed = new ArrayList<>();
    addIfOther("model_id", before.modelId(), after.modelId(), changed);
    addIfOther("tokenizer_id", before.tokenizerId(), after.tokenizerId(), changed);
    addIfOther("source", before.source(), after.source(), changed);
    changed.addAll(further(before.extra(), after.extra()));
    addIfOther(DATA, dataBefore, dataAfter, changed);
    return changed;
  }

  private static void addIfOther(
      String name, @Nullable Object before, @Nullable Object after, List<String> changed) {
    if (!Objects.equals(before, after)) {
      changed.add(name);
    }
  }

  private static List<String> further(List<ExtraField> before, List<ExtraField> after) {
    Map<String, RawJson> then = byName(before);
    Map<String, RawJson> now = byName(after);
    Set<String> names = new LinkedHashSet<>(now.keySet());
    names.addAll(then.keySet());
    List<String> changed =
        names.stream().filter(name -> !Objects.equals(then.get(name), now.get(name))).toList();
    // The same members in another order are another version too: none of them is where it was.
    return changed.isEmpty() && !before.equals(after) ? List.copyOf(names) : changed;
  }

  private static Map<String, RawJson> byName(List<ExtraField> members) {
    Map<String, RawJson> byName = new LinkedHashMap<>();
    members.forEach(member -> byName.put(member.name(), member.value()));
    return byName;
  }
}
