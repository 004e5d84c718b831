-- +goose Up

-- What the owner of a need that waits was told last of offers: the youngest one that was known then.
CREATE TABLE casework_told (
	need   {{text}} PRIMARY KEY,
	latest {{text}} NOT NULL,
	at     {{bigint}} NOT NULL
) {{strict}};
