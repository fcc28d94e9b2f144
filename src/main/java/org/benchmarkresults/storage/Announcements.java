package org.benchmarkresults.storage;

import java.util.List;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.bus.Topics;
import org.benchmarkresults.model.Result;
import org.benchmarkresults.model.SaveOutcome;
import org.benchmarkresults.model.StoredEvent;

/** Tells the bus what was stored, once it is safe. Stateless. */
final class Announcements {
  private final Bus bus;

  Announcements(Bus bus) {
    this.bus = bus;
  }

  void saved(List<Result> results, List<SaveOutcome> outcomes) {
    for (int i = 0; i < outcomes.size(); i++) {
      saved(results.get(i), outcomes.get(i));
    }
  }

  void saved(Result result, SaveOutcome outcome) {
    switch (outcome) {
      case SaveOutcome.Stored stored -> stored(result, 1);
      case SaveOutcome.NewVersion next -> stored(result, next.version());
      case SaveOutcome.AlreadyStored already -> {}
      case SaveOutcome.NameTaken taken -> {}
      case SaveOutcome.VersionRefused refused -> {}
      case SaveOutcome.NotKnown notKnown -> {}
      case SaveOutcome.Failed failed -> {}
    }
  }

  private void stored(Result result, int version) {
    bus.publish(Topics.STORED, StoredEvent.of(result, version));
  }
}
