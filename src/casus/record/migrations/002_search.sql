-- Full-text search over what an event's line shows. The words stay in `events` and `revisions`; the index holds no copy of them.
CREATE VIEW event_words AS
  SELECT events.number AS number, events.quote AS quote,
         events.actors || ' ' || events.recipients || ' ' || events.attribution || ' ' || events.place_name AS names,
         revisions.title AS title
  FROM events JOIN revisions ON revisions.id = events.revision;
CREATE VIRTUAL TABLE event_search USING fts5(quote, names, title, content='event_words', content_rowid='number',
                                             tokenize='unicode61 remove_diacritics 2');
INSERT INTO event_search(event_search) VALUES ('rebuild');
