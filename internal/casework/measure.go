package casework

import (
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"kechuang/internal/figure"
	"kechuang/internal/ident"
	"kechuang/internal/identity"
	"kechuang/internal/journal"
	"kechuang/internal/lang"
	"kechuang/internal/ledger"
	"kechuang/internal/policy"
	"kechuang/internal/register"
	"kechuang/internal/store"
)

// The sample pack is a small open challenge with one of everything; tests play it and Measure is measured on it, so that numbers of
// different days speak of the same work whatever the city changes in its own pack.
//
//go:embed all:sample
var sampleFiles embed.FS

// Sample is the sample pack.
func Sample() fs.FS {
	sub, err := fs.Sub(sampleFiles, "sample")
	if err != nil {
		panic(err) // the folder is embedded above
	}
	return sub
}

// Speed is how fast steps went.
type Speed struct {
	Steps     int           `json:"steps"`
	PerSecond float64       `json:"per_second"`
	Median    time.Duration `json:"median"`
	P99       time.Duration `json:"p99"`
	Runs      float64       `json:"runs_per_step"` // above 1: conflicts
}

// Ruler measures steps on a database: through the engine, and the same rows by bare SQL.
//
// A round is a case from its opening to its publication: open, hand in (with a form and a printed page), recommend, publish (with a
// form, a fact and a message); four steps, each a transaction of its own. Each client acts for an enterprise of its own.
type Ruler struct {
	e       *Engine
	clients int
	parties []string
	n       atomic.Int64
	copied  string // the case that Grow copies
	rounds  int    // of copying

	// Acked is told of every step that was done, once its answer is there; nil tells nobody.
	Acked func(*Receipt)
}

// NewRuler migrates the database and makes a party for each client.
func NewRuler(ctx context.Context, db *store.DB, clients int) (*Ruler, error) {
	if err := db.Migrate(ctx, Tables...); err != nil {
		return nil, err
	}
	key, _, err := journal.NewKey("measure.kechuang")
	if err != nil {
		return nil, err
	}
	e, err := New(ctx, Config{DB: db, Files: Sample(), Register: register.New(db, nil), Ledger: ledger.New(), Journal: journal.New(db, key), Facts: figure.New()})
	if err != nil {
		return nil, err
	}
	r := &Ruler{e: e, clients: clients}
	err = db.Write(ctx, func(tx *store.Tx) error {
		r.parties = nil
		for i := range clients {
			n := tx.Now().UnixMicro() + int64(i)
			p, err := e.Register.Put(tx, keeper, register.Party{Kind: register.Enterprise, Name: fmt.Sprintf("计时企业%d", n), USCC: madeCode(n), Region: "210112", Synthetic: true})
			if err != nil {
				return err
			}
			r.parties = append(r.parties, p.ID)
		}
		return nil
	})
	return r, err
}

// madeCode is a credit code for a party that does not exist.
func madeCode(n int64) string {
	const digits = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	b := []byte("91210112000000000")
	for i := len(b) - 1; n > 0 && i >= 8; i, n = i-1, n/31 {
		b[i] = digits[n%31]
	}
	return ident.USCCWithCheck(string(b))
}

// Engine measures steps through the door.
func (r *Ruler) Engine(ctx context.Context, steps int) (Speed, error) {
	return r.run(steps, func(client int, took func(func() error) bool) {
		party := r.parties[client]
		poster := identity.Actor{Account: "poster" + party, Name: "发榜人", Parties: []identity.Member{{Party: party, Kind: "enterprise"}}}
		district := identity.Actor{Account: "district", Name: "推荐人", Offices: []string{"district/210112"}}
		officer := identity.Actor{Account: "officer", Name: "经办人", Offices: []string{"bureau.cases"}}
		id := ""
		key := func() string { return fmt.Sprintf("%d-%d", time.Now().UnixNano(), r.n.Add(1)) }
		_ = took(func() error {
			x, err := r.e.Open(ctx, poster, OpenCommand{Mechanism: "challenge", Key: key()})
			if err == nil {
				id = x.Case
				r.tell(x)
			}
			return err
		}) && took(func() error {
			return r.act(ctx, poster, Command{Case: id, Step: "submit", Values: measuredNeed, Key: key()})
		}) &&
			took(func() error { return r.act(ctx, district, Command{Case: id, Step: "recommend", Key: key()}) }) &&
			took(func() error {
				return r.act(ctx, officer, Command{Case: id, Step: "publish", Values: r.call(), Key: key()})
			})
	})
}

func (r *Ruler) act(ctx context.Context, who identity.Actor, c Command) error {
	x, err := r.e.Act(ctx, who, c)
	if err == nil {
		r.tell(x)
	}
	return err
}

func (r *Ruler) tell(x *Receipt) {
	if r.Acked != nil {
		r.Acked(x)
	}
}

var measuredNeed = json.RawMessage(`{"title":"高精度金属波纹管","field":"01","own":"800万元","contact":"王工","targets":[{"metric":"壁厚","value":"0.12"},{"metric":"寿命","value":"100000"}]}`)

// call closes in a year, so that nothing is due while we measure.
func (r *Ruler) call() json.RawMessage {
	return json.RawMessage(`{"title":"高精度金属波纹管","close":"` + r.e.DB.Now().AddDate(1, 0, 0).Format(time.DateOnly) + `"}`)
}

// run gives rounds to the clients until so many steps were done.
func (r *Ruler) run(steps int, round func(client int, took func(func() error) bool)) (Speed, error) {
	var left atomic.Int64
	left.Store(int64(steps))
	var mu sync.Mutex // guards all and failed
	all := make([]time.Duration, 0, steps)
	var failed error
	var wg sync.WaitGroup
	ran := r.e.runs.Load()
	began := time.Now()
	for client := range r.clients {
		wg.Go(func() {
			own := make([]time.Duration, 0, steps/r.clients+4)
			more := true
			for more {
				round(client, func(do func() error) bool {
					if more = left.Add(-1) >= 0; !more {
						return false
					}
					at := time.Now()
					err := do()
					own = append(own, time.Since(at))
					if err != nil {
						mu.Lock()
						failed = errors.Join(failed, err)
						mu.Unlock()
						left.Store(0)
						more = false
					}
					return more
				})
			}
			mu.Lock()
			defer mu.Unlock()
			all = append(all, own...)
		})
	}
	wg.Wait()
	took := time.Since(began)
	runs := r.e.runs.Load() - ran
	if failed != nil || len(all) == 0 {
		return Speed{}, errors.Join(failed, fmt.Errorf("casework: measured %d steps", len(all)))
	}
	slices.Sort(all)
	return Speed{Steps: len(all), PerSecond: float64(len(all)) / took.Seconds(), Median: all[len(all)/2], P99: all[len(all)*99/100],
		Runs: float64(runs) / float64(len(all))}, nil
}

// Bare writes the same rows with the same statements and reads nothing, decides nothing and checks nothing: what a database of this
// kind can do at best.
func (r *Ruler) Bare(ctx context.Context, steps int) (Speed, error) {
	page := make([]byte, 9000) // as large as a printed page
	return r.run(steps, func(client int, took func(func() error) bool) {
		b := &bareRound{r: r, ctx: ctx, party: r.parties[client], page: page}
		for _, step := range []func(*store.Tx) error{b.open, b.submit, b.recommend, b.publish} {
			b.lines = nil
			if b.row.state == "draft" { // it prints a page next
				b.lines = []string{numberLine("need")}
			}
			if !took(func() error { return b.write(step) }) {
				return
			}
		}
	})
}

// bareRound is one case written row by row.
type bareRound struct {
	r         *Ruler
	ctx       context.Context
	party, id string
	page      []byte
	row       caseRow
	rec       recordRow
	district  policy.Holder
	lines     []string // in which the next step stands, as the engine's own would
}

func (b *bareRound) write(step func(*store.Tx) error) error {
	n := b.r.n.Add(1)
	was, rec := b.row, b.rec
	return b.r.e.DB.Write(store.InLine(b.ctx, b.lines...), func(tx *store.Tx) error {
		b.r.e.runs.Add(1)
		b.row, b.rec = was, rec // it may run again
		if err := step(tx); err != nil {
			return err
		}
		key := fmt.Sprintf("%d-%d", time.Now().UnixNano(), n)
		return addRequest(tx, "bare", key, b.party, `{"case":"…","record":"…","state":{"name":"…"},"revision":1}`, tx.Now())
	})
}

// finish writes what every step writes: the record, the journal, the history and the case.
func (b *bareRound) finish(tx *store.Tx, step, state string) (err error) {
	if b.rec.Record == nil {
		return errors.New("casework: nothing was opened")
	}
	next := *b.rec.Record
	next.State, next.Revision = state, next.Revision+1
	b.rec.Record = &next
	if err := setRecord(tx, b.rec); err != nil {
		return err
	}
	was := b.row.seq
	b.row.seq, b.row.state, b.row.lastAt = was+1, state, tx.Now()
	body := json.RawMessage(`{"v":1,"record":"` + b.id + `","step":"` + step + `","seat":"poster","from":"draft","to":"` + state + `"}`)
	if b.row.leaf, err = b.r.e.Journal.Append(tx, journal.Leaf{Case: b.id, Seq: was + 1, Step: step, Account: "bare", At: tx.Now(), Body: body, Prev: b.row.leaf}); err != nil {
		return err
	}
	if err := addStep(tx, stepRow{in: b.id, seq: was + 1, record: b.id, step: step, seat: "poster", account: "bare", who: "发榜人",
		holder: policy.Holder{Party: b.party}, from: "draft", to: state, leaf: b.row.leaf, at: tx.Now()}); err != nil {
		return err
	}
	if err := dropDraft(tx, "bare", b.id, draftKey{step: step}); err != nil {
		return err
	}
	return setCase(tx, b.row, was)
}

func (b *bareRound) open(tx *store.Tx) error {
	b.id = ident.New("case", tx.Now())
	b.district = policy.Holder{Office: "district/210112"}
	b.row = caseRow{id: b.id, mechanism: "challenge", version: "1", pack: b.r.e.pack.Digest, title: "示例揭榜", party: b.party, state: "draft",
		opened: tx.Now(), lastAt: tx.Now(), seed: b.party}
	b.rec = recordRow{Record: &policy.Record{ID: b.id, State: "draft", Since: tx.Now(), Opened: tx.Now(), Due: tx.Now().AddDate(1, 0, 0)}}
	if err := addCase(tx, b.row); err != nil {
		return err
	}
	if err := addRecord(tx, b.id, b.rec); err != nil {
		return err
	}
	for seat, h := range map[string]policy.Holder{"poster": {Party: b.party}, "district": b.district, "officer": {Office: "bureau.cases"}, "leader": {Office: "bureau.leaders"}} {
		if err := addSeat(tx, b.id, seatRow{b.id, seat, h}); err != nil {
			return err
		}
	}
	if err := setWait(tx, b.id, waitRow{b.id, "poster", policy.Holder{Party: b.party}, "submit", noDue}); err != nil {
		return err
	}
	return b.finish(tx, "open", "draft")
}

// pass takes the case off one desk and puts it on others.
func (b *bareRound) pass(tx *store.Tx, from waitRow, to ...waitRow) error {
	if err := dropWait(tx, from); err != nil {
		return err
	}
	for _, w := range to {
		if err := setWait(tx, b.id, w); err != nil {
			return err
		}
	}
	return nil
}

func (b *bareRound) form(tx *store.Tx, name string, vals json.RawMessage) error {
	return addForm(tx, b.id, formRow{record: b.id, form: name, version: 1, vals: vals, digest: digestBytes(vals), account: "bare", who: "发榜人", seat: "poster", seq: 2, at: tx.Now()})
}

func (b *bareRound) submit(tx *store.Tx) error {
	if err := b.form(tx, "need", measuredNeed); err != nil {
		return err
	}
	n, err := takeNumber(tx, "need", 2025)
	if err != nil {
		return err
	}
	page := append(slices.Clone(b.page), b.id...)
	p := paperRow{digest: digestBytes(page), record: b.id, document: "need", seq: 2, number: n, title: lang.T("需求书", "Need"), at: tx.Now()}
	if err := addBlob(tx, p.digest, page); err != nil {
		return err
	}
	if err := addPaper(tx, b.id, p); err != nil {
		return err
	}
	if err := b.pass(tx, waitRow{record: b.id, seat: "poster", holder: policy.Holder{Party: b.party}}, waitRow{b.id, "district", b.district, "recommend,send_back", noDue}); err != nil {
		return err
	}
	return b.finish(tx, "submit", "submitted")
}

func (b *bareRound) recommend(tx *store.Tx) error {
	if err := b.pass(tx, waitRow{record: b.id, seat: "district", holder: b.district}, waitRow{b.id, "officer", policy.Holder{Office: "bureau.cases"}, "publish", noDue},
		waitRow{b.id, "leader", policy.Holder{Office: "bureau.leaders"}, "publish", noDue}); err != nil {
		return err
	}
	return b.finish(tx, "recommend", "recommended")
}

func (b *bareRound) publish(tx *store.Tx) error {
	if err := b.form(tx, "call", b.r.call()); err != nil {
		return err
	}
	if _, err := b.r.e.Facts.Record(tx, figure.Fact{Kind: "published", Amount: 1, Case: b.id, Record: b.id, Seq: 4, Dims: map[string]string{"field": "01"}}); err != nil {
		return err
	}
	if err := addMessage(tx, messageRow{id: ident.New("msg", tx.Now()), in: b.id, record: b.id, seq: 4, seat: "poster", party: b.party, text: lang.T("您的需求已发榜", "Your need is published"), at: tx.Now()}); err != nil {
		return err
	}
	if err := dropWait(tx, waitRow{record: b.id, seat: "officer", holder: policy.Holder{Office: "bureau.cases"}}); err != nil {
		return err
	}
	if err := dropWait(tx, waitRow{record: b.id, seat: "leader", holder: policy.Holder{Office: "bureau.leaders"}}); err != nil {
		return err
	}
	return b.finish(tx, "publish", "open")
}
