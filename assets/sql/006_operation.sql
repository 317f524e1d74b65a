-- The schema of version 6: what people enter, as operations that copies of a workspace exchange.

-- What one command did, whole: who (a unit, never a person), when, from which file.
CREATE TABLE batch (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid BLOB NOT NULL UNIQUE CHECK (length(uuid) = 16),
  unit_level TEXT NOT NULL CHECK (unit_level IN ('country', 'province', 'district', 'commune')),
  unit_code TEXT NOT NULL, unit_valid_from TEXT NOT NULL,
  sequence INTEGER NOT NULL CHECK (sequence > 0),  -- 1 + the largest that its maker held
  made_at TEXT NOT NULL,          -- UTC, ISO 8601, by the maker's clock
  file TEXT NOT NULL, sheet TEXT NOT NULL          -- pasted or imported from; else empty
) STRICT;

-- An operation sets one field of one record. Records are named by what they are in every copy,
-- never by a row id: a report by unit and date, a team or settlement by its code.
CREATE TABLE operation (
  id INTEGER PRIMARY KEY AUTOINCREMENT,            -- of this file alone
  uuid BLOB NOT NULL UNIQUE CHECK (length(uuid) = 16),
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  kind TEXT NOT NULL CHECK (kind IN ('report', 'team', 'settlement', 'activity')),
  key TEXT NOT NULL,
  field TEXT NOT NULL,
  value TEXT,                     -- NULL: taken back, not reported
  reason TEXT NOT NULL,           -- why a broken rule was let stand; usually empty
  source_row INTEGER,
  received_at TEXT NOT NULL       -- UTC, ISO 8601, by this computer's clock; never sent
) STRICT;
CREATE INDEX operation_by_record ON operation (kind, key);
CREATE INDEX operation_by_batch ON operation (batch_id);
CREATE INDEX operation_by_reception ON operation (received_at);

-- What an operation replaced: the heads of its field that its maker saw.
CREATE TABLE operation_base (
  operation_id INTEGER NOT NULL REFERENCES operation (id),
  base_id INTEGER NOT NULL REFERENCES operation (id),
  PRIMARY KEY (operation_id, base_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX operation_by_base ON operation_base (base_id);

-- Public keys of units: what these units (and those under them) did is taken from packages only
-- that are signed by that key, or by one of a unit above. The latest row of a unit counts.
CREATE TABLE unit_key (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  unit_level TEXT NOT NULL, unit_code TEXT NOT NULL, unit_valid_from TEXT NOT NULL,
  public_key BLOB NOT NULL CHECK (length(public_key) = 32),  -- Ed25519
  withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)),
  decided_by TEXT NOT NULL,
  decided_at TEXT NOT NULL
) STRICT;

CREATE TRIGGER batch_stays BEFORE UPDATE ON batch
  BEGIN SELECT RAISE(ABORT, 'operations are added, never changed'); END;
CREATE TRIGGER batch_remains BEFORE DELETE ON batch
  BEGIN SELECT RAISE(ABORT, 'operations are added, never deleted'); END;
CREATE TRIGGER operation_stays BEFORE UPDATE ON operation
  BEGIN SELECT RAISE(ABORT, 'operations are added, never changed'); END;
CREATE TRIGGER operation_remains BEFORE DELETE ON operation
  BEGIN SELECT RAISE(ABORT, 'operations are added, never deleted'); END;
CREATE TRIGGER operation_base_stays BEFORE UPDATE ON operation_base
  BEGIN SELECT RAISE(ABORT, 'operations are added, never changed'); END;
CREATE TRIGGER operation_base_remains BEFORE DELETE ON operation_base
  BEGIN SELECT RAISE(ABORT, 'operations are added, never deleted'); END;
CREATE TRIGGER unit_key_stays BEFORE UPDATE ON unit_key
  BEGIN SELECT RAISE(ABORT, 'decisions are added, never changed'); END;
CREATE TRIGGER unit_key_remains BEFORE DELETE ON unit_key
  BEGIN SELECT RAISE(ABORT, 'decisions are added, never deleted'); END;

-- What the operations come to is written into the tables of imports, as rows of one source of kind
-- 'entries' that is later than all others; source_row is then the operation's id. Such a row of a
-- report may take numbers back: bit 0 eligible, 1 installed, 2 activated_l1, 3 activated_l2,
-- 4 sessions, 5 reached.
ALTER TABLE report ADD COLUMN cleared INTEGER NOT NULL DEFAULT 0;
ALTER TABLE team ADD COLUMN closed_on TEXT;
ALTER TABLE team ADD COLUMN lon REAL;
ALTER TABLE team ADD COLUMN lat REAL;
ALTER TABLE settlement ADD COLUMN electricity_as_of TEXT;
ALTER TABLE settlement ADD COLUMN electricity_source TEXT NOT NULL DEFAULT '';
ALTER TABLE settlement ADD COLUMN signal_as_of TEXT;
ALTER TABLE settlement ADD COLUMN signal_source TEXT NOT NULL DEFAULT '';
CREATE TABLE activity (
  id INTEGER PRIMARY KEY,
  uuid TEXT NOT NULL UNIQUE,
  team TEXT NOT NULL DEFAULT '',  -- its code
  date TEXT,
  unit_id INTEGER REFERENCES unit (id),
  sessions INTEGER, reached INTEGER, activations INTEGER,
  source_id INTEGER NOT NULL REFERENCES source (id),
  source_row INTEGER
) STRICT;
CREATE INDEX activity_by_source ON activity (source_id);
CREATE INDEX activity_by_unit ON activity (unit_id);

-- An import whose rows became operations names their batch.
ALTER TABLE source ADD COLUMN batch BLOB;
CREATE INDEX source_by_kind ON source (kind);

-- Rows of entries come and go with every number that is typed: they are read anew each time, over
-- a snapshot that holds all others.
DROP TRIGGER report_changed;
DROP TRIGGER report_removed;
CREATE TRIGGER report_changed AFTER UPDATE ON report
  WHEN old.source_id NOT IN (SELECT id FROM source WHERE kind = 'entries')
  BEGIN UPDATE stamp SET version = random() & 9223372036854775807 WHERE what = 'numbers'; END;
CREATE TRIGGER report_removed AFTER DELETE ON report
  WHEN old.source_id NOT IN (SELECT id FROM source WHERE kind = 'entries')
  BEGIN UPDATE stamp SET version = random() & 9223372036854775807 WHERE what = 'numbers'; END;
