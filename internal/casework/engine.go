// Package casework runs cases: it is the one door through which the world changes.
//
// Somebody (identity's actor) intends a step on a case. Casework loads the case under the rules it was opened under, asks policy
// whether that seat may do that now and what follows, and carries out everything that follows in one serializable transaction:
// the case and its parts, forms, seats, money, facts, notices, papers, messages, one line of history and one leaf of the journal.
// A refusal changes nothing. The same request twice (idempotency key) acts once.
//
//	e, err := casework.New(ctx, casework.Config{DB: db, Files: packFiles, Register: reg, Ledger: led, Journal: jou, Facts: figure.New()})
//	r, err := e.Open(ctx, actor, casework.OpenCommand{Mechanism: "jiebang", Party: actor.Parties[0].Party})
//	r, err = e.Act(ctx, actor, casework.Command{Case: r.Case, Step: "submit", Revision: r.Revision, Values: form})
//	v, err := e.View(ctx, actor, r.Case)
//
// What it guarantees:
//
//   - One step is one transaction. A crash before the commit leaves nothing; after it, everything. Recovery is the next step.
//   - The loser of a race is told who did what meanwhile (refusal "casework.stale"), and what they typed is still their draft.
//   - Nobody sees what their seats may not see: see visibility.go for the rule, which is one function and has no exceptions elsewhere.
//   - Deadlines are steps by the seat "clock" through the same door (deadline.go); several processes may run them at once.
//   - Time in one case never runs back: a step is dated with the transaction's clock, or with the case's last step if that is later.
//
// What it does not do: it decides nothing (policy does), it keeps no balance (ledger does) and it proves nothing (journal does).
//
// Where things are:
//
//	the way of a step      act, open, object, deadline → docket (a case as loaded) → policy → apply, effects → leaf
//	who sees what          visibility, veil, panel_blind: one rule; view and viewing are what comes of it
//	pages of many cases    lists, around, records, thread, contents (of a dossier), calendar, missed
//	panels                 panel_desk, panel_draw, panel_vetting, panel_assigning, panel_allotting, panel_meeting, panel_reviews, panel_experts
//	money, rights, shares  budget, fees, splits, assets, fund_book, candidates
//	the register's records things, handed, counts, recount, merge, node
//	the policy itself      editions
//	trying and measuring   theatre (plays on the real engine), measure, growth
//	rows                   store.go and store_*.go; a query that one page alone asks stands beside it
package casework

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"sync"
	"sync/atomic"
	"time"

	"kechuang/internal/caldate"
	"kechuang/internal/figure"
	"kechuang/internal/identity"
	"kechuang/internal/journal"
	"kechuang/internal/lang"
	"kechuang/internal/ledger"
	"kechuang/internal/panel"
	"kechuang/internal/policy"
	"kechuang/internal/refusal"
	"kechuang/internal/register"
	"kechuang/internal/store"
)

// Config is what an engine is made of.
type Config struct {
	DB       *store.DB
	Files    fs.FS // the pack's folder; new cases are opened under it until an edition of it is adopted
	Register *register.Register
	Ledger   *ledger.Ledger
	Journal  *journal.Journal
	Facts    *figure.Facts
	Base     string // the public address that papers print, such as https://kjj.example.gov.cn

	// Hats tells what an account may do now, for delegations: a substitute never has more than the one they act for has today.
	// nil takes what that person had when they delegated.
	Hats func(ctx context.Context, account string) (identity.Actor, error)

	// Banned tells whether a party is barred from projects on a day (科研失信记录). nil bars nobody.
	Banned func(tx *store.Tx, party string, day caldate.Date) (bool, error)
}

// Engine runs cases. It keeps nothing of record: any number of processes may run over one database.
type Engine struct {
	Config
	pack *edition // what the program was started with; in force until somebody adopts an edition of it

	asked func(party, attribute string) (policy.Value, bool) // what a stage knows better than the register; nil outside plays
	seeds func() panel.Seed                                  // of draws; nil is the system's randomness

	seen      atomic.Pointer[edition] // that was last seen in force, for readers while the database is away
	recounted atomic.Pointer[edition] // by which this process knows all records to be counted
	runs      atomic.Int64            // transactions that were begun: above one a step means conflicts
	recent    recent                  // cases as this process left them

	mu       sync.Mutex
	editions map[string]*edition // by digest; guarded by mu, entries never change
}

// edition is one version of a pack that is ready to use, with its print templates.
type edition struct {
	templates sync.Map     // of print pages, parsed, by document
	forms     sync.Map     // of cases, read, by what they are and their digest; values in it are never changed
	kept      atomic.Int64 // how many
	kinds     sync.Map     // of records, as the register takes them, by name
	*policy.Pack
	files fs.FS

	once sync.Once
	book *figure.Book // of its figures, made when it is first asked for
}

// figures is the book of the edition's figures.
func (ed *edition) figures() *figure.Book {
	ed.once.Do(func() { ed.book = figure.NewBook(Figures(ed.Pack)) })
	return ed.book
}

// New makes an engine over a migrated database. The pack is checked, and kept in the database for the cases that will be pinned to it.
func New(ctx context.Context, c Config) (*Engine, error) {
	e := &Engine{Config: c, editions: map[string]*edition{}}
	pack, findings := policy.Load(c.Files)
	if len(findings) > 0 {
		return nil, fmt.Errorf("casework: the pack is not sound:\n%s", findings)
	}
	e.pack = &edition{Pack: pack, files: c.Files}
	e.editions[pack.Digest] = e.pack
	e.seen.Store(e.pack)
	files, err := zipped(c.Files)
	if err != nil {
		return nil, err
	}
	c.Register.RegisterKinds(recordKinds(pack))
	c.Register.HoldsIn(e.Holds)
	c.Register.OnRecord(e.count)
	c.Register.OnImport(e.noteImport)
	c.Register.NodesIn(e.registerNode, nodeName)
	if err := c.Register.CatchUp(ctx); err != nil {
		return nil, err
	}
	err = c.DB.Write(ctx, func(tx *store.Tx) error { return addPack(tx, pack.Digest, pack.ID, pack.Version, files) })
	if err != nil {
		return nil, err
	}
	return e, nil
}

func (e *Engine) newSeed() panel.Seed {
	if e.seeds != nil {
		return e.seeds()
	}
	return panel.NewSeed()
}

// Book is the figures of the pack that was last seen in force.
func (e *Engine) Book() *figure.Book { return e.seen.Load().figures() }

// Pack is the pack that the program was started with; Current is the one in force.
func (e *Engine) Pack() *policy.Pack { return e.pack.Pack }

// edition finds the pack that a case is pinned to, in memory or in the database.
func (e *Engine) edition(tx *store.Tx, digest string) (*edition, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if p := e.editions[digest]; p != nil {
		return p, nil
	}
	files, found, err := getPack(tx, digest)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, fmt.Errorf("casework: the pack %s that a case is pinned to is not in the database", digest)
	}
	fsys, err := zip.NewReader(bytes.NewReader(files), int64(len(files)))
	if err != nil {
		return nil, fmt.Errorf("casework: pack %s: %w", digest, err)
	}
	pack, findings := policy.Load(fsys)
	if len(findings) > 0 {
		return nil, fmt.Errorf("casework: the pack %s was sound when its cases were opened and is not for this program:\n%s", digest, findings)
	}
	p := &edition{Pack: pack, files: fsys}
	e.editions[digest] = p
	return p, nil
}

// CheckEditions loads every pack that any case is pinned to: an upgrade runs it before it serves.
func (e *Engine) CheckEditions(ctx context.Context) error {
	return e.DB.Read(ctx, func(tx *store.Tx) error {
		digests, err := packDigests(tx)
		if err != nil {
			return err
		}
		for _, d := range digests {
			if _, err := e.edition(tx, d); err != nil {
				return err
			}
		}
		return nil
	})
}

// maxPack is far above any pack (the reference city's is under 1 MB) and far below what would hurt.
const maxPack = 64 << 20

// zipped packs a folder, in the order of fs.WalkDir so that the same folder always gives the same bytes.
func zipped(files fs.FS) ([]byte, error) {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	total := int64(0)
	err := fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		f, err := files.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
		to, err := w.Create(path)
		if err != nil {
			return err
		}
		n, err := io.Copy(to, io.LimitReader(f, maxPack))
		if total += n; err == nil && total >= maxPack {
			err = fmt.Errorf("casework: the pack is larger than %d bytes", maxPack)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// hat is what somebody may act as: themselves, or the one who delegated to them.
type hat struct {
	actor  identity.Actor
	behalf string // the delegator's account, "" for one's own hat
	in     string // the case the delegation is for, "" for all
	seat   string // the seat it is for, "" for all
}

// hats are the actor's own and those of everyone who delegated to them.
func (e *Engine) hats(tx *store.Tx, actor identity.Actor) ([]hat, error) {
	all := []hat{{actor: actor}}
	if actor.Anonymous() {
		return all, nil
	}
	given, err := delegated(tx, actor.Account, tx.Now())
	if err != nil {
		return nil, err
	}
	for _, d := range given {
		from, err := e.delegator(tx.Context(), d)
		if err != nil {
			return nil, err
		}
		all = append(all, hat{from, d.from, d.in, d.seat})
	}
	return all, nil
}

var (
	errNotFound = refusal.New(refusal.NotFound, "casework.not_found",
		lang.T("没有这个事项，或者您不是它的参与方", "There is no such case, or you have no seat in it")).
		Mend(lang.T("请核对链接，或从“我的工作台”进入", "Check the link, or start from your desk"))
	errSignIn = refusal.New(refusal.SignIn, "casework.sign_in", lang.T("请先登录", "Sign in first"))
	errScope  = refusal.New(refusal.Forbidden, "casework.scope",
		lang.T("该令牌没有办理权限（act）", "This token may not act")).Mend(lang.T("请申请带 act 权限的令牌", "Ask for a token with the scope act"))
)

// mayAct refuses who is not signed in, and tokens that may only read.
func mayAct(actor identity.Actor) error {
	if actor.Anonymous() {
		return errSignIn
	}
	if actor.Token != "" && !contains(actor.Scopes, "act") {
		return errScope
	}
	return nil
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// later is the later of two instants.
func later(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}
