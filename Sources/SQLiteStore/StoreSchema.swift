import GRDB

/// The tables of a state folder. A migration that was released is never changed; another one is added after it.
///
/// Every value is a JSON document; beside it stand only the columns that a query or a constraint needs.
enum StoreSchema {
  static let migrator: DatabaseMigrator = {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("v1: pipelines, runs, requests, intents, states, catalogs") { try first($0) }
    migrator.registerMigration("v2: slots, schedules") { try $0.execute(sql: slots + scheduledSince) }
    migrator.registerMigration("v3: the past may go") { try $0.execute(sql: pruning) }
    migrator.registerMigration("v4: commits") { try $0.execute(sql: commits) }
    migrator.registerMigration("v5: documents of engines") { try $0.execute(sql: engineDocuments) }
    migrator.registerMigration("v6: what was ordered and never was may go") { try $0.execute(sql: dropping) }
    return migrator
  }()

  private static func first(_ database: Database) throws {
    try database.execute(sql: identity + pipelines + ledger + history)
  }

  private static let identity = """
    CREATE TABLE meta (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      folder TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      environment TEXT
    ) STRICT;
    INSERT INTO meta (id, folder, created_at)
      VALUES (1, lower(hex(randomblob(16))), CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER));

    """

  /// The index allows one active run per pipeline; runs that somebody else started are facts, and always recorded.
  private static let pipelines = """
    CREATE TABLE pipelines (name TEXT PRIMARY KEY NOT NULL, document TEXT NOT NULL) STRICT;
    CREATE TABLE runs (
      pipeline TEXT NOT NULL REFERENCES pipelines (name) DEFERRABLE INITIALLY DEFERRED,
      number INTEGER NOT NULL,
      active INTEGER NOT NULL CHECK (active IN (0, 1)),
      external INTEGER NOT NULL CHECK (external IN (0, 1)),
      document TEXT NOT NULL,
      PRIMARY KEY (pipeline, number)
    ) STRICT;
    CREATE UNIQUE INDEX one_active_run ON runs (pipeline) WHERE active = 1 AND external = 0;
    CREATE INDEX active_runs ON runs (pipeline, number) WHERE active = 1;

    """

  /// The key of a request is what makes it act at most once, so the ledger loses no line and settles each line once.
  private static let ledger = """
    CREATE TABLE requests (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT,
      pipeline TEXT NOT NULL,
      request TEXT NOT NULL,
      settled INTEGER NOT NULL CHECK (settled IN (0, 1)),
      document TEXT NOT NULL,
      UNIQUE (pipeline, request)
    ) STRICT;
    CREATE INDEX open_requests ON requests (pipeline, request) WHERE settled = 0;
    CREATE TRIGGER requests_stay BEFORE DELETE ON requests BEGIN SELECT RAISE(ABORT, 'the ledger is never pruned'); END;
    CREATE TRIGGER requests_stay_settled BEFORE UPDATE ON requests WHEN OLD.settled = 1 AND NEW.settled = 0
      BEGIN SELECT RAISE(ABORT, 'a settled request stays settled'); END;
    CREATE TABLE intents (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      pipeline TEXT NOT NULL,
      open INTEGER NOT NULL CHECK (open IN (0, 1)),
      document TEXT NOT NULL
    ) STRICT;
    CREATE INDEX intents_of_pipeline ON intents (pipeline, sequence);
    CREATE INDEX open_intents ON intents (pipeline, id) WHERE open = 1;

    """

  /// The key of a slot is its instant, and its first outcome counts: a clock that goes back repeats none.
  private static let slots = """
    CREATE TABLE slots (
      pipeline TEXT NOT NULL,
      instant INTEGER NOT NULL,
      document TEXT NOT NULL,
      PRIMARY KEY (pipeline, instant)
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER slots_stay_as_they_are BEFORE UPDATE ON slots
      BEGIN SELECT RAISE(ABORT, 'a slot has one outcome'); END;
    CREATE TABLE schedules (pipeline TEXT PRIMARY KEY NOT NULL, document TEXT NOT NULL) STRICT, WITHOUT ROWID;

    """

  /// What engines keep; a document means something to its engine alone.
  private static let engineDocuments = """
    CREATE TABLE engine_documents (
      engine TEXT NOT NULL,
      key TEXT NOT NULL,
      text TEXT NOT NULL,
      PRIMARY KEY (engine, key)
    ) STRICT, WITHOUT ROWID;
    """

  /// What was applied before slots were kept has had its schedule since then.
  private static let scheduledSince = """
    UPDATE pipelines SET document = json_set(document, '$.scheduledSince', json_extract(document, '$.appliedAt'))
      WHERE json_extract(document, '$.scheduledSince') IS NULL;
    """

  private static let history = """
    CREATE TABLE states (
      version INTEGER PRIMARY KEY AUTOINCREMENT,
      pipeline TEXT NOT NULL,
      origin TEXT NOT NULL,
      at INTEGER NOT NULL,
      text TEXT,
      UNIQUE (pipeline, origin)
    ) STRICT;
    CREATE INDEX states_of_pipeline ON states (pipeline, version);
    CREATE TRIGGER states_stay BEFORE DELETE ON states BEGIN SELECT RAISE(ABORT, 'states are only added'); END;
    CREATE TRIGGER states_stay_as_they_are BEFORE UPDATE ON states
      BEGIN SELECT RAISE(ABORT, 'states are only added'); END;
    CREATE TABLE catalogs (pipeline TEXT PRIMARY KEY NOT NULL, document TEXT NOT NULL) STRICT;
    """

  /// What came of the commits of a source that is followed; the last thousand are kept.
  private static let commits = """
    CREATE TABLE commits (number INTEGER PRIMARY KEY AUTOINCREMENT, document TEXT NOT NULL) STRICT;
    CREATE TRIGGER old_commits_go AFTER INSERT ON commits
      BEGIN DELETE FROM commits WHERE number <= NEW.number - 1000; END;
    """

  /// Old versions of a state may go; the one that the next run begins with may not.
  private static let pruning = """
    DROP TRIGGER states_stay;
    CREATE TRIGGER latest_state_stays BEFORE DELETE ON states
      WHEN OLD.version = (SELECT max(version) FROM states WHERE pipeline = OLD.pipeline)
      BEGIN SELECT RAISE(ABORT, 'the latest state stays'); END;
    CREATE TRIGGER latest_run_stays BEFORE DELETE ON runs
      WHEN OLD.active = 1 OR OLD.number = (SELECT max(number) FROM runs WHERE pipeline = OLD.pipeline)
      BEGIN SELECT RAISE(ABORT, 'the latest run and active ones stay'); END;
    CREATE TRIGGER open_intents_stay BEFORE DELETE ON intents WHEN OLD.open = 1
      BEGIN SELECT RAISE(ABORT, 'an open intent stays'); END;
    """

  /// A run that has begun stays, where it is the latest or active; one that was ordered and never was is none.
  private static let dropping = """
    DROP TRIGGER latest_run_stays;
    CREATE TRIGGER latest_run_stays BEFORE DELETE ON runs
      WHEN (OLD.active = 1 OR OLD.number = (SELECT max(number) FROM runs WHERE pipeline = OLD.pipeline))
        AND json_type(OLD.document, '$.report.status.starting') IS NULL
      BEGIN SELECT RAISE(ABORT, 'the latest run and active ones stay'); END;
    """
}
