-- +goose Up
-- What the map says now: a node, an edge or a supply by its key, with who said it last, when, and from what.
CREATE TABLE chain_items (
	kind    {{text}} NOT NULL,
	item    {{text}} NOT NULL,
	body    {{text}} NOT NULL,
	author  {{text}} NOT NULL,
	at      {{bigint}} NOT NULL,
	source  {{text}} NOT NULL,
	version {{bigint}} NOT NULL,
	PRIMARY KEY (kind, item)
) {{strict}};

-- Everything that was ever said, in order; an empty body takes the item off the map. Nothing here is changed.
CREATE TABLE chain_changes (
	seq     {{id}},
	kind    {{text}} NOT NULL,
	item    {{text}} NOT NULL,
	version {{bigint}} NOT NULL,
	body    {{text}} NOT NULL,
	account {{text}} NOT NULL,
	author  {{text}} NOT NULL,
	at      {{bigint}} NOT NULL,
	source  {{text}} NOT NULL,
	UNIQUE (kind, item, version)
) {{strict}};
