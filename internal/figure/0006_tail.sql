-- +goose Up

{{if sqlite}}
SELECT 1;
{{else}}
-- The tail and its fact are written by one function, and facts are never deleted: the foreign key would only guard the page to which all
-- new facts are added (docs/decisions/0004-conflicts.md). SQLite keeps it.
ALTER TABLE figure_tail DROP CONSTRAINT figure_tail_fact_fkey;
{{end}}
