package casework

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"kechuang/internal/caldate"
	"kechuang/internal/ident"
	"kechuang/internal/identity"
	"kechuang/internal/journal"
	"kechuang/internal/lang"
	"kechuang/internal/policy"
	"kechuang/internal/policy/trial"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

// The policy itself changes through the same door as a case. Somebody with the role policy edits the pack that is in force and
// proposes the edition, from a day; another one with that role adopts it. What is opened from that day on is opened under it; what
// runs keeps the edition under which it was opened. Nothing that fails a proof or a story can be proposed. Each act is a leaf of the
// chain pack/<id>, so that anyone can see who changed which rule, and when.
//
// While nobody has adopted an edition, the pack that the program was started with is in force.

// The states of a proposal.
const (
	EditionProposed  = "proposed"
	EditionAdopted   = "adopted"
	EditionWithdrawn = "withdrawn"
)

// Edition is a version of the pack that somebody proposed.
type Edition struct {
	ID      string       `json:"id"`
	Digest  string       `json:"digest"`
	Base    string       `json:"base" doc:"digest of the edition that it changes"`
	Version string       `json:"version"`
	Note    string       `json:"note"`
	From    caldate.Date `json:"from" doc:"the day from which what is opened is opened under it"`
	By      string       `json:"by" doc:"who proposed it"`
	At      time.Time    `json:"at"`
	State   string       `json:"state" enum:"proposed,adopted,withdrawn"`
	Decider string       `json:"decider,omitempty"`
	Decided time.Time    `json:"decided,omitzero"`
	Reason  string       `json:"reason,omitempty"`
	InForce bool         `json:"in_force"`
	Mine    bool         `json:"mine" doc:"the asker proposed it"`
}

// EditionCommand proposes an edition.
type EditionCommand struct {
	Edits   []trial.Edit `json:"edits,omitempty"`
	Shipped bool         `json:"shipped,omitempty" doc:"not edits, but the pack that the program was started with, whole"`
	From    caldate.Date `json:"from"`
	Note    string       `json:"note" doc:"why, and by which document"`
	Key     string       `json:"-"`
}

// EditionDecision adopts or withdraws one.
type EditionDecision struct {
	ID     string `json:"id"`
	Reason string `json:"reason,omitempty"`
	Key    string `json:"-"`
}

func mayPolicy(actor identity.Actor) error {
	if err := mayAct(actor); err != nil {
		return err
	}
	if !actor.Has(identity.RolePolicy) {
		return refusal.New(refusal.Forbidden, "casework.policy", lang.T("政策由政策管理员修改", "Policy is changed by a keeper of policy")).
			Mend(lang.T("请安全管理员授予“政策管理员”角色", "Ask the security administrator for that role"))
	}
	return nil
}

// current is the edition that is in force now.
func (e *Engine) current(tx *store.Tx) (*edition, error) {
	row, found, err := editionInForce(tx, tx.Now())
	if err != nil || !found {
		return e.pack, err
	}
	return e.edition(tx, row.digest)
}

// Current is the pack that cases are opened under now. While the database is away it is the one that was last seen in force: the
// rules can still be read, only nothing can be done.
func (e *Engine) Current(ctx context.Context) (*policy.Pack, error) {
	ed, err := e.inForce(ctx)
	if list := refusal.Of(err); len(list) == 1 && list[0].Kind == refusal.Unavailable {
		return e.seen.Load().Pack, nil
	}
	if err != nil {
		return nil, err
	}
	if e.seen.Swap(ed) != ed { // what the register holds may be other kinds from now on
		e.Register.RegisterKinds(recordKinds(ed.Pack))
	}
	return ed.Pack, nil
}

// Seen is the pack that was last seen in force, without asking the database: for the titles of what is shown. Whatever serves calls
// Current every few seconds, so that it is never much older than that.
func (e *Engine) Seen() *policy.Pack { return e.seen.Load().Pack }

// File is one file of the edition that is in force, as text; the list of names for "".
func (e *Engine) File(ctx context.Context, name string) (text string, names []string, err error) {
	err = e.DB.Read(ctx, func(tx *store.Tx) error {
		ed, err := e.current(tx)
		if err != nil {
			return err
		}
		if name == "" {
			return fs.WalkDir(ed.files, ".", func(name string, d fs.DirEntry, err error) error {
				if err == nil && !d.IsDir() {
					names = append(names, name)
				}
				return err
			})
		}
		if !fs.ValidPath(name) {
			return errNoFile(name)
		}
		data, err := fs.ReadFile(ed.files, name)
		if err != nil {
			return errNoFile(name)
		}
		text = string(data)
		return nil
	})
	return text, names, err
}

func errNoFile(name string) error {
	return refusal.New(refusal.NotFound, "casework.no_file", lang.T("现行政策包里没有这个文件："+name, "The pack in force has no such file: "+name))
}

// Try tells what edits of the edition in force would do; it changes nothing.
func (e *Engine) Try(ctx context.Context, actor identity.Actor, c EditionCommand) (*trial.Trial, error) {
	if err := mayPolicy(actor); err != nil {
		return nil, err
	}
	_, tried, _, err := e.try(ctx, c)
	return tried, err
}

func (e *Engine) try(ctx context.Context, c EditionCommand) (base *edition, t *trial.Trial, files []byte, err error) {
	if base, err = e.inForce(ctx); err != nil {
		return nil, nil, nil, err
	}
	from, edits := base.files, c.Edits
	if c.Shipped {
		from, edits = e.pack.files, nil
	}
	edited, files, err := trial.Apply(from, edits)
	if err != nil {
		return nil, nil, nil, err
	}
	t, err = trial.Try(base.files, edited)
	return base, t, files, err
}

func (e *Engine) inForce(ctx context.Context) (ed *edition, err error) {
	err = e.DB.Read(ctx, func(tx *store.Tx) error {
		ed, err = e.current(tx)
		return err
	})
	return ed, err
}

// Propose keeps an edition that passes its trial until somebody else decides.
func (e *Engine) Propose(ctx context.Context, actor identity.Actor, c EditionCommand) (*Receipt, error) {
	if err := mayPolicy(actor); err != nil {
		return nil, err
	}
	c.Note = strings.TrimSpace(c.Note)
	if c.Note == "" || len([]rune(c.Note)) > maxReason {
		return nil, refusal.New(refusal.Invalid, "casework.edition_note", lang.T("请写明修改的理由和依据文件（最多 2000 字）", "Say why, and by which document (at most 2000 characters)")).At("note")
	}
	base, tried, files, err := e.try(ctx, c)
	if err != nil {
		return nil, err
	}
	if err := unfit(tried); err != nil {
		return nil, err
	}
	return e.once(ctx, actor.Account, c.Key, c, false, func(tx *store.Tx) (*Receipt, error) {
		from, err := startOf(c.From, tx.Now())
		if err != nil {
			return nil, err
		}
		if now, err := e.current(tx); err != nil || now.Digest != base.Digest {
			return nil, orElse(err, errOvertaken())
		}
		if err := addPack(tx, tried.Digest, tried.Pack.ID, tried.Version, files); err != nil {
			return nil, err
		}
		row := editionRow{id: ident.New("edition", tx.Now()), digest: tried.Digest, base: base.Digest, version: tried.Version, note: c.Note, from: from,
			proposer: actor.Account, named: actor.Name, at: tx.Now(), state: EditionProposed}
		if err := addEdition(tx, row); err != nil {
			return nil, err
		}
		return e.editionLeaf(tx, actor, base.ID, "propose", row)
	})
}

// unfit refuses an edition that did not pass, with everything that is wrong.
func unfit(t *trial.Trial) error {
	var list refusal.List
	say := func(id, zh, en string) {
		list = append(list, refusal.New(refusal.Invalid, id, lang.T(zh, en)).At("edits"))
	}
	if len(t.Differences) == 0 {
		say("edition.same", "与现行版本没有差别", "It does not differ from the edition in force")
	}
	if n := len(t.Findings); n > 0 {
		say("edition.untyped", fmt.Sprintf("有 %d 处写法不对", n), fmt.Sprintf("%d findings", n))
	}
	for _, m := range t.Mechanisms {
		if !m.OK {
			say("edition.unproved", "“"+m.Title.ZH+"”没有通过全部核验", "“"+m.Title.EN+"” does not pass every proof")
		}
	}
	if n := len(t.Failed); n > 0 {
		say("edition.stories", fmt.Sprintf("有 %d 个情景不再如所写", n), fmt.Sprintf("%d stories no longer go as they are written", n))
	}
	for _, s := range t.Stale {
		say("edition.version", "“"+s.Title.ZH+"”改了，版本号仍是 "+s.Version, "“"+s.Title.EN+"” changed under its old version "+s.Version)
	}
	if len(list) == 0 {
		return nil
	}
	return list
}

// startOf is the beginning of a day, or now for today; the past is refused: what was opened then was opened under other rules.
func startOf(day caldate.Date, now time.Time) (time.Time, error) {
	today := caldate.On(now)
	switch {
	case day == "" || day == today:
		return now, nil
	case day < today:
		return time.Time{}, refusal.New(refusal.Invalid, "casework.edition_from", lang.T("启用日期不能早于今天", "It cannot come in force before today")).At("from").
			Mend(lang.T("已经开办的事项按当时的规则办理，新版本只管以后开办的", "What was opened keeps its rules; a new edition is for what is opened later"))
	}
	if _, err := caldate.Parse(string(day)); err != nil {
		return time.Time{}, refusal.New(refusal.Invalid, "casework.edition_from", lang.T("启用日期不是日期", "That is not a date")).At("from")
	}
	return day.Start(), nil
}

func orElse(err, other error) error {
	if err != nil {
		return err
	}
	return other
}

func errOvertaken() error {
	return refusal.New(refusal.Conflict, "casework.edition_overtaken", lang.T("其间另一版本已经启用，本次修改所依据的版本不再是现行版本", "Another edition came in force meanwhile; this one changes an edition that is no longer in force")).
		Mend(lang.T("请在现行版本上重新修改", "Make the change again on the edition that is in force"))
}

// Adopt puts a proposal in force from its day. Who proposed it cannot adopt it.
func (e *Engine) Adopt(ctx context.Context, actor identity.Actor, c EditionDecision) (*Receipt, error) {
	return e.decideEdition(ctx, actor, c, EditionAdopted, func(tx *store.Tx, row *editionRow) error {
		if row.proposer == actor.Account {
			return refusal.New(refusal.Forbidden, "casework.edition_own", lang.T("提出的人不能自己批准", "Who proposed it cannot adopt it")).
				Mend(lang.T("请另一位政策管理员批准", "Ask another keeper of policy"))
		}
		now, err := e.current(tx)
		if err != nil {
			return err
		}
		if latest, found, err := editionInForce(tx, farAhead); err != nil {
			return err
		} else if found && latest.from.After(tx.Now()) { // one waits for its day: what comes after it must be made on it
			return refusal.New(refusal.Conflict, "casework.edition_queued", lang.T("已有一个版本批准后等待启用", "Another edition is adopted and waits for its day")).
				Mend(lang.T("请在它启用之后再修改", "Change the policy after that one is in force"))
		}
		if now.Digest != row.base {
			return errOvertaken()
		}
		row.from = later(row.from, tx.Now())
		return nil
	})
}

// Withdraw drops a proposal; either who proposed it or another keeper may.
func (e *Engine) Withdraw(ctx context.Context, actor identity.Actor, c EditionDecision) (*Receipt, error) {
	return e.decideEdition(ctx, actor, c, EditionWithdrawn, func(*store.Tx, *editionRow) error { return nil })
}

func (e *Engine) decideEdition(ctx context.Context, actor identity.Actor, c EditionDecision, state string, may func(*store.Tx, *editionRow) error) (*Receipt, error) {
	if err := mayPolicy(actor); err != nil {
		return nil, err
	}
	return e.once(ctx, actor.Account, c.Key, struct {
		EditionDecision
		State string
	}{c, state}, false, func(tx *store.Tx) (*Receipt, error) {
		row, found, err := getEdition(tx, c.ID)
		if err != nil {
			return nil, err
		}
		if !found {
			return nil, refusal.New(refusal.NotFound, "casework.no_edition", lang.T("没有这个版本", "There is no such edition"))
		}
		if row.state != EditionProposed {
			return nil, refusal.New(refusal.Conflict, "casework.edition_decided", lang.T("这个版本已经处理过了", "This edition was decided already"))
		}
		if err := may(tx, &row); err != nil {
			return nil, err
		}
		row.state, row.decider, row.deciderNamed, row.decided, row.reason = state, actor.Account, actor.Name, tx.Now(), c.Reason
		if err := decideEdition(tx, row); err != nil {
			return nil, err
		}
		return e.editionLeaf(tx, actor, e.pack.ID, state, row)
	})
}

// editionLeaf writes the act into the journal: the digests bind it to the very files.
func (e *Engine) editionLeaf(tx *store.Tx, actor identity.Actor, pack, act string, row editionRow) (*Receipt, error) {
	chain := "pack/" + pack
	body, err := json.Marshal(struct {
		Edition string       `json:"edition"`
		Digest  string       `json:"digest"`
		Base    string       `json:"base"`
		Version string       `json:"version"`
		From    caldate.Date `json:"from"`
		Note    string       `json:"note,omitempty"`
		Reason  string       `json:"reason,omitempty"`
	}{row.id, row.digest, row.base, row.version, caldate.On(row.from), row.note, row.reason})
	if err != nil {
		return nil, err
	}
	leaf, err := e.Journal.Append(tx, journal.Leaf{Case: chain, Step: act, Account: actor.Account, At: tx.Now(), Body: body})
	if err != nil {
		return nil, err
	}
	return &Receipt{Case: chain, Record: row.id, Leaf: leaf}, nil
}

// Editions lists what was proposed, latest first: everything to keepers of policy and auditors, what was adopted to everyone.
func (e *Engine) Editions(ctx context.Context, actor identity.Actor) (list []Edition, err error) {
	err = e.DB.Read(ctx, func(tx *store.Tx) error {
		rows, err := allEditions(tx)
		if err != nil {
			return err
		}
		now, err := e.current(tx)
		if err != nil {
			return err
		}
		list = []Edition{}
		in := false
		inside := actor.Has(identity.RolePolicy) || actor.Has(identity.RoleAuditor)
		for _, r := range rows {
			if r.state != EditionAdopted && !inside {
				continue
			}
			v := r.edition()
			v.Mine = r.proposer == actor.Account && actor.Account != ""
			v.InForce = !in && r.state == EditionAdopted && r.digest == now.Digest && !r.from.After(tx.Now())
			in = in || v.InForce
			if !inside {
				v.By, v.Decider, v.Reason = "", "", ""
			}
			list = append(list, v)
		}
		return nil
	})
	return list, err
}

// Proposal is one edition with its trial against the edition that it changes.
func (e *Engine) Proposal(ctx context.Context, actor identity.Actor, id string) (v *Edition, t *trial.Trial, err error) {
	list, err := e.Editions(ctx, actor)
	if err != nil {
		return nil, nil, err
	}
	i := slices.IndexFunc(list, func(x Edition) bool { return x.ID == id })
	if i < 0 {
		return nil, nil, refusal.New(refusal.NotFound, "casework.no_edition", lang.T("没有这个版本", "There is no such edition"))
	}
	var base, edited *edition
	err = e.DB.Read(ctx, func(tx *store.Tx) error {
		if base, err = e.edition(tx, list[i].Base); err == nil {
			edited, err = e.edition(tx, list[i].Digest)
		}
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	t, err = trial.Try(base.files, edited.files)
	return &list[i], t, err
}

// PackOf gives the pack of an edition, for its drawings.
func (e *Engine) PackOf(ctx context.Context, digest string) (pack *policy.Pack, err error) {
	err = e.DB.Read(ctx, func(tx *store.Tx) error {
		ed, err := e.edition(tx, digest)
		if err == nil {
			pack = ed.Pack
		}
		return err
	})
	return pack, err
}

// Export is the edition in force as a zip: what a city takes home to edit.
func (e *Engine) Export(ctx context.Context) ([]byte, error) {
	ed, err := e.inForce(ctx)
	if err != nil {
		return nil, err
	}
	_, files, err := trial.Apply(ed.files, nil)
	return bytes.Clone(files), err
}
