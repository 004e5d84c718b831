-- One row a thing whose rights are entered. Who holds what is in the postings of its assets title/<thing>, use/<thing>, income/<thing>.
CREATE TABLE ledger_right (
	thing   {{text}}   NOT NULL PRIMARY KEY,
	expires {{text}}   NOT NULL,
	case_id {{text}}   NOT NULL,
	step    {{text}}   NOT NULL,
	at      {{bigint}} NOT NULL
) {{strict}};

-- Days on which protection was said to end, one after the other: what a past moment knew.
CREATE TABLE ledger_expiry (
	n       {{id}},
	thing   {{text}}   NOT NULL,
	expires {{text}}   NOT NULL,
	case_id {{text}}   NOT NULL,
	step    {{text}}   NOT NULL,
	at      {{bigint}} NOT NULL
) {{strict}};
CREATE INDEX ledger_expiry_thing ON ledger_expiry (thing, n);

-- A right given until a day; lapsed is when it fell back, 0 while it runs.
CREATE TABLE ledger_term (
	n       {{id}},
	id      {{text}}   NOT NULL UNIQUE,
	thing   {{text}}   NOT NULL,
	kind    {{text}}   NOT NULL,
	giver   {{text}}   NOT NULL,
	until   {{text}}   NOT NULL,
	case_id {{text}}   NOT NULL,
	step    {{text}}   NOT NULL,
	at      {{bigint}} NOT NULL,
	lapsed  {{bigint}} NOT NULL
) {{strict}};
CREATE INDEX ledger_term_thing ON ledger_term (thing, n);

-- A pledge or a licence; ended is when it was over, 0 while it stands, and ending says how.
CREATE TABLE ledger_lien (
	n          {{id}},
	id         {{text}}   NOT NULL UNIQUE,
	thing      {{text}}   NOT NULL,
	kind       {{text}}   NOT NULL,
	scope      {{text}}   NOT NULL,
	giver      {{text}}   NOT NULL,
	holder     {{text}}   NOT NULL,
	number     {{text}}   NOT NULL,
	amount     {{bigint}} NOT NULL,
	field      {{text}}   NOT NULL,
	territory  {{text}}   NOT NULL,
	from_day   {{text}}   NOT NULL,
	until      {{text}}   NOT NULL,
	case_id    {{text}}   NOT NULL,
	step       {{text}}   NOT NULL,
	at         {{bigint}} NOT NULL,
	ended      {{bigint}} NOT NULL,
	ending     {{text}}   NOT NULL,
	ended_case {{text}}   NOT NULL,
	ended_step {{text}}   NOT NULL
) {{strict}};
CREATE INDEX ledger_lien_thing ON ledger_lien (thing, n);
CREATE INDEX ledger_lien_holder ON ledger_lien (holder, n);
CREATE INDEX ledger_lien_giver ON ledger_lien (giver, n);

-- What happened to a company's shares, by the day it is dated; the shares themselves are postings of the assets share/<company>/<class>.
CREATE TABLE ledger_equity (
	n         {{id}},
	entry     {{text}}   NOT NULL UNIQUE,
	company   {{text}}   NOT NULL,
	kind      {{text}}   NOT NULL,
	day       {{text}}   NOT NULL,
	name      {{text}}   NOT NULL,
	price_num {{bigint}} NOT NULL,
	price_den {{bigint}} NOT NULL,
	valuation {{bigint}} NOT NULL,
	ends      {{bool}}   NOT NULL,
	case_id   {{text}}   NOT NULL,
	step      {{text}}   NOT NULL,
	at        {{bigint}} NOT NULL
) {{strict}};
CREATE INDEX ledger_equity_company ON ledger_equity (company, n);

-- What was paid for the shares of a posting, and out of what kind of purse.
CREATE TABLE ledger_paid (
	posting {{text}}   NOT NULL PRIMARY KEY,
	company {{text}}   NOT NULL,
	paid    {{bigint}} NOT NULL,
	source  {{text}}   NOT NULL
) {{strict}};
CREATE INDEX ledger_paid_company ON ledger_paid (company);

CREATE INDEX ledger_posting_asset ON ledger_posting (asset, n) WHERE asset <> 'CNY';
CREATE INDEX ledger_account_asset ON ledger_account (account, asset) WHERE asset <> 'CNY';
