-- A leaf is written in the transaction of its step and never touched again, also not by sealing: so a step and a seal never meet
-- at one row.
CREATE TABLE journal_leaf (
	case_id {{text}}   NOT NULL,
	seq     {{bigint}} NOT NULL,
	digest  {{text}}   NOT NULL UNIQUE,
	record  {{text}}   NOT NULL,
	PRIMARY KEY (case_id, seq)
) {{strict}};

-- Leaves that wait for their index, in the order they were written.
CREATE TABLE journal_pending (
	n       {{id}},
	case_id {{text}}   NOT NULL,
	seq     {{bigint}} NOT NULL,
	digest  {{text}}   NOT NULL
) {{strict}};

-- The leaves of the tree.
CREATE TABLE journal_index (
	idx     {{bigint}} NOT NULL PRIMARY KEY,
	case_id {{text}}   NOT NULL,
	seq     {{bigint}} NOT NULL,
	hash    {{blob}}   NOT NULL,
	UNIQUE (case_id, seq)
) {{strict}};

-- The inner hashes that are kept: rows of 256 at heights 8, 16, 24 …; everything between is computed from them.
CREATE TABLE journal_tile (
	level {{bigint}} NOT NULL,
	n     {{bigint}} NOT NULL,
	data  {{blob}}   NOT NULL,
	PRIMARY KEY (level, n)
) {{strict}};

CREATE TABLE journal_checkpoint (
	size {{bigint}} NOT NULL PRIMARY KEY,
	root {{text}}   NOT NULL,
	note {{text}}   NOT NULL,
	at   {{bigint}} NOT NULL
) {{strict}};

-- One row: how many leaves are sealed, and by whose key. Sealing begins by changing it, so two processes never seal at once.
CREATE TABLE journal_state (
	id   {{bigint}} NOT NULL PRIMARY KEY CHECK (id = 1),
	size {{bigint}} NOT NULL,
	key  {{text}}   NOT NULL
) {{hot}};
INSERT INTO journal_state (id, size, key) VALUES (1, 0, '');
