-- +goose Up

-- An index over what every step changes makes it write every index of the case anew (docs/decisions/0004-conflicts.md). Who follows the
-- cases finds those that had a step by the steps.
DROP INDEX casework_cases_last;
