-- Articles, what was read in them, and the ledger. docs/schema.md says what each column means.
CREATE TABLE articles (
  id TEXT NOT NULL PRIMARY KEY,
  url TEXT NOT NULL,
  revision TEXT NOT NULL,
  text_sha256 TEXT NOT NULL,
  title TEXT NOT NULL,
  site TEXT NOT NULL,
  published TEXT NOT NULL,
  language TEXT NOT NULL,
  source TEXT NOT NULL,
  precedence TEXT NOT NULL,
  duplicate_of TEXT REFERENCES articles(id),
  similarity REAL NOT NULL DEFAULT 0,
  events INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX articles_by_text ON articles(text_sha256, duplicate_of, precedence);
CREATE INDEX articles_by_original ON articles(duplicate_of) WHERE duplicate_of IS NOT NULL;
CREATE INDEX articles_by_date ON articles(published, id);

-- The long columns stand last, so that reading a title does not read a text.
CREATE TABLE revisions (
  id TEXT NOT NULL PRIMARY KEY,
  article TEXT NOT NULL,
  title TEXT NOT NULL,
  site TEXT NOT NULL,
  published TEXT NOT NULL,
  modified TEXT NOT NULL,
  language TEXT NOT NULL,
  url TEXT NOT NULL,
  source TEXT NOT NULL,
  text_sha256 TEXT NOT NULL,
  page_sha256 TEXT NOT NULL,
  version TEXT NOT NULL,
  recency TEXT NOT NULL,
  capture TEXT NOT NULL,
  metadata TEXT NOT NULL,
  text TEXT NOT NULL,
  map BLOB NOT NULL
);
CREATE INDEX revisions_by_article ON revisions(article, recency);

CREATE TABLE paragraphs (
  revision TEXT NOT NULL REFERENCES revisions(id),
  number INTEGER NOT NULL,
  kind TEXT NOT NULL,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  page_start INTEGER NOT NULL,
  page_end INTEGER NOT NULL,
  PRIMARY KEY (revision, number)
) WITHOUT ROWID;

CREATE TABLE removed (
  revision TEXT NOT NULL REFERENCES revisions(id),
  number INTEGER NOT NULL,
  reason TEXT NOT NULL,
  page_start INTEGER NOT NULL,
  page_end INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (revision, number)
) WITHOUT ROWID;

CREATE TABLE events (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  article TEXT NOT NULL,
  revision TEXT NOT NULL REFERENCES revisions(id),
  position INTEGER NOT NULL,
  type TEXT NOT NULL,
  mode TEXT NOT NULL,
  quad INTEGER NOT NULL,
  score REAL NOT NULL,
  cameo TEXT NOT NULL,
  actors TEXT NOT NULL,
  recipients TEXT NOT NULL,
  attribution TEXT NOT NULL,
  status TEXT NOT NULL,
  date TEXT NOT NULL,
  date_last TEXT NOT NULL,
  date_basis TEXT NOT NULL,
  place TEXT NOT NULL,
  place_name TEXT NOT NULL,
  place_country TEXT NOT NULL,
  place_precision TEXT NOT NULL,
  place_basis TEXT NOT NULL,
  latitude REAL,
  longitude REAL,
  quote TEXT NOT NULL,
  confidence REAL NOT NULL,
  incomplete INTEGER NOT NULL,
  trigger_start INTEGER NOT NULL,
  trigger_end INTEGER NOT NULL,
  evidence_start INTEGER NOT NULL,
  evidence_end INTEGER NOT NULL,
  detail BLOB NOT NULL
);
CREATE INDEX events_by_revision ON events(revision, position);
CREATE INDEX events_by_date ON events(date, id);
CREATE INDEX events_by_type ON events(type, date);

CREATE TABLE event_parties (
  event TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('actor', 'recipient')),
  number INTEGER NOT NULL,
  entity TEXT NOT NULL,
  name TEXT NOT NULL,
  folded TEXT NOT NULL,
  text TEXT NOT NULL,
  kind TEXT NOT NULL,
  country TEXT NOT NULL,
  sectors TEXT NOT NULL,
  office TEXT NOT NULL,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  PRIMARY KEY (event, role, number)
) WITHOUT ROWID;
CREATE INDEX event_parties_by_country ON event_parties(country);
CREATE INDEX event_parties_by_entity ON event_parties(entity);

CREATE TABLE event_attribution (
  event TEXT NOT NULL,
  number INTEGER NOT NULL,
  speaker TEXT NOT NULL,
  name TEXT NOT NULL,
  text TEXT NOT NULL,
  verb TEXT NOT NULL,
  stance TEXT NOT NULL,
  direct_quote INTEGER NOT NULL,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  PRIMARY KEY (event, number)
) WITHOUT ROWID;

CREATE TABLE event_status (event TEXT NOT NULL, status TEXT NOT NULL, PRIMARY KEY (event, status)) WITHOUT ROWID;
CREATE TABLE event_contexts (event TEXT NOT NULL, context TEXT NOT NULL, PRIMARY KEY (event, context)) WITHOUT ROWID;

CREATE TABLE event_why (
  event TEXT NOT NULL,
  number INTEGER NOT NULL,
  step TEXT NOT NULL,
  detail TEXT NOT NULL,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  PRIMARY KEY (event, number)
) WITHOUT ROWID;

CREATE TABLE pages (sha256 TEXT NOT NULL PRIMARY KEY, size INTEGER NOT NULL, zstd BLOB NOT NULL);

CREATE TABLE ledger (
  source TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  version TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('read', 'refused')),
  reason TEXT NOT NULL,
  article TEXT NOT NULL,
  revision TEXT NOT NULL,
  PRIMARY KEY (source, sha256, version)
) WITHOUT ROWID;

CREATE TABLE signatures (text_sha256 TEXT NOT NULL PRIMARY KEY, shingles INTEGER NOT NULL, minima BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE bands (key INTEGER NOT NULL, text_sha256 TEXT NOT NULL, PRIMARY KEY (key, text_sha256)) WITHOUT ROWID;

-- The events that count: of the latest revision of each article that is no copy of another.
CREATE VIEW events_current AS
  SELECT events.*, articles.title, articles.url, articles.site, articles.published, articles.language
  FROM events JOIN articles ON articles.id = events.article AND articles.revision = events.revision
  WHERE articles.duplicate_of IS NULL;
