package register

import (
	"encoding/json"
	"fmt"

	"kechuang/internal/lang"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

const importColumns = `id, kind, account, actor, name, format, size, state, skip_bad, total, done, good, bad, written, notes, created, updated`

func scanImport(scan func(...any) error) (i Import, err error) {
	var actor, notes string
	var created, updated int64
	if err = scan(&i.ID, &i.Kind, &i.Account, &actor, &i.Name, &i.Format, &i.Size, &i.State, &i.SkipBad, &i.Total, &i.Done, &i.Good, &i.Bad, &i.Written,
		&notes, &created, &updated); err != nil {
		return i, err
	}
	i.Created, i.Updated = store.Time(created), store.Time(updated)
	if err = json.Unmarshal([]byte(actor), &i.actor); err == nil {
		err = json.Unmarshal([]byte(notes), &i.Notes)
	}
	if err != nil {
		return i, fmt.Errorf("register: an import's row: %w", err)
	}
	return i, nil
}

func importByID(tx *store.Tx, id string) (i Import, found bool, err error) {
	list, err := store.List(tx, scanImport, `SELECT `+importColumns+` FROM sheet_import WHERE id = $1 ORDER BY id`, id)
	if err != nil || len(list) == 0 {
		return i, false, err
	}
	return list[0], true, nil
}

func importsOf(tx *store.Tx, account, before string, limit int) ([]Import, error) {
	return store.List(tx, scanImport, `SELECT `+importColumns+` FROM sheet_import WHERE account = $1 AND ($2 = '' OR id < $2) ORDER BY id DESC LIMIT $3`,
		account, before, limit)
}

// openImports counts the imports of an account that a worker still has to go on with.
func openImports(tx *store.Tx, account string) (n int64, err error) {
	_, err = store.One(tx, `SELECT count(*) FROM sheet_import WHERE account = $1 AND state IN ('checking', 'running')`, []any{account}, &n)
	return n, err
}

func importsWaiting(tx *store.Tx) ([]string, error) {
	return store.List(tx, func(scan func(...any) error) (id string, err error) { return id, scan(&id) },
		`SELECT id FROM sheet_import WHERE state IN ('checking', 'running') ORDER BY id`)
}

func insertImport(tx *store.Tx, i Import, file []byte) error {
	actor, notes, err := importTexts(i)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(`INSERT INTO sheet_import (id, kind, account, actor, name, format, size, state, skip_bad, total, done, good, bad, written, notes, created, updated)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
		i.ID, i.Kind, i.Account, actor, i.Name, string(i.Format), i.Size, string(i.State), i.SkipBad, i.Total, i.Done, i.Good, i.Bad, i.Written, notes,
		store.Micros(i.Created), store.Micros(i.Updated)); err != nil {
		return err
	}
	_, err = tx.Exec(`INSERT INTO sheet_file (import, body) VALUES ($1, $2)`, i.ID, file)
	return err
}

func importTexts(i Import) (actor, notes string, err error) {
	a, err := json.Marshal(i.actor)
	if err != nil {
		return "", "", err
	}
	n, err := json.Marshal(i.Notes)
	return string(a), string(n), err
}

func updateImport(tx *store.Tx, i Import) error {
	actor, notes, err := importTexts(i)
	if err != nil {
		return err
	}
	_, err = tx.Exec(`UPDATE sheet_import SET actor = $1, state = $2, skip_bad = $3, total = $4, done = $5, good = $6, bad = $7, written = $8, notes = $9, updated = $10
		WHERE id = $11`, actor, string(i.State), i.SkipBad, i.Total, i.Done, i.Good, i.Bad, i.Written, notes, store.Micros(tx.Now()), i.ID)
	return err
}

// advance moves an import's progress on from where this worker left it. errOvertaken says that another worker or the user was
// there meanwhile: then nothing of the chunk is kept.
func advance(tx *store.Tx, from, to Import) error {
	n, err := tx.Exec(`UPDATE sheet_import SET state = $1, total = $2, done = $3, good = $4, bad = $5, written = $6, updated = $7
		WHERE id = $8 AND state = $9 AND done = $10 AND bad = $11`,
		string(to.State), to.Total, to.Done, to.Good, to.Bad, to.Written, store.Micros(tx.Now()), from.ID, string(from.State), from.Done, from.Bad)
	if err == nil && n != 1 {
		err = errOvertaken
	}
	return err
}

func fileOf(tx *store.Tx, id string) (body []byte, err error) {
	found, err := store.One(tx, `SELECT body FROM sheet_file WHERE import = $1`, []any{id}, &body)
	if err == nil && !found {
		err = refusal.New(refusal.NotFound, "register.import.swept", lang.T("原文件已超过保存期限，不再保留", "The file is past the time for which it is kept"))
	}
	return body, err
}

func insertMessages(tx *store.Tx, id string, list []Message) error {
	seq, last := 0, 0
	for _, m := range list {
		if m.Line != last {
			seq, last = 0, m.Line
		}
		body, err := json.Marshal(m)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(`INSERT INTO sheet_message (import, line, seq, bad, body) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (import, line, seq) DO UPDATE SET bad = excluded.bad, body = excluded.body`, id, m.Line, seq, m.Error, string(body)); err != nil {
			return err
		}
		seq++
	}
	return nil
}

func dropMessages(tx *store.Tx, id string) error {
	_, err := tx.Exec(`DELETE FROM sheet_message WHERE import = $1`, id)
	return err
}

func messagesOf(tx *store.Tx, id string, after, limit int) ([]Message, error) {
	return store.List(tx, func(scan func(...any) error) (m Message, err error) {
		var body string
		if err = scan(&body); err != nil {
			return m, err
		}
		return m, json.Unmarshal([]byte(body), &m)
	}, `SELECT body FROM sheet_message WHERE import = $1 AND line > $2 ORDER BY line, seq LIMIT $3`, id, after, limit)
}

// badLines gives the rows that have an error.
func badLines(tx *store.Tx, id string) ([]int, error) {
	return store.List(tx, func(scan func(...any) error) (n int, err error) { return n, scan(&n) },
		`SELECT DISTINCT line FROM sheet_message WHERE import = $1 AND bad ORDER BY line`, id)
}

// swept deletes the files and messages of imports that ended before the time; the record of the import itself stays.
func swept(tx *store.Tx, before int64) error {
	for _, table := range []string{"sheet_file", "sheet_message"} {
		if _, err := tx.Exec(`DELETE FROM `+table+` WHERE import IN (SELECT id FROM sheet_import WHERE state IN ('done', 'stopped', 'checked') AND updated < $1)`, before); err != nil {
			return err
		}
	}
	_, err := tx.Exec(`UPDATE sheet_import SET state = 'stopped' WHERE state = 'checked' AND updated < $1`, before)
	return err
}
