-- The schema of version 4: roads and heights to measure ways by, and plans.

-- The lines of a road layer, as imported; those of the latest import count.
CREATE TABLE road (
  id INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL REFERENCES source (id),
  source_row INTEGER,
  class TEXT NOT NULL CHECK (class IN ('car', 'motorbike', 'foot')),  -- the most it is good for
  speed_kmh REAL                  -- as the layer gives it; NULL: by class
);
SELECT AddGeometryColumn('road', 'geom', 4326, 'LINESTRING', 'XY', 0);
CREATE INDEX road_by_source ON road (source_id);
CREATE VIEW current_road AS
  SELECT r.* FROM road AS r WHERE r.source_id = (SELECT max(source_id) FROM road);
CREATE VIEW map_road AS
  SELECT r.id AS ROWID, r.geom AS geom, r.class, r.speed_kmh FROM current_road AS r;
INSERT INTO views_geometry_columns
  (view_name, view_geometry, view_rowid, f_table_name, f_geometry_column, read_only)
  VALUES ('map_road', 'geom', 'rowid', 'road', 'geom', 1);

-- Heights above the sea, reduced to a grid over the communes; the latest import counts.
CREATE TABLE elevation (
  id INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL REFERENCES source (id),
  west REAL NOT NULL, south REAL NOT NULL, east REAL NOT NULL, north REAL NOT NULL,  -- degrees
  columns INTEGER NOT NULL, rows INTEGER NOT NULL,
  cells BLOB NOT NULL             -- metres, 16 bits little-endian, by row from the north; -32768: unknown
);
CREATE INDEX elevation_by_source ON elevation (source_id);

-- Plans that are kept: what was wished for, and what came of it.
CREATE TABLE plan (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  wishes TEXT NOT NULL,           -- JSON
  result TEXT,                    -- JSON; NULL: not solved yet
  note TEXT NOT NULL DEFAULT '',
  made_at TEXT NOT NULL,          -- UTC, ISO 8601
  changed_at TEXT NOT NULL
) STRICT;
