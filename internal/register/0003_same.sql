-- What was entered twice and merged by a person: the id that went lives on as another name of the one that stays, which is never itself
-- one that went.
CREATE TABLE register_merge (
  id      {{text}} PRIMARY KEY,
  what    {{text}} NOT NULL CHECK (what IN ('party', 'record')),
  stays   {{text}} NOT NULL,
  reason  {{text}} NOT NULL,
  account {{text}} NOT NULL,
  who     {{text}} NOT NULL,
  at      {{bigint}} NOT NULL
) {{strict}};
CREATE INDEX register_merge_stays ON register_merge (stays);

-- Pairs that somebody looked at and found to be two; a comes before b.
CREATE TABLE register_distinct (
  a       {{text}} NOT NULL,
  b       {{text}} NOT NULL,
  reason  {{text}} NOT NULL,
  account {{text}} NOT NULL,
  who     {{text}} NOT NULL,
  at      {{bigint}} NOT NULL,
  PRIMARY KEY (a, b)
) {{strict}};

-- Derived from a record: the day on which it runs out ('' where it does not), and the parties and records that its fields name.
CREATE TABLE record_until (
  record {{text}} PRIMARY KEY REFERENCES record (id),
  kind   {{text}} NOT NULL,
  day    {{text}} NOT NULL
) {{strict}};
CREATE INDEX record_until_day ON record_until (day, record) WHERE day <> '';

CREATE TABLE record_names (
  target {{text}} NOT NULL,
  record {{text}} NOT NULL REFERENCES record (id),
  field  {{text}} NOT NULL,
  PRIMARY KEY (target, record, field)
) {{strict}};
CREATE INDEX record_names_record ON record_names (record);

-- Why somebody says it, where they were asked.
ALTER TABLE record_claim ADD COLUMN reason {{text}} NOT NULL DEFAULT '';
CREATE INDEX record_claim_unverified ON record_claim (record) WHERE state = 'stands' AND NOT verified AND field <> '';
