CREATE TABLE account (
  id           {{text}} PRIMARY KEY,
  login        {{text}} NOT NULL UNIQUE,
  name         {{text}} NOT NULL,
  find         {{text}} NOT NULL,
  person       {{text}} NOT NULL DEFAULT '',
  password     {{text}} NOT NULL DEFAULT '',
  state        {{text}} NOT NULL CHECK (state IN ('invited', 'active', 'disabled')),
  created      {{bigint}} NOT NULL,
  last_sign_in {{bigint}} NOT NULL DEFAULT 0,
  revision     {{bigint}} NOT NULL DEFAULT 1
) {{strict}};
CREATE INDEX account_person ON account (person);

CREATE TABLE account_member (
  account {{text}} NOT NULL REFERENCES account (id),
  party   {{text}} NOT NULL,
  role    {{text}} NOT NULL CHECK (role IN ('agent', 'owner')),
  PRIMARY KEY (account, party)
) {{strict}};
CREATE INDEX account_member_party ON account_member (party);

CREATE TABLE account_office (
  account {{text}} NOT NULL REFERENCES account (id),
  office  {{text}} NOT NULL,
  PRIMARY KEY (account, office)
) {{strict}};
CREATE INDEX account_office_office ON account_office (office);

CREATE TABLE account_role (
  account {{text}} NOT NULL REFERENCES account (id),
  role    {{text}} NOT NULL,
  PRIMARY KEY (account, role)
) {{strict}};
CREATE INDEX account_role_role ON account_role (role);

-- failures are counted by what was typed, so that an unknown login is locked just as a known one is
CREATE TABLE sign_in_failure (
  source   {{text}} PRIMARY KEY,
  failures {{bigint}} NOT NULL,
  latest   {{bigint}} NOT NULL,
  locked   {{bigint}} NOT NULL DEFAULT 0
) {{strict}};
CREATE INDEX sign_in_failure_latest ON sign_in_failure (latest);

CREATE TABLE session (
  digest  {{text}} PRIMARY KEY,
  account {{text}} NOT NULL REFERENCES account (id),
  created {{bigint}} NOT NULL,
  seen    {{bigint}} NOT NULL,
  expires {{bigint}} NOT NULL
) {{strict}};
CREATE INDEX session_account ON session (account);
CREATE INDEX session_expires ON session (expires);

CREATE TABLE one_time_link (
  digest  {{text}} PRIMARY KEY,
  kind    {{text}} NOT NULL CHECK (kind IN ('first', 'invite', 'reset')),
  account {{text}} NOT NULL DEFAULT '',
  created {{bigint}} NOT NULL,
  expires {{bigint}} NOT NULL
) {{strict}};
CREATE INDEX one_time_link_account ON one_time_link (account);

CREATE TABLE access_token (
  id        {{text}} PRIMARY KEY,
  digest    {{text}} NOT NULL UNIQUE,
  account   {{text}} NOT NULL REFERENCES account (id),
  name      {{text}} NOT NULL,
  scopes    {{text}} NOT NULL,
  created   {{bigint}} NOT NULL,
  expires   {{bigint}} NOT NULL,
  last_used {{bigint}} NOT NULL DEFAULT 0
) {{strict}};
CREATE INDEX access_token_account ON access_token (account);

CREATE TABLE security_event (
  id      {{text}} PRIMARY KEY,
  at      {{bigint}} NOT NULL,
  kind    {{text}} NOT NULL,
  account {{text}} NOT NULL DEFAULT '',
  login   {{text}} NOT NULL DEFAULT '',
  subject {{text}} NOT NULL DEFAULT '',
  address {{text}} NOT NULL DEFAULT '',
  agent   {{text}} NOT NULL DEFAULT '',
  detail  {{text}} NOT NULL DEFAULT '',
  ok      {{bool}} NOT NULL
) {{strict}};
CREATE INDEX security_event_kind ON security_event (kind, id);
CREATE INDEX security_event_account ON security_event (account, id);
CREATE INDEX security_event_subject ON security_event (subject, id);
