-- One row an account and asset. The check is the last wall behind the program's own: an account that may not go below zero cannot,
-- and no sum leaves the range in which 64-bit arithmetic is exact.
CREATE TABLE ledger_account (
	asset    {{text}}   NOT NULL,
	account  {{text}}   NOT NULL,
	balance  {{bigint}} NOT NULL,
	source   {{bool}}   NOT NULL,
	PRIMARY KEY (asset, account),
	CHECK ((source OR balance >= 0) AND balance BETWEEN -4000000000000000000 AND 4000000000000000000)
) {{hot}};

-- What happened, for ever. Nothing here is updated or deleted; a mistake is mended by a posting that reverses it.
CREATE TABLE ledger_posting (
	n            {{id}},
	id           {{text}}   NOT NULL UNIQUE,
	entry        {{text}}   NOT NULL,
	asset        {{text}}   NOT NULL,
	from_account {{text}}   NOT NULL,
	to_account   {{text}}   NOT NULL,
	amount       {{bigint}} NOT NULL CHECK (amount > 0),
	kind         {{text}}   NOT NULL,
	case_id      {{text}}   NOT NULL,
	pot          {{text}}   NOT NULL,
	step         {{text}}   NOT NULL,
	fund         {{text}}   NOT NULL,
	party        {{text}}   NOT NULL,
	memo_zh      {{text}}   NOT NULL,
	memo_en      {{text}}   NOT NULL,
	at           {{bigint}} NOT NULL,
	reverses     {{text}}   UNIQUE,
	CHECK (from_account <> to_account)
) {{strict}};
CREATE INDEX ledger_posting_case ON ledger_posting (case_id, n);
CREATE INDEX ledger_posting_entry ON ledger_posting (entry);
CREATE INDEX ledger_posting_fund ON ledger_posting (fund, n);

-- A pot is the money of one case for one purpose. Year is that of its first hold, by the Chinese calendar: a yearly cap counts
-- what is held in the year in which it was promised.
CREATE TABLE ledger_pot (
	case_id {{text}}   NOT NULL,
	pot     {{text}}   NOT NULL,
	fund    {{text}}   NOT NULL,
	party   {{text}}   NOT NULL,
	year    {{bigint}} NOT NULL,
	PRIMARY KEY (case_id, pot)
) {{strict}};

-- What was granted to a party in a year, by the posting that changed it.
CREATE TABLE ledger_grant (
	party   {{text}}   NOT NULL,
	year    {{bigint}} NOT NULL,
	posting {{text}}   NOT NULL,
	amount  {{bigint}} NOT NULL,
	PRIMARY KEY (party, year, posting)
) {{strict}};
CREATE INDEX ledger_grant_posting ON ledger_grant (posting);
