-- Who follows the cases asks for those that had a step since a moment.
CREATE INDEX casework_cases_last ON casework_cases (last_at, id);
