-- The schema of version 2: what people decide about the numbers, and the people short by barrier.

-- Like imports, decisions are added and never changed: of each key the latest row holds, so that
-- who let a finding stand, when and why can be read later, also when it was withdrawn since.
CREATE TABLE acceptance (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL,              -- of the finding
  withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)),
  reason TEXT NOT NULL DEFAULT '',
  decided_by TEXT NOT NULL,
  decided_at TEXT NOT NULL        -- UTC, ISO 8601
);
CREATE INDEX acceptance_by_key ON acceptance (key);

-- Which of several rival published figures is shown.
CREATE TABLE figure_choice (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  scope_level TEXT NOT NULL, scope TEXT NOT NULL, indicator TEXT NOT NULL,  -- of the rivals
  withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)),
  document TEXT NOT NULL DEFAULT '', as_of TEXT NOT NULL DEFAULT '',        -- of the one chosen
  reason TEXT NOT NULL DEFAULT '',
  decided_by TEXT NOT NULL,
  decided_at TEXT NOT NULL
);
CREATE INDEX figure_choice_by_rivals ON figure_choice (scope_level, scope, indicator);

CREATE TRIGGER acceptance_stays BEFORE UPDATE ON acceptance
  BEGIN SELECT RAISE(ABORT, 'decisions are added, never changed'); END;
CREATE TRIGGER acceptance_remains BEFORE DELETE ON acceptance
  BEGIN SELECT RAISE(ABORT, 'decisions are added, never deleted'); END;
CREATE TRIGGER figure_choice_stays BEFORE UPDATE ON figure_choice
  BEGIN SELECT RAISE(ABORT, 'decisions are added, never changed'); END;
CREATE TRIGGER figure_choice_remains BEFORE DELETE ON figure_choice
  BEGIN SELECT RAISE(ABORT, 'decisions are added, never deleted'); END;

CREATE VIEW current_acceptance AS
  SELECT a.* FROM acceptance AS a
  WHERE a.withdrawn = 0
    AND NOT EXISTS (SELECT 1 FROM acceptance AS n WHERE n.key = a.key AND n.id > a.id);
CREATE VIEW current_figure_choice AS
  SELECT c.* FROM figure_choice AS c
  WHERE c.withdrawn = 0
    AND NOT EXISTS (SELECT 1 FROM figure_choice AS n
                    WHERE n.scope_level = c.scope_level AND n.scope = c.scope
                      AND n.indicator = c.indicator AND n.id > c.id);

-- The people short, split by what blocks them; they add up to the shortfall. map_commune shows all
-- columns of the table; it is made again so that it surely knows them.
ALTER TABLE commune_number ADD COLUMN main_barrier TEXT;
ALTER TABLE commune_number ADD COLUMN short_no_grid REAL;
ALTER TABLE commune_number ADD COLUMN short_signal REAL;
ALTER TABLE commune_number ADD COLUMN short_away REAL;
ALTER TABLE commune_number ADD COLUMN short_no_smartphone REAL;
ALTER TABLE commune_number ADD COLUMN short_own_sim REAL;
ALTER TABLE commune_number ADD COLUMN short_visit REAL;
ALTER TABLE commune_number ADD COLUMN short_unknown REAL;
DROP VIEW map_commune;
CREATE VIEW map_commune AS
  SELECT s.ROWID AS ROWID, s.geom AS geom, n.*
  FROM commune_number AS n JOIN unit_state AS s ON s.id = n.state_id;
