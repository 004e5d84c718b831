-- body is the party as JSON; the columns beside it are for finding and for what must be compared
CREATE TABLE party (
  id       {{text}} PRIMARY KEY,
  kind     {{text}} NOT NULL,
  name     {{text}} NOT NULL,
  uscc     {{text}} NOT NULL,
  region   {{text}} NOT NULL,
  parent   {{text}} NOT NULL,
  employer {{text}} NOT NULL,
  expert   {{bool}} NOT NULL,
  deleted  {{bool}} NOT NULL,
  revision {{bigint}} NOT NULL,
  changed  {{bigint}} NOT NULL,
  body     {{text}} NOT NULL
) {{strict}};
CREATE INDEX party_uscc ON party (uscc);
CREATE INDEX party_parent ON party (parent);
CREATE INDEX party_employer ON party (employer);
CREATE INDEX party_changed ON party (changed);
CREATE INDEX party_kind ON party (kind, id);

-- names and aliases as they are compared (nameKey)
CREATE TABLE party_name (
  name  {{text}} NOT NULL,
  party {{text}} NOT NULL REFERENCES party (id),
  PRIMARY KEY (name, party)
) {{strict}};
CREATE INDEX party_name_party ON party_name (party);

CREATE TABLE party_field (
  field {{text}} NOT NULL,
  party {{text}} NOT NULL REFERENCES party (id),
  PRIMARY KEY (field, party)
) {{strict}};
CREATE INDEX party_field_party ON party_field (party);

CREATE TABLE party_history (
  party    {{text}} NOT NULL REFERENCES party (id),
  revision {{bigint}} NOT NULL,
  at       {{bigint}} NOT NULL,
  account  {{text}} NOT NULL,
  who      {{text}} NOT NULL,
  act      {{text}} NOT NULL,
  body     {{text}} NOT NULL,
  PRIMARY KEY (party, revision)
) {{strict}};

CREATE TABLE party_tie (
  id       {{text}} PRIMARY KEY,
  kind     {{text}} NOT NULL,
  a        {{text}} NOT NULL REFERENCES party (id),
  b        {{text}} NOT NULL REFERENCES party (id),
  from_day {{text}} NOT NULL,
  to_day   {{text}} NOT NULL,
  note     {{text}} NOT NULL,
  account  {{text}} NOT NULL,
  who      {{text}} NOT NULL,
  at       {{bigint}} NOT NULL
) {{strict}};
CREATE INDEX party_tie_a ON party_tie (a);
CREATE INDEX party_tie_b ON party_tie (b);

CREATE TABLE sheet_import (
  id       {{text}} PRIMARY KEY,
  kind     {{text}} NOT NULL,
  account  {{text}} NOT NULL,
  actor    {{text}} NOT NULL,
  name     {{text}} NOT NULL,
  format   {{text}} NOT NULL,
  size     {{bigint}} NOT NULL,
  state    {{text}} NOT NULL CHECK (state IN ('checking', 'checked', 'running', 'done', 'stopped')),
  skip_bad {{bool}} NOT NULL,
  total    {{bigint}} NOT NULL,
  done     {{bigint}} NOT NULL,
  good     {{bigint}} NOT NULL,
  bad      {{bigint}} NOT NULL,
  written  {{bigint}} NOT NULL,
  notes    {{text}} NOT NULL,
  created  {{bigint}} NOT NULL,
  updated  {{bigint}} NOT NULL
) {{hot}};
CREATE INDEX sheet_import_account ON sheet_import (account, id);
CREATE INDEX sheet_import_state ON sheet_import (state, id);

CREATE TABLE sheet_file (
  import {{text}} PRIMARY KEY REFERENCES sheet_import (id),
  body   {{blob}} NOT NULL
) {{strict}};

CREATE TABLE sheet_message (
  import {{text}} NOT NULL REFERENCES sheet_import (id),
  line   {{bigint}} NOT NULL,
  seq    {{bigint}} NOT NULL,
  bad    {{bool}} NOT NULL,
  body   {{text}} NOT NULL,
  PRIMARY KEY (import, line, seq)
) {{strict}};
