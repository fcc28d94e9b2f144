package org.benchmarkresults.model.event;

import java.util.List;
import org.benchmarkresults.model.observation.ObservedResult;

/**
 * The observations of a result were stored.
 *
 * @param observations how many
 * @param tasks the names of their tasks, at most 100
 * @param metrics the names of their metrics, at most 100
 */
public record ObservedEvent(
    ObservedResult result, int observations, List<String> tasks, List<String> metrics) {
  public ObservedEvent {
    tasks = List.copyOf(tasks);
    metrics = List.copyOf(metrics);
  }
}
