-- +goose Up
-- A table of published statistics as it was taken in. A value is what the newest table says that gives it and was not withdrawn; what older
-- ones said stays beside it.
CREATE TABLE outside_tables (
	seq       {{id}},
	id        {{text}} NOT NULL UNIQUE,
	series    {{text}} NOT NULL,
	name      {{text}} NOT NULL,
	digest    {{text}} NOT NULL,
	source    {{text}} NOT NULL,
	cells     {{bigint}} NOT NULL,
	account   {{text}} NOT NULL,
	who       {{text}} NOT NULL,
	at        {{bigint}} NOT NULL,
	withdrawn {{text}} NOT NULL
) {{strict}};
CREATE INDEX outside_tables_of ON outside_tables (series, seq);

-- v is in ten-thousandths of the unit; places is how many digits were printed behind the point.
CREATE TABLE outside_cells (
	tab    {{bigint}} NOT NULL REFERENCES outside_tables (seq),
	line   {{bigint}} NOT NULL,
	item   {{text}} NOT NULL,
	area   {{text}} NOT NULL,
	year   {{bigint}} NOT NULL,
	v      {{bigint}} NOT NULL,
	places {{bigint}} NOT NULL,
	unit   {{text}} NOT NULL,
	PRIMARY KEY (tab, line)
) {{strict}};
