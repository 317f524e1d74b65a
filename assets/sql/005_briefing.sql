-- The schema of version 5: briefings, which are scenes in an order.

CREATE TABLE briefing (
  id INTEGER PRIMARY KEY AUTOINCREMENT,  -- one that was deleted may come back under its own
  name TEXT NOT NULL UNIQUE,
  seconds REAL NOT NULL,          -- a scene stands when nobody presents
  made_at TEXT NOT NULL,          -- UTC, ISO 8601
  changed_at TEXT NOT NULL
) STRICT;

CREATE TABLE scene (
  briefing_id INTEGER NOT NULL REFERENCES briefing (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,      -- from 0, without gaps
  indicator TEXT NOT NULL,
  layer TEXT NOT NULL,
  at TEXT,                        -- ISO 8601; NULL: the newest report
  since TEXT,                     -- ISO 8601; NULL: four weeks before
  within TEXT NOT NULL,           -- JSON: codes of communes; empty: all
  look TEXT NOT NULL,             -- JSON of the desk, or empty
  lon REAL, lat REAL, metres REAL,  -- the map's middle, how far it is across; NULL: all that is shown
  highlighted TEXT NOT NULL,      -- JSON: codes of communes
  statement TEXT NOT NULL,        -- id, or empty
  barrier TEXT NOT NULL,          -- id, or empty
  plan_id INTEGER,                -- no reference: a deleted plan leaves the scene, which then says so
  headline TEXT NOT NULL,         -- as edited; empty: the statement's own
  written_for TEXT NOT NULL,
  note TEXT NOT NULL,
  seconds REAL,                   -- NULL: as the briefing
  PRIMARY KEY (briefing_id, position)
) STRICT;
