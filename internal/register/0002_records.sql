-- What the register holds beside parties. body is the fields as they stand, as JSON; the columns beside it are for finding.
CREATE TABLE record (
  id       {{text}} PRIMARY KEY,
  kind     {{text}} NOT NULL,
  name     {{text}} NOT NULL,
  owner    {{text}} NOT NULL,
  status   {{text}} NOT NULL,
  words    {{text}} NOT NULL,
  retired  {{bool}} NOT NULL,
  revision {{bigint}} NOT NULL,
  changed  {{bigint}} NOT NULL,
  body     {{text}} NOT NULL
) {{strict}};
CREATE INDEX record_kind ON record (kind, id);
CREATE INDEX record_owner ON record (owner, kind, id) WHERE owner <> '';
CREATE INDEX record_changed ON record (changed, id);

-- What may be only once among the records of a kind that are not retired.
CREATE TABLE record_key (
  kind   {{text}} NOT NULL,
  key    {{text}} NOT NULL,
  record {{text}} NOT NULL REFERENCES record (id),
  PRIMARY KEY (kind, key)
) {{strict}};
CREATE INDEX record_key_record ON record_key (record);

-- Who said what of a field, when, and from where: a step of a case, a row of an import, or a page. Of the claims on one field one
-- stands; what contradicts one that was verified stands beside it until somebody decides.
CREATE TABLE record_claim (
  record      {{text}} NOT NULL REFERENCES record (id),
  field       {{text}} NOT NULL,
  seq         {{bigint}} NOT NULL,
  revision    {{bigint}} NOT NULL,
  value       {{text}} NOT NULL,
  state       {{text}} NOT NULL CHECK (state IN ('stands', 'past', 'beside', 'refused')),
  account     {{text}} NOT NULL,
  who         {{text}} NOT NULL,
  party       {{text}} NOT NULL,
  office      {{text}} NOT NULL,
  source      {{text}} NOT NULL,
  case_id     {{text}} NOT NULL,
  step        {{bigint}} NOT NULL,
  import      {{text}} NOT NULL,
  verified    {{bool}} NOT NULL,
  verified_by {{text}} NOT NULL,
  verified_at {{bigint}} NOT NULL,
  at          {{bigint}} NOT NULL,
  PRIMARY KEY (record, field, seq)
) {{strict}};
CREATE INDEX record_claim_beside ON record_claim (record) WHERE state = 'beside';

-- Whom a record bars, from what, from when to when ('' is without end).
CREATE TABLE record_bar (
  record   {{text}} PRIMARY KEY REFERENCES record (id),
  party    {{text}} NOT NULL,
  acts     {{text}} NOT NULL,
  from_day {{text}} NOT NULL,
  to_day   {{text}} NOT NULL
) {{strict}};
CREATE INDEX record_bar_party ON record_bar (party);
