package register

import (
	"context"
	"fmt"
	"strings"
	"time"

	"kechuang/internal/ident"
	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

// ImportState is where an import stands.
type ImportState string

// The states: checking → checked → running → done; stopped is an end from anywhere before done.
const (
	Checking ImportState = "checking" // the dry run is under way, or waits for its job
	Checked  ImportState = "checked"  // waits for the user to confirm
	Running  ImportState = "running"
	Done     ImportState = "done"
	Stopped  ImportState = "stopped"
)

// Import is one uploaded file on its way into the city. Done of Total is its progress in Checking and in Running.
type Import struct {
	ID      string      `json:"id"`
	Kind    string      `json:"kind"`
	Account string      `json:"account"`
	Name    string      `json:"name"` // of the file
	Format  Format      `json:"format"`
	Size    int64       `json:"size"`
	State   ImportState `json:"state"`
	SkipBad bool        `json:"skipBad"`
	Total   int64       `json:"total"`   // rows; an estimate until it is checked
	Done    int64       `json:"done"`    // rows of this phase that are behind us
	Good    int64       `json:"good"`    // rows that may be written, or were
	Bad     int64       `json:"bad"`     // rows with errors: none of them is written
	Written int64       `json:"written"` // rows that were written
	Notes   []lang.Text `json:"notes"`   // about the file as a whole
	Created time.Time   `json:"created"`
	Updated time.Time   `json:"updated"`

	actor  identity.Actor
	digest string // SHA-256 of the file, while it is worked on
}

// Message is one remark at a row, or at a cell of it.
type Message struct {
	Line   int       `json:"line"`   // row, as a spreadsheet program numbers it
	Column string    `json:"column"` // the title of the column, "" for the row
	Key    string    `json:"key"`
	Error  bool      `json:"error"` // a remark that is no error does not stop the row
	ID     string    `json:"id"`
	Text   lang.Text `json:"text"`
	Way    lang.Text `json:"way,omitzero"`
}

// Confirmation is what the user agrees to.
type Confirmation struct {
	SkipBad bool `json:"skipBad"` // write the good rows though there are bad ones
}

// SetActors says how the worker learns who somebody is now; without it an import goes on as who confirmed it was then.
func (r *Register) SetActors(actorOf func(ctx context.Context, account string) (identity.Actor, error)) {
	r.actorOf = actorOf
}

// maxOpen is how many files of one account may be under way at once.
const maxOpen = 5

// NewImport takes a file in: its form and headings are checked at once, its rows by RunImport.
func (r *Register) NewImport(ctx context.Context, a identity.Actor, kind, name string, data []byte) (imp Import, err error) {
	s, err := r.sheet(a, kind)
	if err != nil {
		return imp, err
	}
	if !a.May(identity.ScopeAct) {
		return imp, r.keeper(a)
	}
	format, err := sniff(data)
	if err != nil {
		return imp, err
	}
	t, err := openTable(s, format, data)
	if err != nil {
		return imp, err
	}
	defer t.close()
	imp = Import{Kind: kind, Account: a.Account, Name: cleanName(name), Format: format, Size: int64(len(data)), State: Checking, Notes: append([]lang.Text{}, t.notes...), actor: a}
	imp.Total = t.estimate(data)
	err = r.db.Write(ctx, func(tx *store.Tx) error {
		open, err := openImports(tx, a.Account)
		if err != nil {
			return err
		}
		if open >= maxOpen {
			return refusal.New(refusal.TooMany, "register.import.many", lang.T(fmt.Sprintf("您已有 %d 个文件正在处理", open), fmt.Sprintf("%d of your files are being worked on", open))).
				Mend(lang.T("请等它们完成后再上传", "Wait until they are done"))
		}
		imp.ID, imp.Created, imp.Updated = ident.New("imp", tx.Now()), tx.Now(), tx.Now()
		return insertImport(tx, imp, data)
	})
	return imp, err
}

// estimate is about how many rows there are, for the progress of the first run.
func (t *table) estimate(data []byte) int64 {
	if x, ok := t.src.(*xlsxSource); ok {
		return int64(max(x.scan.rows-t.header, 0))
	}
	return int64(strings.Count(string(data), "\n"))
}

func cleanName(name string) string {
	name = strings.ToValidUTF8(name, "")
	name = strings.Map(func(r rune) rune {
		if r < 32 || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, name)
	if name = clipText(name, 120); name == "" {
		return "文件"
	}
	return name
}

// GetImport gives an import to whoever uploaded it, and to those who keep the register.
func (r *Register) GetImport(ctx context.Context, a identity.Actor, id string) (imp Import, err error) {
	err = r.db.Read(ctx, func(tx *store.Tx) error {
		imp, err = r.importFor(tx, a, id)
		return err
	})
	if err != nil {
		return Import{}, err
	}
	return imp, nil
}

func (r *Register) importFor(tx *store.Tx, a identity.Actor, id string) (Import, error) {
	imp, found, err := importByID(tx, id)
	if err != nil {
		return imp, err
	}
	if !found || a.Anonymous() || (imp.Account != a.Account && !a.Has(identity.RoleRegister)) {
		return Import{}, refusal.New(refusal.NotFound, "register.import.none", lang.T("没有这次导入", "There is no such import"))
	}
	return imp, nil
}

// Imports lists one's own imports, newest first.
func (r *Register) Imports(ctx context.Context, a identity.Actor, before string, limit int) (list []Import, next string, err error) {
	if a.Anonymous() {
		return nil, "", r.keeper(a)
	}
	if limit <= 0 {
		limit = defaultPage
	}
	limit = min(limit, maxPage)
	err = r.db.Read(ctx, func(tx *store.Tx) error {
		list, err = importsOf(tx, a.Account, before, limit)
		return err
	})
	if len(list) == limit {
		next = list[limit-1].ID
	}
	return list, next, err
}

// OnImport says who is told when an import is done, in the same transaction as its last rows, with the SHA-256 of its file. At start-up only.
func (r *Register) OnImport(tell func(tx *store.Tx, imp Import, by identity.Actor, digest string) error) {
	r.onImport = tell
}

// ended tells of an import that is done.
func (r *Register) ended(tx *store.Tx, imp Import) error {
	if imp.State != Done || r.onImport == nil {
		return nil
	}
	return r.onImport(tx, imp, imp.actor, imp.digest)
}

// ImportOf is an import, for what came of it.
func (r *Register) ImportOf(tx *store.Tx, id string) (Import, bool, error) { return importByID(tx, id) }

// Waiting gives the imports that a worker has to go on with: after a start, those that a crash left.
func (r *Register) Waiting(ctx context.Context) (ids []string, err error) {
	err = r.db.Read(ctx, func(tx *store.Tx) error {
		ids, err = importsWaiting(tx)
		return err
	})
	return ids, err
}

// Messages lists the remarks of an import by row, from the row after the one given.
func (r *Register) Messages(ctx context.Context, a identity.Actor, id string, after, limit int) (list []Message, err error) {
	if limit <= 0 {
		limit = defaultPage
	}
	err = r.db.Read(ctx, func(tx *store.Tx) error {
		if _, err := r.importFor(tx, a, id); err != nil {
			return err
		}
		list, err = messagesOf(tx, id, after, min(limit, 5000))
		return err
	})
	return list, err
}

// ConfirmImport lets a checked import be written, by the next RunImport. With bad rows it asks for SkipBad.
func (r *Register) ConfirmImport(ctx context.Context, a identity.Actor, id string, c Confirmation) error {
	return r.db.Write(ctx, func(tx *store.Tx) error {
		imp, err := r.importFor(tx, a, id)
		if err != nil {
			return err
		}
		s, err := r.sheet(a, imp.Kind)
		if err != nil {
			return err
		}
		if !a.May(identity.ScopeAct) {
			return r.keeper(a)
		}
		if imp.State != Checked {
			return refusal.New(refusal.Closed, "register.import.state", lang.T("这次导入不在待确认状态", "The import does not wait to be confirmed"))
		}
		if imp.Good == 0 {
			return refusal.New(refusal.Invalid, "register.import.nothing", lang.T("没有可以导入的行", "There is no row to write")).
				Mend(lang.T("请下载标注后的文件，改正后重新上传", "Download the marked file, mend it, and upload it again"))
		}
		if imp.Bad > 0 && !c.SkipBad {
			return refusal.New(refusal.Invalid, "register.import.bad", lang.T(fmt.Sprintf("“%s”中有 %d 行有问题", s.Title.ZH, imp.Bad), fmt.Sprintf("%d rows have errors", imp.Bad))).
				Mend(lang.T(fmt.Sprintf("请改正后重新上传，或选择只导入其余 %d 行", imp.Good), fmt.Sprintf("Mend them and upload again, or write the other %d rows only", imp.Good)))
		}
		imp.State, imp.SkipBad, imp.Done, imp.Written, imp.actor = Running, c.SkipBad, 0, 0, a
		return updateImport(tx, imp)
	})
}

// StopImport ends an import that is not done; chunks that were written stay written.
func (r *Register) StopImport(ctx context.Context, a identity.Actor, id string) error {
	return r.db.Write(ctx, func(tx *store.Tx) error {
		imp, err := r.importFor(tx, a, id)
		if err != nil {
			return err
		}
		if imp.State == Done || imp.State == Stopped {
			return refusal.New(refusal.Closed, "register.import.state", lang.T("这次导入已经结束", "The import has ended"))
		}
		imp.State = Stopped
		return updateImport(tx, imp)
	})
}
