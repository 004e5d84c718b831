// Package broker brings the needs and offers of the register together: it keeps the match engine over what the register holds, learns from
// the outcomes of introductions, and says which needs that wait something was offered for since. It advises: it writes nothing.
//
//	b := broker.New(db, reg, cases.Seen, nil)
//	e, err := b.Engine(ctx)                              // as the register is now
//	a := e.Match(broker.NeedOf(kind, rec), match.Asker{Today: today}, 20)
//	err = b.Alert(ctx, cases, today)                     // tells the needs that wait, each at most once a day
//
// Offers are the records of kinds that offer, with their public fields only; experts, whose expertise is for those only who read the
// register whole; and teams: parties with several public results. What this process commits is in the next answer, what another
// commits after at most a second. Vocabulary and vectors are learnt again beside, when a tenth of the offers is new.
package broker

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"

	"kechuang/internal/match"
	"kechuang/internal/match/judge"
	"kechuang/internal/policy"
	"kechuang/internal/register"
	"kechuang/internal/store"
)

// Kinds of offers that are parties and not records.
const (
	Expert = "expert"
	Team   = "team"
)

// Cleared is the level of secrecy of what only those may see who read the register whole.
const Cleared = 1

// weights are log-odds that facts beyond words add; they are this program's own (docs/decisions/0011-matching.md).
var weights = match.Weights{SameNode: 0.8, SameField: 0.4, SameRegion: 0.2, LessReady: -0.3, Endpoint: 3}

// Broker may be used from many goroutines.
type Broker struct {
	db       *store.DB
	register *register.Register
	pack     func() *policy.Pack // in force; nil, or gives nil: there is none
	vectors  match.Vectors       // of the city's own endpoint; nil where there is none

	mu      sync.Mutex // guards everything below; held while it follows
	engine  *match.Engine
	kinds   []*register.RecordKind
	records store.Follower
	parties store.Follower
	waking  store.Waking
	results map[string]map[string]string // party → its public results → their titles
	owner   map[string]string            // public result → party
	touched map[string]bool              // parties whose results changed
	latest  string                       // the youngest offer; ids sort by the time at which they were made

	changed  int // offers since vocabulary and vectors were learnt
	learning bool

	model  *judge.Model // learnt from the deployment's own judgements; nil while there are too few
	judged int          // records that judge, changed since the model was looked at
	learnt int          // judgements that the model was learnt from
	passed pass
}

// New broker; nothing is read yet.
func New(db *store.DB, reg *register.Register, pack func() *policy.Pack, vectors match.Vectors) *Broker {
	return &Broker{db: db, register: reg, pack: pack, vectors: vectors}
}

// Engine over the register as it is now.
func (b *Broker) Engine(ctx context.Context) (*match.Engine, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if kinds := b.register.Kinds(); b.engine == nil || !slices.Equal(kinds, b.kinds) {
		if err := b.begin(kinds); err != nil {
			return nil, err
		}
	}
	due, back, done := b.waking.Due(b.db)
	if !due {
		return b.engine, nil
	}
	err := b.db.Read(ctx, func(tx *store.Tx) error {
		for _, f := range []*store.Follower{&b.records, &b.parties} {
			for !f.Whole() {
				if err := f.Piece(tx); err != nil {
					return err
				}
			}
			if _, err := f.Follow(tx, back); err != nil {
				return err
			}
		}
		return b.teams(tx)
	})
	if err != nil {
		b.engine = nil // what was read in part is read anew
		return nil, err
	}
	done()
	if err := b.relearn(ctx); err != nil {
		return nil, err
	}
	return b.engine, nil
}

// begin makes an empty engine.
func (b *Broker) begin(kinds []*register.RecordKind) error {
	model, err := b.judge()
	if err != nil {
		return err
	}
	b.engine, b.kinds, b.waking = match.New(model, weights), slices.Clone(kinds), store.Waking{}
	terms, same := b.lexicon()
	b.engine.Know(terms...)
	b.engine.Alike(same)
	if b.vectors != nil {
		b.engine.UseEndpoint(b.vectors)
	}
	b.results, b.owner, b.touched, b.changed = map[string]map[string]string{}, map[string]string{}, map[string]bool{}, 0
	b.records = store.Follower{After: b.register.RecordMarks, Since: b.register.RecordMarksSince, Take: b.takeRecords}
	b.parties = store.Follower{After: b.register.PartyMarks, Since: b.register.PartyMarksSince, Take: b.takeParties}
	return nil
}

// lexicon is what the pack knows of words: titles of fields, chains and other lists, and which words mean the same.
func (b *Broker) lexicon() (terms []string, same [][]string) {
	if b.pack == nil || b.pack() == nil {
		return nil, nil
	}
	lists := b.pack().Taxonomies
	for _, name := range slices.Sorted(maps.Keys(lists)) {
		for _, c := range lists[name].Codes {
			terms = append(terms, c.Title.ZH)
		}
	}
	return terms, b.pack().Synonyms()
}

func (b *Broker) takeRecords(tx *store.Tx, ids []string) error {
	list, err := b.register.RecordRows(tx, ids)
	if err != nil {
		return err
	}
	for _, rec := range list {
		k := b.register.Kind(rec.Kind)
		switch {
		case k == nil:
		case k.Judges != nil:
			b.judged++
		case k.Public && k.Offers:
			b.changed++
			b.latest = max(b.latest, rec.ID)
			o := offerOf(k, rec)
			b.result(k, rec, o)
			if rec.Retired {
				b.engine.Delete(rec.ID)
			} else {
				b.engine.Put(o)
			}
		}
	}
	return nil
}

// result keeps whose public result a record is.
func (b *Broker) result(k *register.RecordKind, rec register.Record, o match.Offer) {
	if !k.Rights {
		return
	}
	if was := b.owner[rec.ID]; was != "" {
		delete(b.results[was], rec.ID)
		delete(b.owner, rec.ID)
		b.touched[was] = true
	}
	if o.Party == "" || rec.Retired {
		return
	}
	if b.results[o.Party] == nil {
		b.results[o.Party] = map[string]string{}
	}
	b.results[o.Party][rec.ID], b.owner[rec.ID] = o.Title, o.Party
	b.touched[o.Party] = true
}

func (b *Broker) takeParties(_ *store.Tx, ids []string) error {
	for _, id := range ids {
		b.touched[id] = true
	}
	return nil
}

// teams puts the parties that changed, or whose results did.
func (b *Broker) teams(tx *store.Tx) error {
	ids := make([]string, 0, len(b.touched))
	for id := range b.touched {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for part := range slices.Chunk(ids, 500) {
		list, err := b.register.Parties(tx, part)
		if err != nil {
			return err
		}
		for _, p := range list {
			if p.Kind != register.Person && !p.Deleted {
				b.engine.Know(append(p.Aliases, p.Name)...)
			}
			if o, ok := b.partyOffer(p); ok {
				b.engine.Put(o)
				b.changed++
			} else {
				b.engine.Delete(p.ID)
			}
		}
	}
	clear(b.touched)
	return nil
}

func (b *Broker) partyOffer(p register.Party) (match.Offer, bool) {
	o := match.Offer{ID: p.ID, Party: p.ID, Region: p.Region}
	titles := b.results[p.ID]
	switch {
	case p.Deleted:
		return o, false
	case p.Kind == register.Person && p.Expert && len(p.Expertise) > 0:
		o.Kind, o.Secrecy, o.Title = Expert, Cleared, p.Name+"："+strings.Join(b.words(p.Expertise), "、")
		return o, true
	case p.Kind != register.Person && len(titles) > 1:
		var lines []string
		for _, t := range titles {
			lines = append(lines, t)
		}
		slices.Sort(lines)
		o.Kind, o.Title, o.Text = Team, p.Name, strings.Join(lines, "\n")
		return o, true
	}
	return o, false
}

// words are an expert's fields as they are said: codes of the pack's list by their titles, what was written freely as it is.
func (b *Broker) words(fields []string) (out []string) {
	for _, f := range fields {
		if b.pack != nil && b.pack() != nil {
			if t := b.pack().Taxonomies["fields"]; t != nil {
				for _, c := range t.Codes {
					if c.Code == f {
						f = c.Title.ZH
					}
				}
			}
		}
		out = append(out, f)
	}
	return out
}

// relearn vocabulary and vectors: at once where there are none, else beside, when a tenth of the offers changed.
func (b *Broker) relearn(ctx context.Context) error {
	if b.judged > 0 {
		b.judged = 0
		if err := b.learn(ctx); err != nil {
			return err
		}
	}
	if !b.engine.Learnt() {
		b.changed = 0
		b.engine.Learn()
		return nil
	}
	if b.learning || b.changed < 20+b.engine.Len()/10 {
		return nil
	}
	b.changed, b.learning = 0, true
	go func(e *match.Engine) {
		e.Learn()
		b.mu.Lock()
		defer b.mu.Unlock()
		b.learning = false
	}(b.engine)
	return nil
}

// Records visits the records of a kind, newest first, while do says so.
func (b *Broker) Records(ctx context.Context, k *register.RecordKind, do func(register.Record) bool) error {
	for after := ""; ; {
		list, next, err := b.register.SearchRecords(ctx, register.RecordQuery{Kind: k.Name, After: after, Limit: 200})
		if err != nil {
			return err
		}
		for _, rec := range list {
			if !do(rec) {
				return nil
			}
		}
		if after = next; next == "" {
			return nil
		}
	}
}

// Waiting visits the needs that wait, of each kind the newest first, while do says so.
func (b *Broker) Waiting(ctx context.Context, do func(k *register.RecordKind, rec register.Record) bool) error {
	for _, k := range b.register.Kinds() {
		if k.Asks {
			if err := b.Records(ctx, k, func(rec register.Record) bool { return do(k, rec) }); err != nil {
				return err
			}
		}
	}
	return nil
}
