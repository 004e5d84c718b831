-- +goose Up
-- Instances whose open records are read here: who they said they are, where to go on, and how it went.
CREATE TABLE exchange_source (
	base      {{text}} NOT NULL PRIMARY KEY,
	city      {{text}} NOT NULL,
	about     {{text}} NOT NULL,
	resume    {{text}} NOT NULL,
	tags      {{text}} NOT NULL,
	harvested {{bigint}} NOT NULL,
	failed    {{bigint}} NOT NULL,
	failure   {{text}} NOT NULL
) {{strict}};

-- What they lay open, as last seen. It is nobody's record here: no figure counts it and no form chooses it.
CREATE TABLE exchange_item (
	source   {{text}} NOT NULL,
	id       {{text}} NOT NULL,
	kind     {{text}} NOT NULL,
	name     {{text}} NOT NULL,
	gone     {{bool}} NOT NULL,
	revision {{bigint}} NOT NULL,
	changed  {{bigint}} NOT NULL,
	first    {{bigint}} NOT NULL,
	seen     {{bigint}} NOT NULL,
	digest   {{text}} NOT NULL,
	body     {{text}} NOT NULL,
	PRIMARY KEY (source, id)
) {{strict}};
CREATE INDEX exchange_item_kind ON exchange_item (kind, changed, source, id);
