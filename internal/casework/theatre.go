package casework

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"kechuang/internal/figure"
	"kechuang/internal/identity"
	"kechuang/internal/journal"
	"kechuang/internal/ledger"
	"kechuang/internal/money"
	"kechuang/internal/panel"
	"kechuang/internal/policy"
	"kechuang/internal/policy/play"
	"kechuang/internal/register"
	"kechuang/internal/store"
)

// Theatre is a play.World over the real engine: every act goes through the same door as an officer's, on a real database, with real
// parties in a register and real money in a ledger. Each Begin takes a new database.
type Theatre struct {
	fresh func() (*store.DB, func(), error) // a migrated database, and what to do when it is no longer needed
	pack  *edition
	key   *journal.Key

	e       *Engine
	db      *store.DB
	done    func()
	stage   play.Stage
	now     time.Time
	kinds   map[string]string      // party → kind
	extra   map[string]*play.Party // party → what the stage says of it
	id      string                 // of the case that is played
	order   []string               // of the cases, as they were opened
	counted map[string]int64       // the sums of facts when everything was in its place
	snap    *policy.Snapshot       // nil when something was done since
}

var _ play.World = (*Theatre)(nil)

// NewTheatre plays the mechanisms of the pack in files on databases that fresh makes.
func NewTheatre(pack *policy.Pack, files fs.FS, key *journal.Key, fresh func() (*store.DB, func(), error)) *Theatre {
	return &Theatre{fresh: fresh, pack: &edition{Pack: pack, files: files}, key: key}
}

// Close gives the database back.
func (w *Theatre) Close() {
	if w.done != nil {
		w.done()
		w.done = nil
	}
}

// House is the engine that the play runs in, and the case that is on stage: to look at what was played.
func (w *Theatre) House() (e *Engine, caseID string) {
	w.e.Register.RegisterKinds(recordKinds(w.pack.Pack))
	w.e.seen.Store(w.pack)
	return w.e, w.id
}

// Begin makes parties, funds and clock in a new database, and opens the case.
func (w *Theatre) Begin(st play.Stage) (err error) {
	w.Close()
	if w.db, w.done, err = w.fresh(); err != nil {
		return err
	}
	w.stage, w.now, w.snap, w.order = st, st.Now, nil, nil
	w.kinds, w.extra = map[string]string{}, map[string]*play.Party{}
	w.db.SetClock(func() time.Time { return w.now })
	w.e = &Engine{Config: Config{DB: w.db, Register: register.New(w.db, nil), Ledger: ledger.New(), Journal: journal.New(w.db, w.key), Facts: figure.New()},
		pack: w.pack, editions: map[string]*edition{st.Pack.Digest: w.pack}}
	w.e.Register.OnRecord(w.e.count)
	w.e.Register.NodesIn(w.e.registerNode, nodeName)
	w.e.seen.Store(w.pack)
	draws := uint64(0)
	w.e.seeds = func() (s panel.Seed) { // the same stage draws the same people
		draws++
		var b [16]byte
		binary.BigEndian.PutUint64(b[:], st.Seed)
		binary.BigEndian.PutUint64(b[8:], draws)
		return sha256.Sum256(b[:])
	}
	w.e.asked = w.known
	ctx := context.Background()
	if err := w.db.Write(ctx, w.populate); err != nil {
		return err
	}
	for _, b := range st.Cases {
		if err := w.before(b); err != nil {
			return err
		}
	}
	if w.counted, err = w.allFacts(); err != nil {
		return err
	}
	before := slices.Clone(w.order)
	if err := w.Open(st.Mechanism.Name, st.Opener); err != nil {
		return err
	}
	return w.db.Write(ctx, func(tx *store.Tx) error { return w.know(tx, before) })
}

// know links the case that is played with those of the stage that it knows without a choice of its own.
func (w *Theatre) know(tx *store.Tx, before []string) error {
	for i, b := range w.stage.Cases {
		if b.Link == "" {
			continue
		}
		for _, l := range []linkRow{{in: w.id, link: b.Link, other: before[i]}, {in: before[i], other: w.id}} {
			l.at = w.now
			if err := addLink(tx, l); err != nil {
				return err
			}
		}
	}
	return nil
}

// Open opens a case through the engine's door and plays it from now on.
func (w *Theatre) Open(mechanism, party string) error {
	w.snap = nil
	opener := w.PartyID(party)
	r, err := w.e.Open(context.Background(), w.actor(party, policy.Holder{Party: opener}), OpenCommand{Mechanism: mechanism, Party: opener})
	if err != nil {
		return err
	}
	w.id = r.Case
	w.order = append(w.order, r.Case)
	return nil
}

// Switch plays another case from now on.
func (w *Theatre) Switch(mechanism string, n int) error {
	list, err := w.Cases(mechanism)
	if err != nil {
		return err
	}
	if n < 1 || n > len(list) {
		return fmt.Errorf("there are %d cases of %s", len(list), mechanism)
	}
	w.id, w.snap = list[n-1], nil
	return nil
}

// Cases lists the cases of a mechanism. Those that effects have started since are found in the database.
func (w *Theatre) Cases(mechanism string) (list []string, err error) {
	err = w.db.Read(context.Background(), func(tx *store.Tx) error {
		all, err := casesOf(tx, mechanism)
		for _, id := range all {
			if !slices.Contains(w.order, id) {
				w.order = append(w.order, id)
			}
		}
		list = slices.DeleteFunc(slices.Clone(w.order), func(id string) bool { return !slices.Contains(all, id) })
		return err
	})
	return list, err
}

// Case is any case as the engine loads it.
func (w *Theatre) Case(id string) (s *policy.Snapshot, err error) {
	err = w.db.Read(context.Background(), func(tx *store.Tx) error {
		d, err := w.e.take(tx, id)
		if notFound(err) {
			return nil
		}
		if err == nil {
			s = d.snap
		}
		return err
	})
	return s, err
}

// Links is the cases that the one played knows.
func (w *Theatre) Links() (map[string][]string, error) {
	out := map[string][]string{}
	err := w.db.Read(context.Background(), func(tx *store.Tx) error {
		all, err := links(tx, w.id)
		for _, l := range all {
			if l.link != "" {
				out[l.link] = append(out[l.link], l.other)
			}
		}
		return err
	})
	return out, err
}

// Record is a record of the register as it stands.
func (w *Theatre) Record(id string) (h *play.Held, err error) {
	err = w.db.Read(context.Background(), func(tx *store.Tx) error {
		rec, err := w.e.Register.GetRecord(tx, id)
		if notFound(err) {
			return nil
		}
		if err != nil {
			return err
		}
		values, err := w.pack.recordValues(w.e, tx, rec.Kind, id)
		h = &play.Held{Kind: rec.Kind, Values: values, Retired: rec.Retired}
		return err
	})
	return h, err
}

// Records counts those that are not retired.
func (w *Theatre) Records() (map[string]int, error) {
	out := map[string]int{}
	err := w.db.Read(context.Background(), func(tx *store.Tx) error {
		counts, err := w.e.Register.CountRecords(tx)
		for kind, n := range counts {
			out[kind] = int(n)
		}
		return err
	})
	return out, err
}

// everyField is the codes that panels of the mechanism are drawn by: who has no field on the stage is asked for any.
func (w *Theatre) everyField() []string {
	var codes []string
	w.stage.Mechanism.EachEffect(func(_ *policy.Machine, _ *policy.State, _ *policy.Step, ef policy.Effect) {
		d, ok := ef.(policy.Draw)
		if !ok || d.Field == "" {
			return
		}
		form, field, _ := strings.Cut(d.Field, ".")
		if f := w.stage.Mechanism.Form(form); f != nil && f.Field(field) != nil {
			if t := w.stage.Pack.Taxonomies[f.Field(field).Ref]; t != nil {
				for _, c := range t.Codes {
					if !slices.Contains(codes, c.Code) {
						codes = append(codes, c.Code)
					}
				}
			}
		}
	})
	if len(codes) == 0 {
		codes = []string{"any"}
	}
	return codes
}

// known is what the stage says of a party and a register has no field for.
func (w *Theatre) known(party, attribute string) (policy.Value, bool) {
	p := w.extra[party]
	if p == nil || attribute == "granted_this_year" || attribute == "revenue" || attribute == "rd_share" {
		return nil, false
	}
	if v, ok := p.Attr[attribute]; ok {
		return v, true
	}
	if attribute == "in_city" {
		return true, true
	}
	return nil, false
}

// PartyID is made of the name, so that the same stage draws the same people.
func (w *Theatre) PartyID(name string) string {
	sum := sha256.Sum256([]byte(name))
	return fmt.Sprintf("party_%x", sum[:10])
}

// actor is an account that sits as the holder.
func (w *Theatre) actor(account string, h policy.Holder) identity.Actor {
	a := identity.Actor{Account: account, Name: account}
	switch {
	case h.Office != "":
		a.Offices = []string{h.Office}
	case w.kinds[h.Party] == string(register.Person):
		a.Person = h.Party
	case h.Party != "":
		a.Parties = []identity.Member{{Party: h.Party, Name: account, Kind: w.kinds[h.Party], Role: "agent"}}
	}
	return a
}

// Snapshot is the case as the engine loads it.
func (w *Theatre) Snapshot() (*policy.Snapshot, error) {
	if w.snap != nil {
		return w.snap, nil
	}
	err := w.db.Read(context.Background(), func(tx *store.Tx) error {
		d, err := w.e.take(tx, w.id)
		if err != nil {
			return err
		}
		w.snap = d.snap
		return w.e.loadAssets(tx, d, policy.Intent{}, "")
	})
	return w.snap, err
}

// Do acts through the engine's door.
func (w *Theatre) Do(a play.Act) error {
	w.snap = nil
	c := Command{Case: w.id, Record: a.Record, Step: a.Step, Seat: a.Seat, Values: a.Values, Reason: a.Reason}
	if a.Record == "" && a.Part != "" {
		c.Part, c.Parent, c.Party = a.Part, a.Parent, a.Holder.Party
		if c.Parent == w.id {
			c.Parent = ""
		}
	}
	if err := c.check(); err != nil {
		return err
	}
	actor := w.actor(a.Account, a.Holder)
	if err := w.upload(actor.Account, a.Values); err != nil {
		return err
	}
	_, err := w.e.once(context.Background(), actor.Account, "", c, false, func(tx *store.Tx) (*Receipt, error) { return w.e.act(tx, actor, c) })
	return err
}

// upload puts the documents that a form names where they would be had somebody uploaded them; on a stage any name is a document.
func (w *Theatre) upload(account string, values json.RawMessage) error {
	if !bytes.Contains(values, []byte(`"digest"`)) {
		return nil
	}
	var all []policy.Document
	var find func(v any)
	find = func(v any) {
		switch x := v.(type) {
		case []any:
			for _, e := range x {
				find(e)
			}
		case map[string]any:
			if digest, ok := x["digest"].(string); ok {
				name, _ := x["name"].(string)
				all = append(all, policy.Document{Digest: digest, Name: name})
			}
			for _, e := range x {
				find(e)
			}
		}
	}
	var v any
	if json.Unmarshal(values, &v) != nil {
		return nil // the engine says what is wrong with it
	}
	find(v)
	return w.db.Write(context.Background(), func(tx *store.Tx) error {
		for _, d := range all {
			if err := addBlob(tx, d.Digest, []byte(d.Name)); err != nil {
				return err
			}
			if err := addUpload(tx, d.Digest, account, d.Name); err != nil {
				return err
			}
		}
		return nil
	})
}

// Advance moves the clock to every deadline on the way, the earliest first, and acts on it then.
func (w *Theatre) Advance(to time.Time) error {
	ctx := context.Background()
	for range 20_000 {
		w.snap = nil
		var due []dueRow
		if err := w.db.Read(ctx, func(tx *store.Tx) (err error) {
			due, err = dueRecords(tx, to, 1)
			return err
		}); err != nil {
			return err
		}
		if len(due) == 0 {
			if to.After(w.now) {
				w.now = to
			}
			return nil
		}
		if due[0].due.After(w.now) {
			w.now = due[0].due
		}
		did, err := w.e.expire(ctx, due[0])
		if err != nil {
			return err
		}
		if !did {
			return fmt.Errorf("casework: the deadline of %s at %v was not acted on", due[0].record, due[0].due)
		}
	}
	return errors.New("casework: deadlines without end")
}

// Fund is what a fund has left.
func (w *Theatre) Fund(name string) (f money.Fen, err error) {
	err = w.db.Read(context.Background(), func(tx *store.Tx) error {
		n, err := w.e.Ledger.Balance(tx, ledger.CNY, ledger.Fund(name))
		f = money.Fen(n)
		return err
	})
	return f, err
}

// Facts is the sums of what was recorded since Begin.
func (w *Theatre) Facts() (map[string]int64, error) {
	sums, err := w.allFacts()
	for kind, n := range w.counted {
		sums[kind] -= n
	}
	return sums, err
}

// allFacts is those with what the records that were there before count for.
func (w *Theatre) allFacts() (sums map[string]int64, err error) {
	err = w.db.Read(context.Background(), func(tx *store.Tx) error {
		totals, err := w.e.Facts.Counts(tx)
		sums = map[string]int64{}
		for kind, t := range totals {
			sums[kind] = t.Sum
		}
		return err
	})
	return sums, err
}
