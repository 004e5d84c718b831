package register

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"

	"kechuang/internal/lang"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

// How many rows are checked and written at a time. A chunk of 200 written rows holds SQLite's only writer for about 60 ms, and
// progress is seen at least as often.
const (
	checkChunk = 1000
	writeChunk = 200
	eachChunk  = 20 // rows with transactions of their own: progress is kept every so many
	keepFiles  = 90 * 24 * time.Hour
)

// maxMessages bounds what is kept about one file: who sent 20 000 wrong cells sent the wrong file.
const maxMessages = 20_000

// errOvertaken says that another worker, or the user's stop, moved the import on.
var errOvertaken = errors.New("register: import moved on elsewhere")

// RunImport does whatever waits at an import — the dry run, or the writing — to its end. Called twice at once it acts once: a
// chunk counts only if the progress is still where this worker left it, in the same transaction as the rows. After a crash it is
// called again: the dry run begins anew, the writing goes on after the last chunk.
//
// Its error is nil when the import stands where the next step is the user's; an error means: call again later.
func (r *Register) RunImport(ctx context.Context, id string) error {
	var imp Import
	var data []byte
	err := r.db.Read(ctx, func(tx *store.Tx) error {
		var found bool
		var err error
		if imp, found, err = importByID(tx, id); err != nil {
			return err
		}
		if !found {
			return fmt.Errorf("register: no import %s", id)
		}
		if imp.State == Checking || imp.State == Running {
			data, err = fileOf(tx, id)
		}
		return err
	})
	if err != nil || data == nil {
		return err
	}
	if err := r.run(ctx, imp, data); err != nil {
		if errors.Is(err, errOvertaken) {
			return nil
		}
		if final(err) {
			return r.giveUp(ctx, imp, err)
		}
		return err
	}
	return nil
}

// final tells whether trying again would end the same way.
func final(err error) bool {
	l := refusal.Of(err)
	for _, no := range l {
		if no.Kind == refusal.Unavailable || no.Kind == refusal.TooMany {
			return false
		}
	}
	return len(l) > 0
}

func (r *Register) run(ctx context.Context, imp Import, data []byte) error {
	if r.actorOf != nil {
		a, err := r.actorOf(ctx, imp.actor.Account)
		if err != nil {
			return err
		}
		imp.actor = a
	}
	sum := sha256.Sum256(data)
	imp.digest = hex.EncodeToString(sum[:])
	s, err := r.sheet(imp.actor, imp.Kind)
	if err != nil {
		return err
	}
	t, err := openTable(s, imp.Format, data)
	if err != nil {
		return err
	}
	defer t.close()
	if imp.State == Checking {
		return r.checkAll(ctx, imp, t)
	}
	return r.writeAll(ctx, imp, t)
}

// giveUp ends an import with the reason.
func (r *Register) giveUp(ctx context.Context, imp Import, why error) error {
	slog.Info("register: import stopped", "import", imp.ID, "reason", why)
	return r.db.Write(ctx, func(tx *store.Tx) error {
		now, found, err := importByID(tx, imp.ID)
		if err != nil || !found || now.State != imp.State {
			return err
		}
		now.State = Stopped
		for _, no := range refusal.Of(why) {
			now.Notes = append(now.Notes, lang.T(no.Error(), no.Text.EN))
		}
		return updateImport(tx, now)
	})
}

// chunk is some rows with what their cells say.
type chunk struct {
	rows []Row
	bad  []refusal.List
}

// take reads the next rows; done tells that the file is at its end.
func (t *table) take(id string, n int) (c chunk, done bool, err error) {
	for len(c.rows) < n {
		l, err := t.next()
		if errors.Is(err, io.EOF) {
			return c, true, nil
		}
		if err != nil {
			return c, false, err
		}
		row, bad := t.read(l, fmt.Sprintf("%s#%d", id, l.number))
		c.rows, c.bad = append(c.rows, row), append(c.bad, bad)
	}
	return c, false, nil
}

// checkAll is the dry run. It begins from the start whatever a crash left, because what rows of one file say of each other is
// known only from the start.
func (r *Register) checkAll(ctx context.Context, imp Import, t *table) error {
	err := r.db.Write(ctx, func(tx *store.Tx) error {
		now, _, err := importByID(tx, imp.ID)
		if err != nil {
			return err
		}
		if now.State != Checking {
			return errOvertaken
		}
		now.Done, now.Good, now.Bad = 0, 0, 0
		imp.Done, imp.Good, imp.Bad = 0, 0, 0
		if err := dropMessages(tx, imp.ID); err != nil {
			return err
		}
		return updateImport(tx, now)
	})
	if err != nil {
		return err
	}
	b := &Batch{seen: map[string]int{}}
	kept := 0
	for {
		c, done, err := t.take(imp.ID, checkChunk)
		if err != nil {
			return err
		}
		to := imp
		messages, err := r.checkChunk(ctx, t.sheet, &to, c, b)
		if err != nil {
			return err
		}
		if kept += len(messages); kept > maxMessages {
			return errFile("hopeless", fmt.Sprintf("前 %d 行中的问题已超过 %d 处，请先对照模板整理", to.Done, maxMessages), "There are too many errors; compare with the template first")
		}
		if to.Done > MaxRows {
			return errTooLarge(fmt.Sprintf("表格超过 %d 行，请分成几个文件", MaxRows), fmt.Sprintf("More than %d rows; split the file", MaxRows))
		}
		if to.Total = max(to.Total, to.Done); done {
			to.State, to.Total = Checked, to.Done
		}
		err = r.db.Write(ctx, func(tx *store.Tx) error {
			if err := advance(tx, imp, to); err != nil {
				return err
			}
			return insertMessages(tx, imp.ID, messages)
		})
		if err != nil || done {
			return err
		}
		imp = to
	}
}

// checkChunk looks at rows on one snapshot and counts them.
func (r *Register) checkChunk(ctx context.Context, s *Sheet, imp *Import, c chunk, b *Batch) (messages []Message, err error) {
	start := *imp
	err = r.db.Read(ctx, func(tx *store.Tx) error {
		*imp, messages = start, nil
		for i, row := range c.rows {
			b.line, b.notes = row.Line, nil
			bad := c.bad[i]
			err := s.Check(tx, imp.actor, row, b)
			more := refusal.Of(err)
			if err != nil && more == nil || !rowsOwn(more) {
				return err
			}
			bad = append(bad[:len(bad):len(bad)], unsaid(bad, more)...)
			imp.Done++
			if len(bad) > 0 {
				imp.Bad++
			} else {
				imp.Good++
			}
			messages = append(messages, said(s, row.Line, bad, b.notes)...)
		}
		return nil
	})
	return messages, err
}

// rowsOwn tells whether refusals are about the row, and not about the system.
func rowsOwn(l refusal.List) bool {
	for _, no := range l {
		if no.Kind == refusal.Unavailable || no.Kind == refusal.TooMany {
			return false
		}
	}
	return true
}

// unsaid leaves of the sheet's refusals those at cells about which nothing was said yet.
func unsaid(have, more refusal.List) refusal.List {
	var l refusal.List
	for _, m := range more {
		known := false
		for _, h := range have {
			known = known || (m.Field != "" && h.Field == m.Field)
		}
		if !known {
			l = append(l, m)
		}
	}
	return l
}

// said makes messages of refusals and notes.
func said(s *Sheet, number int, bad refusal.List, notes []lang.Text) []Message {
	var list []Message
	for _, no := range bad {
		m := Message{Line: number, Key: no.Field, Error: true, ID: no.ID, Text: no.Text, Way: no.Way}
		for _, c := range s.Columns {
			if c.Key == no.Field {
				m.Column = c.Title.ZH
			}
		}
		list = append(list, m)
	}
	for _, n := range notes {
		list = append(list, Message{Line: number, ID: "register.note", Text: n})
	}
	return list
}

// writeAll writes the good rows, from where the progress stands.
func (r *Register) writeAll(ctx context.Context, imp Import, t *table) error {
	bad := map[int]bool{}
	err := r.db.Read(ctx, func(tx *store.Tx) error {
		lines, err := badLines(tx, imp.ID)
		for _, l := range lines {
			bad[l] = true
		}
		return err
	})
	if err != nil {
		return err
	}
	for skipped := int64(0); skipped < imp.Done; {
		c, done, err := t.take(imp.ID, int(min(imp.Done-skipped, checkChunk)))
		if err != nil {
			return err
		}
		skipped += int64(len(c.rows))
		if done {
			break
		}
	}
	size, write := writeChunk, r.writeChunk
	if t.sheet.Each != nil {
		size, write = eachChunk, r.writeEach
	}
	for {
		c, done, err := t.take(imp.ID, size)
		if err != nil {
			return err
		}
		if imp, err = write(ctx, t.sheet, imp, c, bad, done); err != nil || done {
			return err
		}
	}
}

// writeChunk writes rows in one transaction, with the progress: all of them, or none. A row that is refused now though the dry run
// took it (somebody was faster) is marked and left out, and the others are begun anew, so that nothing of a refused row stays.
func (r *Register) writeChunk(ctx context.Context, s *Sheet, imp Import, c chunk, bad map[int]bool, last bool) (Import, error) {
	late := map[int]refusal.List{}
	for {
		var to Import
		failed := -1
		var why refusal.List
		err := r.db.Write(ctx, func(tx *store.Tx) error {
			to, failed = progressed(imp, c, last), -1
			for i, row := range c.rows {
				if bad[row.Line] || len(c.bad[i]) > 0 || late[i] != nil {
					continue
				}
				if err := s.Write(tx, imp.actor, row); err != nil {
					if why = refusal.Of(err); why != nil && rowsOwn(why) {
						failed = i
					}
					return err
				}
				to.Written++
			}
			to.Bad, to.Good = imp.Bad+int64(len(late)), imp.Good-int64(len(late))
			if err := advance(tx, imp, to); err != nil {
				return err
			}
			if err := r.ended(tx, to); err != nil {
				return err
			}
			return insertMessages(tx, imp.ID, lateMessages(s, c, late))
		})
		if failed >= 0 {
			late[failed] = why
			continue
		}
		return to, err
	}
}

func progressed(imp Import, c chunk, last bool) Import {
	imp.Done += int64(len(c.rows))
	if last {
		imp.State = Done
	}
	return imp
}

func lateMessages(s *Sheet, c chunk, late map[int]refusal.List) []Message {
	var list []Message
	for i, row := range c.rows {
		if why := late[i]; why != nil {
			list = append(list, said(s, row.Line, why, nil)...)
		}
	}
	return list
}

// writeEach writes rows that have transactions of their own; the sheet makes sure by Row.Key that a row which comes again after a
// crash acts once.
func (r *Register) writeEach(ctx context.Context, s *Sheet, imp Import, c chunk, bad map[int]bool, last bool) (Import, error) {
	to := progressed(imp, c, last)
	late := map[int]refusal.List{}
	for i, row := range c.rows {
		if bad[row.Line] || len(c.bad[i]) > 0 {
			continue
		}
		if err := s.Each(ctx, imp.actor, row); err != nil {
			why := refusal.Of(err)
			if why == nil || !rowsOwn(why) {
				return imp, err
			}
			late[i] = why
			continue
		}
		to.Written++
	}
	to.Bad, to.Good = imp.Bad+int64(len(late)), imp.Good-int64(len(late))
	err := r.db.Write(ctx, func(tx *store.Tx) error {
		if err := advance(tx, imp, to); err != nil {
			return err
		}
		if err := r.ended(tx, to); err != nil {
			return err
		}
		return insertMessages(tx, imp.ID, lateMessages(s, c, late))
	})
	return to, err
}

// SweepImports deletes the files and messages of imports that nobody touched for keepFiles; a loop calls it now and then.
func (r *Register) SweepImports(ctx context.Context) error {
	return r.db.Write(ctx, func(tx *store.Tx) error { return swept(tx, store.Micros(tx.Now().Add(-keepFiles))) })
}
