-- +goose Up

-- The packs that cases are pinned to, whole, as zip: a case keeps the rules that it was opened under.
CREATE TABLE casework_packs (
	digest  {{text}} PRIMARY KEY,
	pack    {{text}} NOT NULL,
	version {{text}} NOT NULL,
	at      {{bigint}} NOT NULL,
	files   {{blob}} NOT NULL
) {{strict}};

-- One row a case. seq and leaf chain its steps; seed is the secret of its next draw, whose commitment is in an earlier leaf.
CREATE TABLE casework_cases (
	id        {{text}} PRIMARY KEY,
	mechanism {{text}} NOT NULL,
	version   {{text}} NOT NULL,
	pack      {{text}} NOT NULL REFERENCES casework_packs (digest),
	title     {{text}} NOT NULL,
	party     {{text}} NOT NULL,
	state     {{text}} NOT NULL,
	public    {{bool}} NOT NULL,
	shown     {{bool}} NOT NULL,
	ended     {{bool}} NOT NULL,
	opened    {{bigint}} NOT NULL,
	last_at   {{bigint}} NOT NULL,
	seq       {{bigint}} NOT NULL,
	leaf      {{text}} NOT NULL,
	seed      {{text}} NOT NULL
) {{hot}};
CREATE INDEX casework_cases_public ON casework_cases (public, id);
CREATE INDEX casework_cases_mechanism ON casework_cases (mechanism, id);
CREATE INDEX casework_cases_party ON casework_cases (party, id);

-- Running machines: the case itself (id = case_id, part '') and its parts.
CREATE TABLE casework_records (
	id       {{text}} PRIMARY KEY,
	case_id  {{text}} NOT NULL REFERENCES casework_cases (id),
	part     {{text}} NOT NULL,
	parent   {{text}} NOT NULL,
	number   {{bigint}} NOT NULL,
	place    {{bigint}} NOT NULL,
	state    {{text}} NOT NULL,
	shown    {{bool}} NOT NULL,
	since    {{bigint}} NOT NULL,
	due      {{bigint}} NOT NULL,
	opened   {{bigint}} NOT NULL,
	signed   {{text}} NOT NULL,
	joint    {{text}} NOT NULL,
	revision {{bigint}} NOT NULL
) {{hot}};
CREATE INDEX casework_records_case ON casework_records (case_id, place);
CREATE INDEX casework_records_due ON casework_records (due, id) WHERE due > 0;

-- Filled forms, every version; the current one is marked.
CREATE TABLE casework_forms (
	record_id {{text}} NOT NULL REFERENCES casework_records (id),
	form      {{text}} NOT NULL,
	version   {{bigint}} NOT NULL,
	case_id   {{text}} NOT NULL,
	is_current {{bool}} NOT NULL,
	vals      {{text}} NOT NULL,
	digest    {{text}} NOT NULL,
	account   {{text}} NOT NULL,
	who       {{text}} NOT NULL,
	seat      {{text}} NOT NULL,
	seq       {{bigint}} NOT NULL,
	at        {{bigint}} NOT NULL,
	PRIMARY KEY (record_id, form, version)
) {{strict}};
CREATE INDEX casework_forms_case ON casework_forms (case_id, record_id, form, version);

-- Who sits: a party or an office, in a seat of the case or of a part.
CREATE TABLE casework_seats (
	record_id {{text}} NOT NULL REFERENCES casework_records (id),
	seat      {{text}} NOT NULL,
	party     {{text}} NOT NULL,
	office    {{text}} NOT NULL,
	case_id   {{text}} NOT NULL,
	PRIMARY KEY (record_id, seat, party, office)
) {{strict}};
CREATE INDEX casework_seats_case ON casework_seats (case_id, record_id);
CREATE INDEX casework_seats_party ON casework_seats (party, case_id) WHERE party <> '';
CREATE INDEX casework_seats_office ON casework_seats (office, case_id) WHERE office <> '';

-- What was done: one row a step, never changed.
CREATE TABLE casework_steps (
	case_id    {{text}} NOT NULL REFERENCES casework_cases (id),
	seq        {{bigint}} NOT NULL,
	record_id  {{text}} NOT NULL,
	step       {{text}} NOT NULL,
	seat       {{text}} NOT NULL,
	account    {{text}} NOT NULL,
	behalf     {{text}} NOT NULL,
	who        {{text}} NOT NULL,
	party      {{text}} NOT NULL,
	office     {{text}} NOT NULL,
	from_state {{text}} NOT NULL,
	to_state   {{text}} NOT NULL,
	reason     {{text}} NOT NULL,
	leaf       {{text}} NOT NULL,
	at         {{bigint}} NOT NULL,
	PRIMARY KEY (case_id, seq)
) {{strict}};
CREATE INDEX casework_steps_at ON casework_steps (at, case_id);

-- Who could act now and has reason to: worked out at every step, so that a desk is one index range however many cases there are.
CREATE TABLE casework_waits (
	record_id {{text}} NOT NULL,
	seat      {{text}} NOT NULL,
	party     {{text}} NOT NULL,
	office    {{text}} NOT NULL,
	case_id   {{text}} NOT NULL,
	steps     {{text}} NOT NULL,
	due       {{bigint}} NOT NULL,
	PRIMARY KEY (record_id, seat, party, office)
) {{hot}};
CREATE INDEX casework_waits_case ON casework_waits (case_id);
CREATE INDEX casework_waits_party ON casework_waits (party, due, record_id) WHERE party <> '';
CREATE INDEX casework_waits_office ON casework_waits (office, due, record_id) WHERE office <> '';

-- What somebody typed and has not sent yet; only they see it.
CREATE TABLE casework_drafts (
	account   {{text}} NOT NULL,
	case_id   {{text}} NOT NULL,
	record_id {{text}} NOT NULL,
	part      {{text}} NOT NULL,
	step      {{text}} NOT NULL,
	vals      {{text}} NOT NULL,
	at        {{bigint}} NOT NULL,
	PRIMARY KEY (account, case_id, record_id, part, step)
) {{strict}};
CREATE INDEX casework_drafts_case ON casework_drafts (case_id);

-- Requests that were answered, so that the same request twice acts once.
CREATE TABLE casework_requests (
	account {{text}} NOT NULL,
	key     {{text}} NOT NULL,
	input   {{text}} NOT NULL,
	receipt {{text}} NOT NULL,
	at      {{bigint}} NOT NULL,
	PRIMARY KEY (account, key)
) {{strict}};

CREATE TABLE casework_notices (
	id        {{text}} PRIMARY KEY,
	case_id   {{text}} NOT NULL,
	record_id {{text}} NOT NULL,
	seq       {{bigint}} NOT NULL,
	state     {{text}} NOT NULL,
	title     {{text}} NOT NULL,
	content   {{text}} NOT NULL,
	digest    {{text}} NOT NULL,
	from_at   {{bigint}} NOT NULL,
	to_at     {{bigint}} NOT NULL,
	status    {{text}} NOT NULL
) {{strict}};
CREATE INDEX casework_notices_case ON casework_notices (case_id, seq, id);

CREATE TABLE casework_draws (
	id        {{text}} PRIMARY KEY,
	case_id   {{text}} NOT NULL,
	record_id {{text}} NOT NULL,
	seq       {{bigint}} NOT NULL,
	seat      {{text}} NOT NULL,
	part      {{text}} NOT NULL,
	result    {{text}} NOT NULL,
	at        {{bigint}} NOT NULL
) {{strict}};
CREATE INDEX casework_draws_case ON casework_draws (case_id, seq, id);

CREATE TABLE casework_messages (
	id        {{text}} PRIMARY KEY,
	case_id   {{text}} NOT NULL,
	record_id {{text}} NOT NULL,
	seq       {{bigint}} NOT NULL,
	seat      {{text}} NOT NULL,
	party     {{text}} NOT NULL,
	office    {{text}} NOT NULL,
	zh        {{text}} NOT NULL,
	en        {{text}} NOT NULL,
	at        {{bigint}} NOT NULL
) {{strict}};
CREATE INDEX casework_messages_party ON casework_messages (party, id) WHERE party <> '';
CREATE INDEX casework_messages_office ON casework_messages (office, id) WHERE office <> '';

-- Files by their digest; a page made by the system has its template's name and its number.
CREATE TABLE casework_blobs (
	digest {{text}} PRIMARY KEY,
	size   {{bigint}} NOT NULL,
	body   {{blob}} NOT NULL
) {{strict}};
CREATE TABLE casework_uploads (
	digest  {{text}} NOT NULL REFERENCES casework_blobs (digest),
	account {{text}} NOT NULL,
	name    {{text}} NOT NULL,
	at      {{bigint}} NOT NULL,
	PRIMARY KEY (digest, account)
) {{strict}};
CREATE TABLE casework_papers (
	case_id   {{text}} NOT NULL,
	digest    {{text}} NOT NULL REFERENCES casework_blobs (digest),
	record_id {{text}} NOT NULL,
	seq       {{bigint}} NOT NULL,
	document  {{text}} NOT NULL,
	number    {{bigint}} NOT NULL,
	zh        {{text}} NOT NULL,
	en        {{text}} NOT NULL,
	at        {{bigint}} NOT NULL,
	PRIMARY KEY (case_id, digest)
) {{strict}};
CREATE TABLE casework_numbers (
	document {{text}} NOT NULL,
	year     {{bigint}} NOT NULL,
	last     {{bigint}} NOT NULL,
	PRIMARY KEY (document, year)
) {{strict}};

CREATE TABLE casework_delegations (
	id           {{text}} PRIMARY KEY,
	case_id      {{text}} NOT NULL,
	seat         {{text}} NOT NULL,
	from_account {{text}} NOT NULL,
	from_name    {{text}} NOT NULL,
	hats         {{text}} NOT NULL,
	to_account   {{text}} NOT NULL,
	starts       {{bigint}} NOT NULL,
	ends         {{bigint}} NOT NULL,
	at           {{bigint}} NOT NULL,
	revoked      {{bigint}} NOT NULL
) {{strict}};
CREATE INDEX casework_delegations_to ON casework_delegations (to_account, ends);
CREATE INDEX casework_delegations_from ON casework_delegations (from_account, ends);

-- When somebody looked at their desk: the visit before the present one, and the latest look.
CREATE TABLE casework_seen (
	account {{text}} PRIMARY KEY,
	before  {{bigint}} NOT NULL,
	latest  {{bigint}} NOT NULL
) {{strict}};

-- What cases made true for the register (achievements, contracts), until the register has rooms of its own for them.
CREATE TABLE casework_entries (
	id      {{text}} PRIMARY KEY,
	case_id {{text}} NOT NULL,
	seq     {{bigint}} NOT NULL,
	kind    {{text}} NOT NULL,
	fields  {{text}} NOT NULL,
	at      {{bigint}} NOT NULL
) {{strict}};
CREATE INDEX casework_entries_kind ON casework_entries (kind, id);
