-- +goose Up
-- Days of every cut were three in four cells and seldom held more than one fact. They are kept once now, with all dimensions of the stream
-- (v0 to v5), and only the whole and what is counted distinct keep grains 3 and 5 of their own: a broken month is read from here.
CREATE TABLE figure_leaves (
	stream {{bigint}} NOT NULL,
	h      {{bigint}} NOT NULL,
	k      {{bigint}} NOT NULL,
	v0     {{text}} NOT NULL,
	v1     {{text}} NOT NULL,
	v2     {{text}} NOT NULL,
	v3     {{text}} NOT NULL,
	v4     {{text}} NOT NULL,
	v5     {{text}} NOT NULL,
	facts  {{bigint}} NOT NULL,
	amount {{bigint}} NOT NULL,
	PRIMARY KEY (stream, h, k, v0, v1, v2, v3, v4, v5)
) {{if sqlite}}WITHOUT ROWID, STRICT{{else}}{{hot}}{{end}};
CREATE INDEX figure_leaves_known ON figure_leaves (stream, k, h) WHERE h <> k;
-- Every stream is made anew.
DELETE FROM figure_cells;
DELETE FROM figure_seen;
UPDATE figure_streams SET ready = {{if sqlite}}0{{else}}FALSE{{end}}, at_kind = '', at_day = '', at_id = '';
