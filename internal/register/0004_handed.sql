-- Records that their owners entered, until whoever keeps the register has looked at them: these are no records yet. body is the fields as
-- JSON; record is what it became.
CREATE TABLE record_handed (
  id       {{text}} PRIMARY KEY,
  kind     {{text}} NOT NULL,
  owner    {{text}} NOT NULL,
  name     {{text}} NOT NULL,
  state    {{text}} NOT NULL CHECK (state IN ('waiting', 'taken', 'refused', 'withdrawn')),
  revision {{bigint}} NOT NULL,
  account  {{text}} NOT NULL,
  who      {{text}} NOT NULL,
  at       {{bigint}} NOT NULL,
  judge    {{text}} NOT NULL,
  judged   {{bigint}} NOT NULL,
  reason   {{text}} NOT NULL,
  record   {{text}} NOT NULL,
  body     {{text}} NOT NULL
) {{strict}};
CREATE INDEX record_handed_owner ON record_handed (owner, id);
CREATE INDEX record_handed_waiting ON record_handed (id) WHERE state = 'waiting';
