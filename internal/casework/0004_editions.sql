-- +goose Up

-- Editions of the pack that somebody proposed, and those that came in force: what is opened from from_at on is opened under them.
CREATE TABLE casework_editions (
	id         {{text}} PRIMARY KEY,
	digest     {{text}} NOT NULL REFERENCES casework_packs (digest),
	base       {{text}} NOT NULL,
	version    {{text}} NOT NULL,
	note       {{text}} NOT NULL,
	from_at    {{bigint}} NOT NULL,
	proposer   {{text}} NOT NULL,
	named      {{text}} NOT NULL,
	at         {{bigint}} NOT NULL,
	state      {{text}} NOT NULL CHECK (state IN ('proposed', 'adopted', 'withdrawn')),
	decider    {{text}} NOT NULL,
	decider_named {{text}} NOT NULL,
	decided_at {{bigint}} NOT NULL,
	reason     {{text}} NOT NULL
) {{strict}};
CREATE INDEX casework_editions_force ON casework_editions (state, from_at, id);
