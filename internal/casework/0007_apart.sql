-- +goose Up

-- When to look at a record again: one row for each time that a record was ever due at. Steps only add rows and read none; the clock takes
-- them away. An index over casework_records.due would make every change of a due date write the record's other indexes anew, and what
-- they guard on PostgreSQL are whole pages (docs/decisions/0004-conflicts.md). A row whose record is no longer due then says nothing.
CREATE TABLE casework_alarms (
	at        {{bigint}} NOT NULL,
	record_id {{text}} NOT NULL,
	PRIMARY KEY (at, record_id)
) {{strict}};
INSERT INTO casework_alarms (at, record_id) SELECT due, id FROM casework_records WHERE due > 0;
DROP INDEX casework_records_due;
{{if sqlite}}{{else}}
-- What a foreign key looks up on PostgreSQL it guards as well, on the page to which everybody adds. Nothing deletes what these point to;
-- SQLite keeps them, so that the tests find a row without its case.
ALTER TABLE casework_records DROP CONSTRAINT casework_records_case_id_fkey;
ALTER TABLE casework_forms DROP CONSTRAINT casework_forms_record_id_fkey;
ALTER TABLE casework_seats DROP CONSTRAINT casework_seats_record_id_fkey;
ALTER TABLE casework_steps DROP CONSTRAINT casework_steps_case_id_fkey;
{{end}}

-- The desks again, by a key that begins with the end of the record's id, which is random: cases of one hour no longer stand on one page,
-- which everybody who takes a case off a desk reads and everybody who lays one on a desk writes.
CREATE TABLE casework_desks (
	spread    {{text}} NOT NULL,
	record_id {{text}} NOT NULL,
	seat      {{text}} NOT NULL,
	party     {{text}} NOT NULL,
	office    {{text}} NOT NULL,
	case_id   {{text}} NOT NULL,
	steps     {{text}} NOT NULL,
	due       {{bigint}} NOT NULL,
	PRIMARY KEY (spread, record_id, seat, party, office)
) {{hot}};
INSERT INTO casework_desks (spread, record_id, seat, party, office, case_id, steps, due)
	SELECT {{if sqlite}}substr(record_id, -4){{else}}right(record_id, 4){{end}}, record_id, seat, party, office, case_id, steps, due FROM casework_waits;
DROP TABLE casework_waits;
ALTER TABLE casework_desks RENAME TO casework_waits;
CREATE INDEX casework_waits_case ON casework_waits (case_id);
CREATE INDEX casework_waits_party ON casework_waits (party, due, record_id) WHERE party <> '';
CREATE INDEX casework_waits_office ON casework_waits (office, due, record_id) WHERE office <> '';

-- What was ever public, in the order in which the hall lists it. An index over casework_cases.public would make publishing write every
-- other index of the case anew.
CREATE TABLE casework_hall (
	case_id {{text}} NOT NULL PRIMARY KEY
) {{strict}};
INSERT INTO casework_hall (case_id) SELECT id FROM casework_cases WHERE public;
DROP INDEX casework_cases_public;
