-- +goose Up

-- A dossier is an archive of a case's thread as its reader saw it when it was ordered; chunks hold the archive in order.
CREATE TABLE dossier (
	id      {{text}}   NOT NULL PRIMARY KEY,
	case_id {{text}}   NOT NULL,
	account {{text}}   NOT NULL,
	job     {{text}}   NOT NULL,
	files   {{bigint}} NOT NULL,
	size    {{bigint}} NOT NULL,
	digest  {{text}}   NOT NULL,
	at      {{bigint}} NOT NULL,
	ready   {{bool}}   NOT NULL
) {{strict}};
CREATE INDEX dossier_of ON dossier (account, case_id, at);
CREATE TABLE dossier_chunk (
	dossier {{text}}   NOT NULL,
	n       {{bigint}} NOT NULL,
	body    {{blob}}   NOT NULL,
	PRIMARY KEY (dossier, n)
) {{strict}};

-- +goose Down
DROP TABLE dossier_chunk;
DROP TABLE dossier;
