-- +goose Up
-- A month as it was reported: the body has every figure, and is what the digest is of and the signature over. It never changes.
CREATE TABLE figure_freezes (
	month   {{bigint}} PRIMARY KEY,
	at      {{bigint}} NOT NULL,
	account {{text}} NOT NULL,
	body    {{text}} NOT NULL,
	digest  {{text}} NOT NULL,
	signed  {{text}} NOT NULL
) {{strict}};

-- The values of the body again, to look up one figure. definition is the digest of how it was counted.
CREATE TABLE figure_frozen (
	month      {{bigint}} NOT NULL REFERENCES figure_freezes (month),
	figure     {{text}} NOT NULL,
	version    {{text}} NOT NULL,
	definition {{text}} NOT NULL,
	value      {{bigint}},
	facts      {{bigint}} NOT NULL,
	PRIMARY KEY (month, figure)
) {{strict}};

-- What a frozen value is known to be now, beside it and with the reason.
CREATE TABLE figure_restatements (
	id      {{text}} PRIMARY KEY,
	month   {{bigint}} NOT NULL,
	figure  {{text}} NOT NULL,
	was     {{bigint}},
	now     {{bigint}},
	reason  {{text}} NOT NULL,
	at      {{bigint}} NOT NULL,
	account {{text}} NOT NULL,
	FOREIGN KEY (month, figure) REFERENCES figure_frozen (month, figure)
) {{strict}};
CREATE INDEX figure_restatements_of ON figure_restatements (figure, month, id);

-- What somebody else says a figure was: a bulletin, the press, another department.
CREATE TABLE figure_reports (
	id      {{text}} PRIMARY KEY,
	figure  {{text}} NOT NULL,
	day     {{bigint}} NOT NULL,
	value   {{bigint}} NOT NULL,
	source  {{text}} NOT NULL,
	at      {{bigint}} NOT NULL,
	account {{text}} NOT NULL
) {{strict}};
CREATE UNIQUE INDEX figure_reports_of ON figure_reports (figure, day, source);
