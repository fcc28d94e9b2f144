package org.benchmarkresults;

import static org.benchmarkresults.backend.Backend.MONGOD;

import org.benchmarkresults.service.CompressedResultsSuite;
import org.benchmarkresults.service.DeletingSuite;
import org.benchmarkresults.service.DropInAnswersSuite;
import org.benchmarkresults.service.EnvelopeSuite;
import org.benchmarkresults.service.EventsSuite;
import org.benchmarkresults.service.FilterParametersSuite;
import org.benchmarkresults.service.KeysSuite;
import org.benchmarkresults.service.LargeUploadSuite;
import org.benchmarkresults.service.LinesSuite;
import org.benchmarkresults.service.ListSuite;
import org.benchmarkresults.service.LoadSuite;
import org.benchmarkresults.service.LoadVersionsSuite;
import org.benchmarkresults.service.NamesSuite;
import org.benchmarkresults.service.NothingLostSuite;
import org.benchmarkresults.service.NumberFiltersSuite;
import org.benchmarkresults.service.PagesSuite;
import org.benchmarkresults.service.ReadingSuite;
import org.benchmarkresults.service.RestrictedKeysSuite;
import org.benchmarkresults.service.RunsSuite;
import org.benchmarkresults.service.TablesSuite;
import org.benchmarkresults.service.ToolFilesSuite;
import org.benchmarkresults.service.ValueListsSuite;
import org.benchmarkresults.service.VersionsSuite;
import org.benchmarkresults.storage.ConcurrentDeletionsSuite;
import org.benchmarkresults.storage.ConcurrentSavesSuite;
import org.benchmarkresults.storage.DeletionLeftoversSuite;
import org.benchmarkresults.storage.InstantUpgradeSuite;
import org.benchmarkresults.storage.MalformedDocumentsSuite;
import org.benchmarkresults.storage.retention.DeletionsSuite;
import org.benchmarkresults.storage.retention.PurgeSuite;
import org.benchmarkresults.storage.retention.RetentionSuite;
import org.benchmarkresults.storage.save.LargeDataSuite;
import org.benchmarkresults.storage.save.ResultStoreSuite;
import org.benchmarkresults.storage.search.ResultListSuite;
import org.benchmarkresults.storage.search.StoredSinceSuite;
import org.junit.jupiter.api.Nested;

/** Every suite on a real MongoDB. */
class OnMongodTest {
  @Nested
  class DropInAnswers extends DropInAnswersSuite {
    DropInAnswers() {
      super(MONGOD);
    }
  }

  @Nested
  class Envelope extends EnvelopeSuite {
    Envelope() {
      super(MONGOD);
    }
  }

  @Nested
  class NumberFilters extends NumberFiltersSuite {
    NumberFilters() {
      super(MONGOD);
    }
  }

  @Nested
  class Import extends ImportSuite {
    Import() {
      super(MONGOD);
    }
  }

  @Nested
  class ImportRuns extends ImportRunsSuite {
    ImportRuns() {
      super(MONGOD);
    }
  }

  @Nested
  class LargeUpload extends LargeUploadSuite {
    LargeUpload() {
      super(MONGOD);
    }
  }

  @Nested
  class List extends ListSuite {
    List() {
      super(MONGOD);
    }
  }

  @Nested
  class Load extends LoadSuite {
    Load() {
      super(MONGOD);
    }
  }

  @Nested
  class LoadVersions extends LoadVersionsSuite {
    LoadVersions() {
      super(MONGOD);
    }
  }

  @Nested
  class Names extends NamesSuite {
    Names() {
      super(MONGOD);
    }
  }

  @Nested
  class NothingLost extends NothingLostSuite {
    NothingLost() {
      super(MONGOD);
    }
  }

  @Nested
  class Reading extends ReadingSuite {
    Reading() {
      super(MONGOD);
    }
  }

  @Nested
  class ToolFiles extends ToolFilesSuite {
    ToolFiles() {
      super(MONGOD);
    }
  }

  @Nested
  class Runs extends RunsSuite {
    Runs() {
      super(MONGOD);
    }
  }

  @Nested
  class ValueLists extends ValueListsSuite {
    ValueLists() {
      super(MONGOD);
    }
  }

  @Nested
  class ConcurrentSaves extends ConcurrentSavesSuite {
    ConcurrentSaves() {
      super(MONGOD);
    }
  }

  @Nested
  class LargeData extends LargeDataSuite {
    LargeData() {
      super(MONGOD);
    }
  }

  @Nested
  class ResultList extends ResultListSuite {
    public ResultList() {
      super(MONGOD);
    }
  }

  @Nested
  class ResultStore extends ResultStoreSuite {
    public ResultStore() {
      super(MONGOD);
    }
  }

  @Nested
  class Deletions extends DeletionsSuite {
    public Deletions() {
      super(MONGOD);
    }
  }

  @Nested
  class DeletionLeftovers extends DeletionLeftoversSuite {
    DeletionLeftovers() {
      super(MONGOD);
    }
  }

  @Nested
  class ConcurrentDeletions extends ConcurrentDeletionsSuite {
    ConcurrentDeletions() {
      super(MONGOD);
    }
  }

  @Nested
  class Deleting extends DeletingSuite {
    Deleting() {
      super(MONGOD);
    }
  }

  @Nested
  class Retention extends RetentionSuite {
    Retention() {
      super(MONGOD);
    }
  }

  @Nested
  class Purge extends PurgeSuite {
    Purge() {
      super(MONGOD);
    }
  }

  @Nested
  class FilterParameters extends FilterParametersSuite {
    FilterParameters() {
      super(MONGOD);
    }
  }

  @Nested
  class Pages extends PagesSuite {
    Pages() {
      super(MONGOD);
    }
  }

  @Nested
  class Lines extends LinesSuite {
    Lines() {
      super(MONGOD);
    }
  }

  @Nested
  class Tables extends TablesSuite {
    Tables() {
      super(MONGOD);
    }
  }

  @Nested
  class CompressedResults extends CompressedResultsSuite {
    CompressedResults() {
      super(MONGOD);
    }
  }

  @Nested
  class RestrictedKeys extends RestrictedKeysSuite {
    RestrictedKeys() {
      super(MONGOD);
    }
  }

  @Nested
  class Keys extends KeysSuite {
    public Keys() {
      super(MONGOD);
    }
  }

  @Nested
  class Events extends EventsSuite {
    Events() {
      super(MONGOD);
    }
  }

  @Nested
  class StoredSince extends StoredSinceSuite {
    public StoredSince() {
      super(MONGOD);
    }
  }

  @Nested
  class Versions extends VersionsSuite {
    Versions() {
      super(MONGOD);
    }
  }

  @Nested
  class InstantUpgrade extends InstantUpgradeSuite {
    InstantUpgrade() {
      super(MONGOD);
    }
  }

  @Nested
  class MalformedDocuments extends MalformedDocumentsSuite {
    MalformedDocuments() {
      super(MONGOD);
    }
  }
}
