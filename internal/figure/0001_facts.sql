-- +goose Up
-- A fact is written once and never changed; a reversal is a fact of its own that names the one it takes back.
CREATE TABLE figure_facts (
	id        {{text}} PRIMARY KEY,
	kind      {{text}} NOT NULL,
	amount    {{bigint}} NOT NULL,
	at        {{bigint}} NOT NULL,
	day       {{text}} NOT NULL,
	case_id   {{text}} NOT NULL,
	record_id {{text}} NOT NULL,
	seq       {{bigint}} NOT NULL,
	dims      {{text}} NOT NULL,
	reverses  {{text}} UNIQUE REFERENCES figure_facts (id),
	memo      {{text}} NOT NULL
) {{strict}};
CREATE INDEX figure_facts_kind ON figure_facts (kind, day, id);
CREATE INDEX figure_facts_case ON figure_facts (case_id, seq, id);
