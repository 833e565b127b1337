-- Which items stand in which bundle of evidence, so that none is sent or taken in twice. In `blob`,
-- state 3 means: it is here and cannot be read by this version.
CREATE TABLE blob_item (
  blob TEXT NOT NULL,             -- SHA-256 of the bundle
  item TEXT NOT NULL,             -- item id
  version TEXT NOT NULL,          -- of its content
  PRIMARY KEY (blob, item, version)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX chunk_place ON chunk (blob, place, id);
