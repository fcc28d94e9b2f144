package org.benchmarkresults;

import static org.benchmarkresults.backend.Backend.EMBEDDED;

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

/** Every suite on the embedded database. */
class OnEmbeddedTest {
  @Nested
  class DropInAnswers extends DropInAnswersSuite {
    DropInAnswers() {
      super(EMBEDDED);
    }
  }

  @Nested
  class Envelope extends EnvelopeSuite {
    Envelope() {
      super(EMBEDDED);
    }
  }

  @Nested
  class NumberFilters extends NumberFiltersSuite {
    NumberFilters() {
      super(EMBEDDED);
    }
  }

  @Nested
  class Import extends ImportSuite {
    Import() {
      super(EMBEDDED);
    }
  }

  @Nested
  class ImportRuns extends ImportRunsSuite {
    ImportRuns() {
      super(EMBEDDED);
    }
  }

  @Nested
  class LargeUpload extends LargeUploadSuite {
    LargeUpload() {
      super(EMBEDDED);
    }
  }

  @Nested
  class List extends ListSuite {
    List() {
      super(EMBEDDED);
    }
  }

  @Nested
  class Load extends LoadSuite {
    Load() {
      super(EMBEDDED);
    }
  }

  @Nested
  class LoadVersions extends LoadVersionsSuite {
    LoadVersions() {
      super(EMBEDDED);
    }
  }

  @Nested
  class Names extends NamesSuite {
    Names() {
      super(EMBEDDED);
    }
  }

  @Nested
  class NothingLost extends NothingLostSuite {
    NothingLost() {
      super(EMBEDDED);
    }
  }

  @Nested
  class Reading extends ReadingSuite {
    Reading() {
      super(EMBEDDED);
    }
  }

  @Nested
  class ToolFiles extends ToolFilesSuite {
    ToolFiles() {
      super(EMBEDDED);
    }
  }

  @Nested
  class Runs extends RunsSuite {
    Runs() {
      super(EMBEDDED);
    }
  }

  @Nested
  class ValueLists extends ValueListsSuite {
    ValueLists() {
      super(EMBEDDED);
    }
  }

  @Nested
  class ConcurrentSaves extends ConcurrentSavesSuite {
    ConcurrentSaves() {
      super(EMBEDDED);
    }
  }

  @Nested
  class LargeData extends LargeDataSuite {
    LargeData() {
      super(EMBEDDED);
    }
  }

  @Nested
  class ResultList extends ResultListSuite {
    public ResultList() {
      super(EMBEDDED);
    }
  }

  @Nested
  class ResultStore extends ResultStoreSuite {
    public ResultStore() {
      super(EMBEDDED);
    }
  }

  @Nested
  class Deletions extends DeletionsSuite {
    public Deletions() {
      super(EMBEDDED);
    }
  }

  @Nested
  class DeletionLeftovers extends DeletionLeftoversSuite {
    DeletionLeftovers() {
      super(EMBEDDED);
    }
  }

  @Nested
  class ConcurrentDeletions extends ConcurrentDeletionsSuite {
    ConcurrentDeletions() {
      super(EMBEDDED);
    }
  }

  @Nested
  class Deleting extends DeletingSuite {
    Deleting() {
      super(EMBEDDED);
    }
  }

  @Nested
  class Retention extends RetentionSuite {
    Retention() {
      super(EMBEDDED);
    }
  }

  @Nested
  class Purge extends PurgeSuite {
    Purge() {
      super(EMBEDDED);
    }
  }

  @Nested
  class FilterParameters extends FilterParametersSuite {
    FilterParameters() {
      super(EMBEDDED);
    }
  }

  @Nested
  class Pages extends PagesSuite {
    Pages() {
      super(EMBEDDED);
    }
  }

  @Nested
  class Lines extends LinesSuite {
    Lines() {
      super(EMBEDDED);
    }
  }

  @Nested
  class Tables extends TablesSuite {
    Tables() {
      super(EMBEDDED);
    }
  }

  @Nested
  class CompressedResults extends CompressedResultsSuite {
    CompressedResults() {
      super(EMBEDDED);
    }
  }

  @Nested
  class RestrictedKeys extends RestrictedKeysSuite {
    RestrictedKeys() {
      super(EMBEDDED);
    }
  }

  @Nested
  class Keys extends KeysSuite {
    public Keys() {
      super(EMBEDDED);
    }
  }

  @Nested
  class Events extends EventsSuite {
    Events() {
      super(EMBEDDED);
    }
  }

  @Nested
  class StoredSince extends StoredSinceSuite {
    public StoredSince() {
      super(EMBEDDED);
    }
  }

  @Nested
  class Versions extends VersionsSuite {
    Versions() {
      super(EMBEDDED);
    }
  }

  @Nested
  class InstantUpgrade extends InstantUpgradeSuite {
    InstantUpgrade() {
      super(EMBEDDED);
    }
  }

  @Nested
  class MalformedDocuments extends MalformedDocumentsSuite {
    MalformedDocuments() {
      super(EMBEDDED);
    }
  }
}
