-- +goose Up

-- What the veils over a case hide: when each fell, and how its parts and seats looked then (veil.go). Empty: none lies.
ALTER TABLE casework_cases ADD COLUMN veil {{text}} NOT NULL DEFAULT '';
