-- Long work. A job is claimed by one process until it is due again, and by another when that one dies.
CREATE TABLE job (
	id       {{text}}   NOT NULL PRIMARY KEY,
	kind     {{text}}   NOT NULL,
	payload  {{text}}   NOT NULL,
	state    {{text}}   NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed')),
	attempt  {{bigint}} NOT NULL,
	due      {{bigint}} NOT NULL,
	done     {{bigint}} NOT NULL,
	total    {{bigint}} NOT NULL,
	note     {{text}}   NOT NULL,
	error    {{text}}   NOT NULL,
	created  {{bigint}} NOT NULL,
	finished {{bigint}} NOT NULL
) {{hot}};
CREATE INDEX job_due ON job (due, id) WHERE state IN ('waiting', 'running');
