package figure

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"kechuang/internal/caldate"
	"kechuang/internal/lang"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

// Rolling up: a step writes its fact and one row of the tail, and meets nobody. After the commit a job takes facts from the tail and adds
// them to the cells of every stream that reads them, in one transaction: a crash leaves a fact either in the tail or in the cells, never in
// both and never in none. Whoever reads adds what the tail would bring to what the cells hold, by the same code. So a figure is never
// behind its facts, and no row is written by all.

// On SQLite nobody else writes while facts are rolled: a transaction takes as many as the ones before it show to last about hold.
const (
	hold       = 50 * time.Millisecond
	firstBatch = 500
	leastBatch = 50
	mostBatch  = 10_000
)

// paced is how many facts the next transaction takes, after one of so many lasted so long: at most twice as many.
func paced(batch int, lasted time.Duration) int {
	next := float64(batch) * float64(hold) / float64(max(lasted, time.Millisecond))
	return min(max(int(next), leastBatch), 2*batch, mostBatch)
}

// stream is a row of figure_streams.
type stream struct {
	id    int64
	spec  spec
	ready bool
	at    cursor
}

// cursor is how far a stream that is being made has read.
type cursor struct {
	kind string
	day  caldate.Date
	id   string
}

// passed tells whether the fact stands at or before the cursor.
func (c cursor) passed(f Fact) bool {
	if f.Kind != c.kind {
		return f.Kind < c.kind
	}
	if f.Day != c.day {
		return f.Day < c.day
	}
	return f.ID <= c.id
}

// takes tells whether a fact that leaves the tail is added to the stream now; else the reading of old facts will come to it.
func (s *stream) takes(f Fact) bool { return s.ready || s.at.passed(f) }

// readyStreams remembers which streams are made, which they stay.
type readyStreams struct {
	mu  sync.Mutex
	ids map[string]int64
}

func (b *Book) stream(tx *store.Tx, s spec) (id int64, ready bool, err error) {
	_, key := s.encode()
	b.ready.mu.Lock()
	id, ready = b.ready.ids[key]
	b.ready.mu.Unlock()
	if ready {
		return id, true, nil
	}
	id, ready, err = findStream(tx, key)
	if err == nil && ready {
		b.ready.mu.Lock()
		if b.ready.ids == nil {
			b.ready.ids = map[string]int64{}
		}
		b.ready.ids[key] = id
		b.ready.mu.Unlock()
	}
	return id, ready, err
}

// Roll takes facts from the tail into the cells, and reads old facts into streams that are new, until nothing is left; it gives how many
// facts it took. Several processes may roll at once: they take turns.
func (b *Book) Roll(ctx context.Context, db *store.DB) (rolled int, err error) {
	if err := b.enter(ctx, db); err != nil {
		return 0, err
	}
	for batch := firstBatch; ; {
		var took, read int
		var began time.Time
		err := db.WriteSnapshot(ctx, func(tx *store.Tx) error {
			took, read = 0, 0
			if err := tx.Guard("figure/roll"); err != nil {
				return err
			}
			began = time.Now()
			streams, err := listStreams(tx)
			if err != nil {
				return err
			}
			if took, err = rollTail(tx, streams, batch); err != nil {
				return err
			}
			read, err = readOld(tx, streams, batch)
			return err
		})
		if rolled += took; err != nil || took+read == 0 {
			return rolled, err
		}
		batch = paced(batch, time.Since(began))
	}
}

// enter writes the streams of the definitions down, once.
func (b *Book) enter(ctx context.Context, db *store.DB) error {
	var missing []spec
	err := db.Read(ctx, func(tx *store.Tx) error {
		missing = nil
		for _, s := range b.specs() {
			id, _, err := b.stream(tx, s)
			if err != nil {
				return err
			}
			if id == 0 {
				missing = append(missing, s)
			}
		}
		return nil
	})
	if err != nil || len(missing) == 0 {
		return err
	}
	return db.Write(ctx, func(tx *store.Tx) error {
		for _, s := range missing {
			text, key := s.encode()
			if err := insertStream(tx, key, text); err != nil {
				return err
			}
		}
		return nil
	})
}

func rollTail(tx *store.Tx, streams []stream, batch int) (int, error) {
	facts, err := tail(tx, nil, batch)
	if err != nil || len(facts) == 0 {
		return 0, err
	}
	for _, s := range streams {
		mine := slices.DeleteFunc(slices.Clone(facts), func(f Fact) bool { return !s.takes(f) })
		if err := s.apply(tx, mine); err != nil {
			return 0, err
		}
	}
	return len(facts), dropTail(tx, facts)
}

// readOld goes on with the first stream that is being made, one batch.
func readOld(tx *store.Tx, streams []stream, batch int) (int, error) {
	i := slices.IndexFunc(streams, func(s stream) bool { return !s.ready })
	if i < 0 {
		return 0, nil
	}
	s := streams[i]
	for _, kind := range s.spec.kinds() {
		if kind < s.at.kind {
			continue
		}
		if kind != s.at.kind {
			s.at = cursor{kind: kind}
		}
		facts, err := rolledOfKind(tx, kind, s.at.day, s.at.id, batch)
		if err != nil {
			return 0, err
		}
		if len(facts) == 0 {
			continue
		}
		mine := make([]Fact, 0, len(facts))
		for _, f := range facts {
			if !f.inTail {
				mine = append(mine, f.Fact)
			}
		}
		last := facts[len(facts)-1]
		if err := s.apply(tx, mine); err != nil {
			return 0, err
		}
		return len(facts), setStream(tx, s.id, false, cursor{kind, last.Day, last.ID})
	}
	return 1, setStream(tx, s.id, true, cursor{})
}

// apply adds facts to the stream's cells.
func (s stream) apply(tx *store.Tx, facts []Fact) error {
	c, seen, err := s.change(tx, facts)
	if err != nil {
		return err
	}
	if err := insertSeen(tx, s.id, seen); err != nil {
		return err
	}
	return addCells(tx, s.id, c)
}

// periodSeen is a sighting with the period it counts in.
type periodSeen struct {
	period int64
	sighting
}

// change works out what facts change in the cells, and what a distinct count has then seen. It writes nothing: readers use it for the tail.
func (s stream) change(tx *store.Tx, facts []Fact) (cells, []periodSeen, error) {
	c := newCells()
	var masses []mass
	var seen []periodSeen
	for _, f := range facts {
		m, value, ok := s.spec.read(f)
		if !ok {
			continue
		}
		e, ends := s.spec.end(f, m)
		if s.spec.By == "" {
			if masses = append(masses, m); ends {
				masses = append(masses, e)
			}
			continue
		}
		seen = append(seen, periodSeen{s.spec.period(m.h), sighting{value, f.ID, m.h, m.k, m.facts, m.vals}})
		if ends {
			seen = append(seen, periodSeen{s.spec.period(e.h), sighting{value, f.ID + ended, e.h, e.k, e.facts, e.vals}})
		}
	}
	s.spec.plain(c, masses)
	if len(seen) == 0 {
		return c, nil, nil
	}
	merges, err := listMerges(tx, s.spec.By)
	if err != nil {
		return cells{}, nil, err
	}
	groups := map[groupKey][]sighting{}
	members := map[groupKey][]string{}
	for _, x := range seen {
		g := group(x.value, merges)
		k := groupKey{x.period, g[0]}
		groups[k], members[k] = append(groups[k], x.sighting), g
	}
	for _, k := range slices.SortedFunc(maps.Keys(groups), groupKey.compare) {
		var old []sighting
		for _, v := range members[k] {
			more, err := seenOf(tx, s.id, k.period, v)
			if err != nil {
				return cells{}, nil, err
			}
			old = append(old, more...)
		}
		s.spec.distinct(c, old, merges, -1)
		s.spec.distinct(c, slices.Concat(old, groups[k]), merges, 1)
	}
	return c, seen, nil
}

type groupKey struct {
	period int64
	first  string
}

func (a groupKey) compare(b groupKey) int {
	if a.period != b.period {
		return int(a.period - b.period)
	}
	if a.first < b.first {
		return -1
	}
	return 1
}

func (s spec) period(h int64) int64 {
	if s.Yearly {
		return yearOf(h)
	}
	return 0
}

// AnyDim is a merge of ids that name one thing wherever they stand: parties, and records of the register.
const AnyDim = ""

// Merge says that two values of a dimension are one (two records of one firm): from now on every distinct count takes them for one, while
// what was known before stays what it was. gone may not have gone before, nor kept into it.
func (b *Book) Merge(tx *store.Tx, dim, gone, kept, account, memo string) error {
	if err := tx.Guard("figure/roll"); err != nil {
		return err
	}
	m := merge{gone, kept, dayOf(caldate.On(tx.Now()))}
	if err := mayMerge(tx, dim, m); err != nil {
		return err
	}
	streams, err := listStreams(tx)
	if err != nil {
		return err
	}
	for _, s := range streams {
		if s.spec.By == "" || dim != AnyDim && dim != s.spec.By {
			continue
		}
		if err := s.merge(tx, m); err != nil {
			return err
		}
	}
	return insertMerge(tx, dim, gone, kept, m.k, store.Micros(tx.Now()), account, memo)
}

func mayMerge(tx *store.Tx, dim string, m merge) error {
	merges, err := listMerges(tx, dim)
	if err != nil {
		return err
	}
	if m.gone == m.kept || rootAt(m.kept, merges, m.k) == m.gone || slices.ContainsFunc(merges, func(x merge) bool { return x.gone == m.gone }) {
		return refusal.New(refusal.Conflict, "figure.merged", lang.T("“"+m.gone+"”已经并入其他记录，或者“"+m.kept+"”已并入它", "“"+m.gone+"” is merged already, or “"+m.kept+"” is merged into it")).
			Mend(lang.T("请先看清两条记录现在的关系", "Look at how the two records stand now"))
	}
	return nil
}

// merge brings a stream's cells to two values being one.
func (s stream) merge(tx *store.Tx, m merge) error {
	merges, err := listMerges(tx, s.spec.By)
	if err != nil {
		return err
	}
	with := append(slices.Clone(merges), m)
	values := group(m.gone, with)
	periods, err := seenPeriods(tx, s.id, values)
	if err != nil {
		return err
	}
	c := newCells()
	for _, p := range periods {
		var seen []sighting
		for _, v := range values {
			more, err := seenOf(tx, s.id, p, v)
			if err != nil {
				return err
			}
			seen = append(seen, more...)
		}
		s.spec.distinct(c, seen, merges, -1)
		s.spec.distinct(c, seen, with, 1)
	}
	return addCells(tx, s.id, c)
}
