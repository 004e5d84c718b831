-- +goose Up
-- The last day on which a fact holds, '' where it holds without limit. Only what is in force reads it.
ALTER TABLE figure_facts ADD COLUMN until {{text}} NOT NULL DEFAULT '';
-- What a record of the register brought.
CREATE INDEX figure_facts_record ON figure_facts (record_id, kind, id);
