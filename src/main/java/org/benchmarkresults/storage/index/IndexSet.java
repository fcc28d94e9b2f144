package org.benchmarkresults.storage.index;

import com.mongodb.client.model.IndexModel;
import java.util.List;

/** Indexes of one collection, declared by the package that queries it. */
public record IndexSet(String collection, List<IndexModel> indexes) {
  public IndexSet {
    indexes = List.copyOf(indexes);
  }
}
