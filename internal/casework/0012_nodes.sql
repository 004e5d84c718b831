-- +goose Up

-- Which nodes of the chain maps a form names, in the version of it that stands: from a node one arrives at its cases.
CREATE TABLE casework_nodes (
	node      {{text}} NOT NULL,
	case_id   {{text}} NOT NULL REFERENCES casework_cases (id),
	record_id {{text}} NOT NULL,
	form      {{text}} NOT NULL,
	PRIMARY KEY (record_id, form, node)
) {{strict}};
CREATE INDEX casework_nodes_node ON casework_nodes (node, case_id);
