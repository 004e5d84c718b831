-- +goose Up

-- The records of the register that a case is about: what a thing of it is now (is_current), and what it was. What a case entered
-- without giving it to a thing has the thing ''. Entries of before are kept in casework_entries, where nothing is written any more.
CREATE TABLE casework_things (
	case_id    {{text}} NOT NULL REFERENCES casework_cases (id),
	thing      {{text}} NOT NULL,
	record     {{text}} NOT NULL,
	seq        {{bigint}} NOT NULL,
	is_current {{bool}} NOT NULL,
	PRIMARY KEY (case_id, thing, record)
) {{strict}};
CREATE INDEX casework_things_record ON casework_things (record, case_id);
