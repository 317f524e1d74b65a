-- The schema of version 3: what is prepared once so that opening only looks things up, and stamps
-- that tell when it is out of date, whoever changed the file.

-- Counts up whenever something that was prepared from changes.
CREATE TABLE stamp (
  what TEXT PRIMARY KEY CHECK (what IN ('land', 'numbers', 'places')),
  version INTEGER NOT NULL DEFAULT 0
);
INSERT INTO stamp (what) VALUES ('land'), ('numbers'), ('places');

-- Snapshots of the numbers lie in the cache folder, under the name of these two. They are drawn
-- instead of counted, so that copies of a workspace that went different ways never meet there.
UPDATE stamp SET version = random() & 9223372036854775807 WHERE what IN ('numbers', 'places');

-- The same for an import: copies may give one id to two of them.
ALTER TABLE source ADD COLUMN token INTEGER NOT NULL DEFAULT 0;
UPDATE source SET token = random() & 9223372036854775807;
CREATE TRIGGER source_added AFTER INSERT ON source
  BEGIN UPDATE source SET token = random() & 9223372036854775807 WHERE id = new.id; END;

-- The coarse levels of the communes of today, so that a file that was sent to another computer
-- shows its first picture at once. `bytes` as geo writes them; `key` names the finer ones in the
-- cache folder; `stamp` is the land's when this was written: of another one, it is out of date.
CREATE TABLE prepared_land (
  part TEXT PRIMARY KEY,
  key TEXT NOT NULL,
  stamp INTEGER NOT NULL,
  bytes BLOB NOT NULL
);

-- Boundaries, what makes a commune one of today, and what it lies in.
CREATE TRIGGER land_added AFTER INSERT ON unit_state
  WHEN new.geom IS NOT NULL OR new.parent_id IS NOT NULL OR new.former_district_id IS NOT NULL
  BEGIN UPDATE stamp SET version = version + 1 WHERE what = 'land'; END;
CREATE TRIGGER land_changed AFTER UPDATE OF geom, unit_id, parent_id, former_district_id ON unit_state
  BEGIN UPDATE stamp SET version = version + 1 WHERE what = 'land'; END;
CREATE TRIGGER land_removed AFTER DELETE ON unit_state
  WHEN old.geom IS NOT NULL OR old.parent_id IS NOT NULL OR old.former_district_id IS NOT NULL
  BEGIN UPDATE stamp SET version = version + 1 WHERE what = 'land'; END;
CREATE TRIGGER land_renamed AFTER UPDATE OF code, level, valid_from ON unit
  BEGIN UPDATE stamp SET version = version + 1 WHERE what = 'land'; END;
CREATE TRIGGER crosswalk_added AFTER INSERT ON crosswalk
  BEGIN UPDATE stamp SET version = version + 1 WHERE what = 'land'; END;
CREATE TRIGGER crosswalk_changed AFTER UPDATE ON crosswalk
  BEGIN UPDATE stamp SET version = version + 1 WHERE what = 'land'; END;
CREATE TRIGGER crosswalk_removed AFTER DELETE ON crosswalk
  BEGIN UPDATE stamp SET version = version + 1 WHERE what = 'land'; END;
-- Rows of an import are known by their source; only what happens to rows behind its back counts.
CREATE TRIGGER report_changed AFTER UPDATE ON report
  BEGIN UPDATE stamp SET version = random() & 9223372036854775807 WHERE what = 'numbers'; END;
CREATE TRIGGER report_removed AFTER DELETE ON report
  BEGIN UPDATE stamp SET version = random() & 9223372036854775807 WHERE what = 'numbers'; END;
CREATE TRIGGER settlement_changed AFTER UPDATE ON settlement
  BEGIN UPDATE stamp SET version = random() & 9223372036854775807 WHERE what = 'places'; END;
CREATE TRIGGER settlement_removed AFTER DELETE ON settlement
  BEGIN UPDATE stamp SET version = random() & 9223372036854775807 WHERE what = 'places'; END;
CREATE TRIGGER team_changed AFTER UPDATE ON team
  BEGIN UPDATE stamp SET version = random() & 9223372036854775807 WHERE what = 'places'; END;
CREATE TRIGGER team_removed AFTER DELETE ON team
  BEGIN UPDATE stamp SET version = random() & 9223372036854775807 WHERE what = 'places'; END;
