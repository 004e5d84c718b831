-- +goose Up

-- Cases that know each other: each way is a row, under the name that the case's mechanism has for the other ('' where it has none).
CREATE TABLE casework_links (
	case_id {{text}} NOT NULL REFERENCES casework_cases (id),
	link    {{text}} NOT NULL,
	other   {{text}} NOT NULL REFERENCES casework_cases (id),
	chosen  {{bool}} NOT NULL,
	at      {{bigint}} NOT NULL,
	PRIMARY KEY (case_id, link, other)
) {{strict}};
CREATE INDEX casework_links_other ON casework_links (other, case_id);

-- What stands in forms in advance, from the case that started this one.
CREATE TABLE casework_prefills (
	case_id {{text}} NOT NULL REFERENCES casework_cases (id),
	form    {{text}} NOT NULL,
	vals    {{text}} NOT NULL,
	PRIMARY KEY (case_id, form)
) {{strict}};
