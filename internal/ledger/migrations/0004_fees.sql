-- +goose Up
-- Fees, the tax that is withheld of them and what of it is handed on are read by month, across cases and funds.
CREATE INDEX ledger_posting_fees ON ledger_posting (at) WHERE kind IN ('fee', 'withhold', 'remit');
