-- A holder's shares of a company that a case keeps where they are; thawed is the event that let them go, '' while they stand.
CREATE TABLE ledger_freeze (
	n       {{id}},
	entry   {{text}} NOT NULL,
	company {{text}} NOT NULL,
	party   {{text}} NOT NULL,
	case_id {{text}} NOT NULL,
	thawed  {{text}} NOT NULL
) {{strict}};
CREATE INDEX ledger_freeze_company ON ledger_freeze (company, n);
