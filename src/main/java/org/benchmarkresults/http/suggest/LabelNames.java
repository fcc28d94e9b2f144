package org.benchmarkresults.http.suggest;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.benchmarkresults.bus.AnnotationAddresses;
import org.benchmarkresults.bus.Bus;
import org.benchmarkresults.model.annotation.Label;
import org.benchmarkresults.model.annotation.request.LabelList;
import org.benchmarkresults.model.annotation.request.LabelQuery;

/** Labels as names: key and value with an equals sign, which no key has, between them. */
final class LabelNames {
  private LabelNames() {}

  static String of(Label label) {
    return label.key() + "=" + label.value();
  }

  private static Label label(String name) {
    int end = name.indexOf('=');
    return new Label(name.substring(0, end), name.substring(end + 1));
  }

  /**
   * Succeeds with those of some labels that results of benchmarks with the prefix have, with the
   * number of these results.
   */
  static Future<List<Suggestion>> within(String benchmarkPrefix, List<Suggestion> labels, Bus bus) {
    List<Future<LabelList>> found =
        labels.stream()
            .map(
                one ->
                    bus.request(
                        AnnotationAddresses.LABELS,
                        LabelQuery.of(label(one.name()), benchmarkPrefix)))
            .toList();
    return Future.all(found)
        .map(
            all -> {
              List<Suggestion> within = new ArrayList<>();
              for (int i = 0; i < labels.size(); i++) {
                for (LabelList.Used used : all.<LabelList>resultAt(i).labels()) {
                  within.add(labels.get(i).of(used.results().count()));
                }
              }
              return within;
            });
  }
}
