-- +goose Up

-- Which record a case has taken, for which days, as it stands: a calendar and a guard ask for it. Both days are taken.
CREATE TABLE casework_bookings (
	case_id {{text}} NOT NULL REFERENCES casework_cases (id),
	thing   {{text}} NOT NULL,
	record  {{text}} NOT NULL,
	from_day  {{text}} NOT NULL,
	until_day {{text}} NOT NULL,
	PRIMARY KEY (case_id, thing)
) {{strict}};
CREATE INDEX casework_bookings_record ON casework_bookings (record, until_day);
