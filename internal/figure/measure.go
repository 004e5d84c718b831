package figure

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"kechuang/internal/caldate"
	"kechuang/internal/ident"
	"kechuang/internal/lang"
	"kechuang/internal/store"
)

// Made facts for measuring: ten kinds over ten years, as a city with 21 chains, 13 districts and 30 000 firms would record them. Seven in
// ten are recorded on their day, one in twenty months later, one in a hundred is taken back.
const (
	madeKinds  = 10
	madeChains = 21
	madeAreas  = 13
	madeFirms  = 30_000
	madeYears  = 10
	madeLast   = "2025-12-31"
)

var madeLevels = []string{"national", "provincial", "city", "district"}

// MadeFigures are ten figures of the cockpit over such facts: sums and counts of a year and of all time, and firms counted once.
func MadeFigures() []Definition {
	why := lang.T("一家企业可有多项", "one firm may have several")
	var out []Definition
	for i := range madeKinds {
		d := Definition{Name: fmt.Sprintf("figure%d", i), Title: lang.T("指标", "Figure"), Unit: "元", Period: Year, Dims: []Dim{{Name: "chain"}, {Name: "area"}, {Name: "level"}},
			Rules: []Rule{{Version: "1", Way: Sum, Facts: []string{madeKind(i)}}}}
		switch {
		case i == 0:
			d.Unit, d.Rules[0].Way, d.Rules[0].By = "家", Distinct, "firm"
			d.Dims = []Dim{{Name: "chain", Overlap: why}, {Name: "area", Overlap: why}}
		case i%3 == 0:
			d.Unit, d.Rules[0].Way, d.Period = "项", Count, Cumulative
		}
		out = append(out, d)
	}
	return out
}

func madeKind(i int) string { return fmt.Sprintf("kind%d", i) }

// MadeFacts gives the first n facts of one kind, always the same.
func MadeFacts(kind, n int) func(yield func(Fact) bool) {
	return func(yield func(Fact) bool) {
		rng := rand.New(rand.NewPCG(uint64(kind), 1))
		last := caldate.Date(madeLast)
		first := DayNumber(last) - 365*madeYears
		var before Fact
		for i := range n {
			day := first + rng.IntN(365*madeYears)
			f := Fact{Kind: madeKind(kind), Amount: int64(1 + rng.IntN(1_000_000)), Day: DateOfNumber(day), Case: fmt.Sprintf("case_%d", i/4), Seq: 4,
				Dims: map[string]string{"chain": fmt.Sprintf("C%02d", rng.IntN(madeChains)), "area": fmt.Sprintf("D%02d", rng.IntN(madeAreas)),
					"level": madeLevels[rng.IntN(len(madeLevels))], "firm": fmt.Sprintf("F%05d", rng.IntN(madeFirms))}}
			lag := 0
			switch r := rng.IntN(100); {
			case r >= 95:
				lag = 30 + rng.IntN(370)
			case r >= 70:
				lag = 1 + rng.IntN(20)
			}
			f.At = DateOfNumber(day + lag).Start().Add(time.Duration(9+rng.IntN(8)) * time.Hour)
			f.ID = fmt.Sprintf("fact_%d_%08d", kind, i)
			if i%100 == 99 {
				f = before
				f.ID, f.Reverses, f.Amount, f.At = fmt.Sprintf("fact_%d_%08d", kind, i), before.ID, -before.Amount, before.At.AddDate(0, 0, 40)
			}
			f.Record, before = f.Case, f
			if !yield(f) {
				return
			}
		}
	}
}

// Fill writes n made facts, and the cells of the figures over them, in large transactions: what the roller would come to.
func Fill(ctx context.Context, db *store.DB, b *Book, n int) error {
	if err := b.enter(ctx, db); err != nil {
		return err
	}
	for kind := range madeKinds {
		var facts []Fact
		for f := range MadeFacts(kind, n/madeKinds) {
			facts = append(facts, f)
		}
		for part := range slices.Chunk(facts, 50_000) {
			if err := db.Write(ctx, func(tx *store.Tx) error { return insertMade(tx, part) }); err != nil {
				return err
			}
		}
		if err := fillStreams(ctx, db, madeKind(kind), facts); err != nil {
			return err
		}
	}
	// A table that was just filled has no statistics yet, which a table in use has.
	return db.Write(ctx, func(tx *store.Tx) error { return analyze(tx) })
}

// Filled tells whether the made facts are there already.
func Filled(ctx context.Context, db *store.DB) (bool, error) {
	var n int64
	err := db.Read(ctx, func(tx *store.Tx) error {
		_, err := store.One(tx, `SELECT count(*) FROM (SELECT id FROM figure_facts LIMIT 1) x`, nil, &n)
		return err
	})
	return n > 0, err
}

func insertMade(tx *store.Tx, facts []Fact) error {
	all := make([][]any, len(facts))
	for i, f := range facts {
		dims, err := json.Marshal(f.Dims)
		if err != nil {
			return err
		}
		var reverses any
		if f.Reverses != "" {
			reverses = f.Reverses
		}
		all[i] = []any{f.ID, f.Kind, f.Amount, store.Micros(f.At), string(f.Day), f.Case, f.Record, f.Seq, string(dims), reverses, f.Memo, string(f.Until)}
	}
	return inRows(tx, `INSERT INTO figure_facts (`+columns+`) VALUES `, ``, 12, all)
}

func fillStreams(ctx context.Context, db *store.DB, kind string, facts []Fact) error {
	var streams []stream
	if err := db.Read(ctx, func(tx *store.Tx) (err error) { streams, err = listStreams(tx); return err }); err != nil {
		return err
	}
	for _, s := range streams {
		if s.spec.kinds()[0] != kind {
			continue
		}
		var c cells
		var seen []periodSeen
		if err := db.Read(ctx, func(tx *store.Tx) (err error) {
			s.id = -s.id
			c, seen, err = s.change(tx, facts)
			s.id = -s.id
			return err
		}); err != nil {
			return err
		}
		if err := db.Write(ctx, func(tx *store.Tx) error { return addCells(tx, s.id, c) }); err != nil {
			return err
		}
		for part := range slices.Chunk(seen, 100_000) {
			if err := db.Write(ctx, func(tx *store.Tx) error { return insertSeen(tx, s.id, part) }); err != nil {
				return err
			}
		}
		if err := db.Write(ctx, func(tx *store.Tx) error { return setStream(tx, s.id, true, cursor{}) }); err != nil {
			return err
		}
	}
	return nil
}

// Timing is one thing that was measured, several times over. On a machine that does other things too, the fastest run says what it costs.
type Timing struct {
	What   lang.Text
	Median time.Duration
	Least  time.Duration
	Peer   time.Duration // the plain GROUP BY over the facts in the same database; 0: not run
}

// Measure asks what pages ask: the cockpit, and a figure with two breakdowns, as of the last day, as of a past day as known now and as
// known then; and beside each the plain GROUP BY over the facts. peer false leaves the plain statements out.
func Measure(ctx context.Context, db *store.DB, b *Book, peer bool) ([]Timing, error) {
	const past = "2022-08-17"
	var out []Timing
	for _, at := range []struct {
		name lang.Text
		At
	}{{lang.T("今天", "today"), At{Day: madeLast}}, {lang.T("过去某日，按现在已知", "a past day, as known now"), At{Day: past}}, {lang.T("过去某日，按当日已知", "a past day, as known then"), At{Day: past, Known: past}}} {
		cockpit := func(tx *store.Tx) error {
			for _, name := range b.Names() {
				if _, err := b.Value(tx, name, at.At); err != nil {
					return err
				}
				if _, err := b.Growth(tx, name, at.At); err != nil {
					return err
				}
				if _, err := b.Series(tx, name, At{Day: at.Day}, 13); err != nil {
					return err
				}
			}
			return nil
		}
		two := func(tx *store.Tx) error {
			_, err := b.Breakdown(tx, "figure3", at.At, "area", "chain") // cumulative: the widest
			return err
		}
		for _, m := range []struct {
			what lang.Text
			do   func(*store.Tx) error
			peer func(*store.Tx) error
		}{
			{lang.T("驾驶舱，"+at.name.ZH, "cockpit, "+at.name.EN), cockpit, func(tx *store.Tx) error { return plainCockpit(tx, at.At) }},
			{lang.T("两项分组，"+at.name.ZH, "two breakdowns, "+at.name.EN), two, func(tx *store.Tx) error { return plainTwo(tx, at.At) }},
		} {
			t := Timing{What: m.what}
			var err error
			if t.Least, t.Median, err = timed(ctx, db, 21, m.do); err == nil && peer {
				t.Peer, _, err = timed(ctx, db, 2, m.peer)
			}
			if err != nil {
				return nil, err
			}
			out = append(out, t)
		}
	}
	return out, nil
}

// MeasureStep is how long it takes to record one fact durably, and to roll n facts.
func MeasureStep(ctx context.Context, db *store.DB, b *Book, n int) (record, rollEach time.Duration, err error) {
	f := New()
	took := make([]time.Duration, 0, n)
	for fact := range MadeFacts(1, n) {
		fact.ID, fact.Reverses, fact.Case = ident.New("fact", fact.At), "", "case_measured"
		began := time.Now()
		if err := db.WriteSnapshot(ctx, func(tx *store.Tx) error { _, err := f.Record(tx, fact); return err }); err != nil {
			return 0, 0, err
		}
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	began := time.Now()
	rolled, err := b.Roll(ctx, db)
	return took[len(took)/2], time.Since(began) / time.Duration(max(rolled, 1)), err
}

// timed is the fastest and the median of several runs.
func timed(ctx context.Context, db *store.DB, runs int, do func(*store.Tx) error) (least, median time.Duration, err error) {
	var all []time.Duration
	for range runs {
		began := time.Now()
		if err := db.Read(ctx, do); err != nil {
			return 0, 0, err
		}
		all = append(all, time.Since(began))
	}
	slices.Sort(all)
	return all[0], all[len(all)/2], nil
}
