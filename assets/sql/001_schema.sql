-- Schema version 1 of a workspace. Run once, in one transaction, after InitSpatialMetaData.
--
-- Rows are never changed in place. Every value row names the import (source) and the row it came
-- from; the current value is the one of the latest source, so an import is taken back by deleting
-- its rows. Dates are ISO text, codes are text, missing numbers are NULL (not reported is not 0).

CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
);

CREATE TABLE source (
  id INTEGER PRIMARY KEY AUTOINCREMENT,  -- never given again, also after an undo
  kind TEXT NOT NULL,             -- boundaries, crosswalk, settlements, teams, reports, targets, figures
  file TEXT NOT NULL,
  sheet TEXT NOT NULL DEFAULT '',
  imported_at TEXT NOT NULL,      -- UTC, ISO 8601
  imported_by TEXT NOT NULL,
  rows INTEGER NOT NULL DEFAULT 0
);

-- The identity of an administrative unit: a code may be given again after a merger. Its last day is
-- not written here but follows from the crosswalks (unit_span), so that taking back a crosswalk
-- brings the unit back.
CREATE TABLE unit (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL,
  level TEXT NOT NULL CHECK (level IN ('country', 'province', 'district', 'commune')),
  valid_from TEXT NOT NULL DEFAULT '',  -- '': since ever, as far as we know
  UNIQUE (code, level, valid_from)
);

-- What an import says of a unit; per field, the latest source that has something counts, and the
-- latest row with a geometry is the boundary. Communes of today have one.
CREATE TABLE unit_state (
  id INTEGER PRIMARY KEY,
  unit_id INTEGER NOT NULL REFERENCES unit (id),
  source_id INTEGER NOT NULL REFERENCES source (id),
  source_row INTEGER,
  name TEXT NOT NULL,             -- without the kind word: Si Pa Phìn
  full_name TEXT NOT NULL,        -- Xã Si Pa Phìn
  kind TEXT NOT NULL DEFAULT '',  -- xã, phường, thị trấn, đặc khu, huyện, tỉnh …
  parent_id INTEGER REFERENCES unit (id),           -- commune and district → province
  former_district_id INTEGER REFERENCES unit (id),  -- commune → district before 1 July 2025
  published_area_km2 REAL,
  published_population INTEGER,
  area_m2 REAL,                   -- of geom, on the ellipsoid; NULL: measured when it is read
  UNIQUE (unit_id, source_id)
);
SELECT AddGeometryColumn('unit_state', 'geom', 4326, 'MULTIPOLYGON', 'XY', 0);

-- What became of a former unit. The rows of the latest source that names a former unit replace all
-- earlier rows of it: an import that changes one of them writes all of them again.
CREATE TABLE crosswalk (
  id INTEGER PRIMARY KEY,
  former_id INTEGER NOT NULL REFERENCES unit (id),
  unit_id INTEGER NOT NULL REFERENCES unit (id),
  part TEXT NOT NULL CHECK (part IN ('whole', 'part')),
  share REAL CHECK (share IS NULL OR (share > 0 AND share <= 1)),  -- NULL: by residents, else by area
  changed_on TEXT NOT NULL,       -- first day of the new unit; the former one's last is the day before
  source_id INTEGER NOT NULL REFERENCES source (id),
  source_row INTEGER,
  UNIQUE (former_id, unit_id, source_id)
);

CREATE TABLE settlement (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL DEFAULT '',
  unit_id INTEGER REFERENCES unit (id),         -- commune of today
  former_unit_id INTEGER REFERENCES unit (id),
  households INTEGER, residents INTEGER, eligible INTEGER,
  electricity TEXT CHECK (electricity IN ('grid', 'offgrid', 'none')),
  signal TEXT CHECK (signal IN ('good', 'weak', 'none')),
  smartphone_share REAL, own_sim_share REAL, away_share REAL,
  road TEXT NOT NULL DEFAULT '',
  source_id INTEGER NOT NULL REFERENCES source (id),
  source_row INTEGER,
  UNIQUE (code, source_id)
);
SELECT AddGeometryColumn('settlement', 'geom', 4326, 'POINT', 'XY', 0);

CREATE TABLE team (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  level TEXT NOT NULL CHECK (level IN ('province', 'district', 'commune')),
  kind TEXT NOT NULL DEFAULT '',
  unit_id INTEGER REFERENCES unit (id),         -- home commune of today
  former_unit_id INTEGER REFERENCES unit (id),
  members INTEGER, union_members INTEGER,
  established_on TEXT,
  generator INTEGER, mobile_router INTEGER,     -- how many, or 0 and 1
  vehicle TEXT NOT NULL DEFAULT '',
  source_id INTEGER NOT NULL REFERENCES source (id),
  source_row INTEGER,
  UNIQUE (code, source_id)
);

-- Per field, the latest source that has a number counts: a cell left empty takes nothing back.
CREATE TABLE report (
  id INTEGER PRIMARY KEY,
  unit_id INTEGER NOT NULL REFERENCES unit (id),
  date TEXT NOT NULL,
  eligible INTEGER, installed INTEGER, activated_l1 INTEGER, activated_l2 INTEGER,
  sessions INTEGER, reached INTEGER,
  source_id INTEGER NOT NULL REFERENCES source (id),
  source_row INTEGER,
  UNIQUE (unit_id, date, source_id)
);

CREATE TABLE target (
  id INTEGER PRIMARY KEY,
  unit_id INTEGER NOT NULL REFERENCES unit (id),
  indicator TEXT NOT NULL,        -- indicator id
  due TEXT NOT NULL,
  share REAL, count INTEGER,      -- one of them
  source_id INTEGER NOT NULL REFERENCES source (id),
  source_row INTEGER,
  UNIQUE (unit_id, indicator, due, source_id)
);

-- Published values. Rivals stand side by side: the key is everything but the value.
CREATE TABLE figure (
  id INTEGER PRIMARY KEY,
  scope_level TEXT NOT NULL, scope TEXT NOT NULL, indicator TEXT NOT NULL,
  value REAL NOT NULL,
  qualifier TEXT NOT NULL CHECK (qualifier IN ('exact', 'nearly', 'more_than')),
  measure TEXT NOT NULL DEFAULT '',             -- the unit counted: team, person, ratio
  as_of TEXT NOT NULL DEFAULT '',
  kind TEXT NOT NULL DEFAULT '',                -- cumulative, period, state
  document TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '',
  unit_id INTEGER REFERENCES unit (id),
  source_id INTEGER NOT NULL REFERENCES source (id),
  source_row INTEGER,
  UNIQUE (document, scope_level, scope, indicator, as_of, source_id)
);

-- What an import had to say about its data.
CREATE TABLE issue (
  id INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL REFERENCES source (id),
  severity TEXT NOT NULL CHECK (severity IN ('info', 'warning', 'error')),
  message_id TEXT NOT NULL,
  message_args TEXT NOT NULL DEFAULT '[]',      -- JSON array of texts and numbers
  file TEXT NOT NULL DEFAULT '', sheet TEXT NOT NULL DEFAULT '',
  row INTEGER, column_name TEXT NOT NULL DEFAULT '', unit TEXT NOT NULL DEFAULT '',
  lon REAL, lat REAL
);

CREATE INDEX unit_state_by_source ON unit_state (source_id);
CREATE INDEX unit_state_by_parent ON unit_state (parent_id);
CREATE INDEX unit_state_by_former_district ON unit_state (former_district_id);
CREATE INDEX crosswalk_by_source ON crosswalk (source_id);
CREATE INDEX crosswalk_by_unit ON crosswalk (unit_id);
CREATE INDEX settlement_by_source ON settlement (source_id);
CREATE INDEX settlement_by_unit ON settlement (unit_id);
CREATE INDEX settlement_by_former_unit ON settlement (former_unit_id);
CREATE INDEX team_by_source ON team (source_id);
CREATE INDEX team_by_unit ON team (unit_id);
CREATE INDEX team_by_former_unit ON team (former_unit_id);
CREATE INDEX report_by_source ON report (source_id);
CREATE INDEX target_by_source ON target (source_id);
CREATE INDEX figure_by_source ON figure (source_id);
CREATE INDEX figure_by_unit ON figure (unit_id);
CREATE INDEX issue_by_source ON issue (source_id);

-- What is current: of each key, the row of the latest source.
CREATE VIEW current_crosswalk AS
  SELECT c.* FROM crosswalk AS c
  WHERE NOT EXISTS (SELECT 1 FROM crosswalk AS n
                    WHERE n.former_id = c.former_id AND n.source_id > c.source_id);
CREATE VIEW current_settlement AS
  SELECT s.* FROM settlement AS s
  WHERE NOT EXISTS (SELECT 1 FROM settlement AS n
                    WHERE n.code = s.code AND n.source_id > s.source_id);
CREATE VIEW current_team AS
  SELECT t.* FROM team AS t
  WHERE NOT EXISTS (SELECT 1 FROM team AS n WHERE n.code = t.code AND n.source_id > t.source_id);
CREATE VIEW current_target AS
  SELECT t.* FROM target AS t
  WHERE NOT EXISTS (SELECT 1 FROM target AS n
                    WHERE n.unit_id = t.unit_id AND n.indicator = t.indicator AND n.due = t.due
                      AND n.source_id > t.source_id);
CREATE VIEW current_figure AS
  SELECT f.* FROM figure AS f
  WHERE NOT EXISTS (SELECT 1 FROM figure AS n
                    WHERE n.document = f.document AND n.scope_level = f.scope_level
                      AND n.scope = f.scope AND n.indicator = f.indicator AND n.as_of = f.as_of
                      AND n.source_id > f.source_id);
-- The last day of a unit (NULL: a unit of today).
CREATE VIEW unit_span AS
  SELECT u.id, u.code, u.level, u.valid_from,
    (SELECT date(min(c.changed_on), '-1 day') FROM current_crosswalk AS c
     WHERE c.former_id = u.id AND c.unit_id <> u.id) AS valid_to
  FROM unit AS u;
-- The communes of today: not ended, with a boundary, and the latest with a boundary that bears its
-- code. state_id is the row with the current boundary.
CREATE VIEW commune_today AS
  SELECT u.id, u.code, u.valid_from,
    (SELECT s.id FROM unit_state AS s WHERE s.unit_id = u.id AND s.geom IS NOT NULL
     ORDER BY s.source_id DESC LIMIT 1) AS state_id
  FROM unit_span AS u
  WHERE u.level = 'commune' AND u.valid_to IS NULL
    AND EXISTS (SELECT 1 FROM unit_state AS s WHERE s.unit_id = u.id AND s.geom IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM unit AS n JOIN unit_state AS s ON s.unit_id = n.id
                    WHERE n.code = u.code AND n.level = u.level AND n.valid_from > u.valid_from
                      AND s.geom IS NOT NULL);

-- The numbers of each commune of today at the latest report date, by the program's own formulas,
-- written again at the end of every import and undo: what other programs read as map_commune.
CREATE TABLE commune_number (
  unit_id INTEGER PRIMARY KEY REFERENCES unit (id),
  state_id INTEGER NOT NULL REFERENCES unit_state (id),
  code TEXT NOT NULL, name TEXT NOT NULL, full_name TEXT NOT NULL, kind TEXT NOT NULL,
  province TEXT NOT NULL, former_district TEXT NOT NULL,
  area_km2 REAL, at TEXT, as_of TEXT, status TEXT NOT NULL,
  eligible REAL, installed REAL, activated_l1 REAL, activated_l2 REAL,
  rate REAL, target REAL, achievement REAL, shortfall REAL, unreached REAL,
  rate_installed REAL, rate_l1 REAL,
  electricity REAL, signal_any REAL, signal_good REAL, teams_per_1000 REAL,
  settlements INTEGER, no_grid INTEGER, weak_signal INTEGER, no_signal INTEGER, teams INTEGER
);
CREATE VIEW map_commune AS
  SELECT s.ROWID AS ROWID, s.geom AS geom, n.*
  FROM commune_number AS n JOIN unit_state AS s ON s.id = n.state_id;
INSERT INTO views_geometry_columns
  (view_name, view_geometry, view_rowid, f_table_name, f_geometry_column, read_only)
  VALUES ('map_commune', 'geom', 'rowid', 'unit_state', 'geom', 1);

CREATE VIEW map_settlement AS
  SELECT s.id AS ROWID, s.geom AS geom, s.code, s.name, s.kind, n.name AS commune,
    n.code AS commune_code, s.households, s.residents, s.eligible, s.electricity, s.signal,
    s.smartphone_share, s.own_sim_share, s.away_share, s.road
  FROM current_settlement AS s LEFT JOIN commune_number AS n ON n.unit_id = s.unit_id;
INSERT INTO views_geometry_columns
  (view_name, view_geometry, view_rowid, f_table_name, f_geometry_column, read_only)
  VALUES ('map_settlement', 'geom', 'rowid', 'settlement', 'geom', 1);
