-- +goose Up

-- How the records of a kind are counted, as JSON. Where an edition says it otherwise, next is how, and changed and id are how far the
-- records have been counted anew.
CREATE TABLE casework_counted (
	kind    {{text}} PRIMARY KEY,
	counts  {{text}} NOT NULL,
	next    {{text}} NOT NULL,
	changed {{bigint}} NOT NULL,
	record  {{text}} NOT NULL
) {{strict}};
