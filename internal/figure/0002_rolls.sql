-- +goose Up
-- What of the facts is not rolled up yet; a step adds a row of its own and meets nobody, the roller takes rows away.
CREATE TABLE figure_tail (
	kind {{text}} NOT NULL,
	fact {{text}} NOT NULL REFERENCES figure_facts (id),
	PRIMARY KEY (kind, fact)
) {{strict}};
INSERT INTO figure_tail (kind, fact) SELECT kind, id FROM figure_facts ORDER BY kind, id;

-- A stream is what one way of counting reads: kinds, filter, dimensions. It is known by the digest of its spec and never changes.
-- at_kind, at_day and at_id say how far facts that were there before it have been read; ready when all have.
CREATE TABLE figure_streams (
	id      {{id}},
	digest  {{text}} NOT NULL UNIQUE,
	spec    {{text}} NOT NULL,
	ready   {{bool}} NOT NULL,
	at_kind {{text}} NOT NULL,
	at_day  {{text}} NOT NULL,
	at_id   {{text}} NOT NULL
) {{strict}};

-- Sums over a stream, by cut (no dimension, one, or two of them: a and b are their values) and by time. h is when it happened, k when it
-- was recorded, as numbers 2025, 202506 or 20250630. Grain 1, 2, 3: year, month, day of h, k is 0. Grain 4: month of h and month of k,
-- of what was recorded in another month than it happened in. Grain 5: day and day, of what was recorded on another day.
CREATE TABLE figure_cells (
	stream {{bigint}} NOT NULL,
	cut    {{bigint}} NOT NULL,
	grain  {{bigint}} NOT NULL,
	h      {{bigint}} NOT NULL,
	k      {{bigint}} NOT NULL,
	a      {{text}} NOT NULL,
	b      {{text}} NOT NULL,
	facts  {{bigint}} NOT NULL,
	amount {{bigint}} NOT NULL,
	PRIMARY KEY (stream, cut, grain, h, k, a, b){{if sqlite}}{{else}} INCLUDE (facts, amount){{end}}
) {{if sqlite}}WITHOUT ROWID, STRICT{{else}}{{hot}}{{end}};
CREATE INDEX figure_cells_known ON figure_cells (stream, cut, k, h) WHERE grain = 5;

-- What a distinct count has seen of each value, by year or for all time (0), so that one more fact needs only those of its own value.
CREATE TABLE figure_seen (
	stream {{bigint}} NOT NULL,
	period {{bigint}} NOT NULL,
	value  {{text}} NOT NULL,
	fact   {{text}} NOT NULL,
	h      {{bigint}} NOT NULL,
	k      {{bigint}} NOT NULL,
	sign   {{bigint}} NOT NULL,
	vals   {{text}} NOT NULL,
	PRIMARY KEY (stream, period, value, fact)
) {{if sqlite}}WITHOUT ROWID, STRICT{{end}};

-- Two values of a dimension that turned out to be one, from the day on which it was found out.
CREATE TABLE figure_merges (
	dim     {{text}} NOT NULL,
	gone    {{text}} NOT NULL,
	kept    {{text}} NOT NULL,
	k       {{bigint}} NOT NULL,
	at      {{bigint}} NOT NULL,
	account {{text}} NOT NULL,
	memo    {{text}} NOT NULL,
	PRIMARY KEY (dim, gone)
) {{strict}};
