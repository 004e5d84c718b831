package figure

import (
	"math/big"
	"slices"
	"strings"

	"kechuang/internal/caldate"
	"kechuang/internal/lang"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

// At is which day's value, and as known when: what had been recorded by the end of that day. Known "" is now.
type At struct {
	Day   caldate.Date `json:"day"`
	Known caldate.Date `json:"known,omitempty"`
}

// Value is what a figure comes to.
type Value struct {
	Figure  string    `json:"figure"`
	Version string    `json:"version"`
	At                // day and known
	Value   *int64    `json:"value"`        // number, fen or ppm; null where it cannot be said
	Why     lang.Text `json:"why,omitzero"` // why it cannot
	Facts   int64     `json:"facts"`        // behind it, those taken back left out
	Parts   []Value   `json:"parts,omitempty"`
}

// Part is one row of a breakdown.
type Part struct {
	Keys  []string `json:"keys"` // of the dimensions asked for; "" where a fact says nothing
	Value int64    `json:"value"`
	Facts int64    `json:"facts"`
}

// Breakdown is a figure by one or two dimensions.
type Breakdown struct {
	Value   Value     `json:"value"` // of the whole
	Dims    []string  `json:"dims"`
	Parts   []Part    `json:"parts"`
	Sum     int64     `json:"sum"`              // of the parts
	Overlap lang.Text `json:"overlap,omitzero"` // why the parts are not added; zero: they are, and Sum is the whole
}

// never is later than every day.
const never = 99991231

// Value is a figure on a day, by the definition in force on it.
func (b *Book) Value(tx *store.Tx, name string, at At) (Value, error) {
	d, err := b.Definition(name)
	if err != nil {
		return Value{}, err
	}
	return b.by(tx, d, d.rule(at.Day), at)
}

// by is a figure by a given rule, which need not be that of the day: year on year asks for last year by this year's definition.
func (b *Book) by(tx *store.Tx, d *Definition, r Rule, at At) (Value, error) {
	v := Value{Figure: d.Name, Version: r.Version, At: at}
	switch r.Way {
	case Ratio:
		return b.ratio(tx, v, r, at)
	case Growth:
		of, err := b.Definition(r.Figures[0])
		if err != nil {
			return v, err
		}
		return b.growth(tx, v, of, at)
	case Adding:
		return b.total(tx, v, r, at)
	}
	parts, err := b.cutOf(tx, d, r, at, nil)
	if err != nil {
		return v, err
	}
	var s sum
	for _, p := range parts {
		s.facts += p.facts
		s.amount += p.amount
	}
	n := r.take(s)
	v.Value, v.Facts = &n, s.facts
	return v, nil
}

// take is which of the two sums a rule means.
func (r Rule) take(s sum) int64 {
	if r.Way == Sum {
		return s.amount
	}
	return s.facts
}

func (b *Book) ratio(tx *store.Tx, v Value, r Rule, at At) (Value, error) {
	for _, name := range r.Figures {
		x, err := b.Value(tx, name, at)
		if err != nil {
			return v, err
		}
		v.Parts = append(v.Parts, x)
		v.Facts += x.Facts
	}
	of, to := b.defs[r.Figures[0]], b.defs[r.Figures[1]]
	v.Value, v.Why = over(v.Parts[0].Value, v.Parts[1].Value, scale(of.Unit, to.Unit))
	return v, nil
}

// scale is by what a quotient is multiplied: alike over alike is a share, in ppm; money or shares over a count are so much each.
func scale(of, to string) int64 {
	if of != to && (of == "元" || of == "%") && to != "元" && to != "%" {
		return 1
	}
	return 1_000_000
}

// growth is (now − before) / before by the rule of the day, with both values as its parts.
func (b *Book) growth(tx *store.Tx, v Value, of *Definition, at At) (Value, error) {
	r := of.rule(at.Day)
	now, err := b.by(tx, of, r, at)
	if err != nil {
		return v, err
	}
	before, err := b.by(tx, of, r, At{dateOf(yearBefore(dayOf(at.Day))), at.Known})
	if err != nil {
		return v, err
	}
	v.Parts, v.Facts = []Value{now, before}, now.Facts+before.Facts
	if now.Value == nil || before.Value == nil {
		v.Why = noPart
		return v, nil
	}
	diff := *now.Value - *before.Value
	v.Value, v.Why = share(&diff, before.Value)
	return v, nil
}

func (b *Book) total(tx *store.Tx, v Value, r Rule, at At) (Value, error) {
	all := int64(0)
	for _, name := range r.Figures {
		x, err := b.Value(tx, name, at)
		if err != nil {
			return v, err
		}
		v.Parts, v.Facts = append(v.Parts, x), v.Facts+x.Facts
		if x.Value == nil {
			v.Why = noPart
			return v, nil
		}
		all += *x.Value
	}
	v.Value = &all
	return v, nil
}

var (
	noPart = lang.T("其中一项没有数", "one of its parts has no value")
	byZero = lang.T("分母为零，不计算", "the divisor is zero, so there is no value")
)

// share is a over b in parts per million.
func share(a, b *int64) (*int64, lang.Text) { return over(a, b, 1_000_000) }

// over is a over b times a scale, half away from zero; nothing where b is zero.
func over(a, b *int64, scale int64) (*int64, lang.Text) {
	if a == nil || b == nil {
		return nil, noPart
	}
	if *b == 0 {
		return nil, byZero
	}
	n := new(big.Int).Mul(big.NewInt(*a), big.NewInt(2*scale))
	d := big.NewInt(*b)
	if d.Sign() < 0 {
		n.Neg(n)
		d.Neg(d)
	}
	half := new(big.Int).Set(d)
	if n.Sign() < 0 {
		half.Neg(half)
	}
	n.Add(n, half)
	n.Quo(n, d.Mul(d, big.NewInt(2)))
	if !n.IsInt64() {
		return nil, lang.T("比率过大", "the ratio is too large")
	}
	v := n.Int64()
	return &v, lang.Text{}
}

// Growth is a figure against a year before, by the same definition.
func (b *Book) Growth(tx *store.Tx, name string, at At) (Value, error) {
	d, err := b.Definition(name)
	if err != nil {
		return Value{}, err
	}
	return b.growth(tx, Value{Figure: name, Version: d.rule(at.Day).Version, At: at}, d, at)
}

// Breakdown is a figure by one or two of its dimensions.
func (b *Book) Breakdown(tx *store.Tx, name string, at At, dims ...string) (Breakdown, error) {
	d, err := b.Definition(name)
	if err != nil {
		return Breakdown{}, err
	}
	out := Breakdown{Dims: dims, Parts: []Part{}}
	for _, x := range dims {
		dim, ok := d.dim(x)
		if !ok || len(dims) > 2 || len(dims) == 2 && dims[0] == dims[1] {
			return out, refusal.New(refusal.Invalid, "figure.dims", lang.T("“"+d.Title.ZH+"”不能这样分组", "“"+d.Title.EN+"” cannot be broken down so")).
				Mend(lang.T("可用的分组："+strings.Join(d.dimNames(), "、")+"，一次最多两项", "It can be broken down by: "+strings.Join(d.dimNames(), ", ")+"; at most two at once"))
		}
		if out.Overlap.IsZero() {
			out.Overlap = dim.Overlap
		}
	}
	r := d.rule(at.Day)
	if out.Value, err = b.by(tx, d, r, at); err != nil {
		return out, err
	}
	parts, err := b.cutOf(tx, d, r, at, dims)
	if err != nil {
		return out, err
	}
	for _, p := range parts {
		if p.sum == (sum{}) {
			continue
		}
		keys := []string{p.a, p.b}[:len(dims)]
		out.Parts = append(out.Parts, Part{Keys: keys, Value: r.take(p.sum), Facts: p.facts})
		out.Sum += r.take(p.sum)
	}
	return out, nil
}

func (d *Definition) dimNames() (names []string) {
	for _, x := range d.Dims {
		names = append(names, x.Name)
	}
	return names
}

// Add sums figures, and refuses where two may count the same thing or are not of one kind.
func (b *Book) Add(tx *store.Tx, names []string, at At) (Value, error) {
	v := Value{At: at}
	for i, name := range names {
		d, err := b.Definition(name)
		if err != nil {
			return v, err
		}
		for _, other := range names[:i] {
			o, _ := b.Definition(other)
			why, yes := d.Overlaps[other]
			if w, also := o.Overlaps[name]; also && !yes {
				why, yes = w, true
			}
			if yes || name == other {
				return v, refusal.New(refusal.Invalid, "figure.overlap", lang.T("“"+o.Title.ZH+"”与“"+d.Title.ZH+"”不能相加："+why.ZH, "“"+o.Title.EN+"” and “"+d.Title.EN+"” are not added: "+why.EN)).
					Mend(lang.T("请分别列出", "Give them side by side"))
			}
			if o.Unit != d.Unit || o.Period != d.Period || d.Unit == "%" {
				return v, refusal.New(refusal.Invalid, "figure.unlike", lang.T("单位或期间不同，或者是比率，不能相加", "They differ in unit or period, or are ratios, and are not added")).
					Mend(lang.T("请分别列出", "Give them side by side"))
			}
		}
	}
	return b.total(tx, v, Rule{Figures: names}, at)
}

// lowest is the first day that counts, 0 for all.
func (d *Definition) lowest(day int64) int64 {
	if d.Period == Year {
		return yearOf(day)*10000 + 101
	}
	if d.Since != "" {
		return dayOf(d.Since)
	}
	return 0
}

// cutOf is the sums of one cut: cells and tail, or all facts where the stream is still being made.
func (b *Book) cutOf(tx *store.Tx, d *Definition, r Rule, at At, dims []string) ([]part, error) {
	s := specOf(d, r)
	cut, swapped, found := s.cut(dims)
	if !found {
		return nil, refusal.New(refusal.Invalid, "figure.dims", lang.T("不能这样分组", "It cannot be broken down so"))
	}
	w := window{cut: cut, lo: d.lowest(dayOf(at.Day)), hi: dayOf(at.Day), known: never}
	if at.Known != "" && at.Known < caldate.On(tx.Now()) {
		w.known = dayOf(at.Known)
	}
	id, ready, err := b.stream(tx, s)
	if err != nil {
		return nil, err
	}
	total := tally{}
	if ready {
		err = reading{tx, id, s, w.cut}.into(total, w)
	}
	if err == nil {
		err = total.waiting(tx, stream{id: id, spec: s, ready: ready}, w)
	}
	if err != nil {
		return nil, err
	}
	return total.list(swapped), nil
}

// window is what is asked of a cut: happened between lo and hi, recorded by known.
type window struct{ cut, lo, hi, known int64 }

func (w window) has(h, k int64) bool { return h >= w.lo && h <= w.hi && k <= w.known }

// tally is sums by the values of a cut.
type tally map[[2]string]sum

func (t tally) add(list []part, sign int64) {
	for _, p := range list {
		s := t[[2]string{p.a, p.b}]
		s.facts += sign * p.facts
		s.amount += sign * p.amount
		t[[2]string{p.a, p.b}] = s
	}
}

func (t tally) list(swapped bool) []part {
	out := make([]part, 0, len(t))
	for ab, s := range t {
		if swapped {
			ab[0], ab[1] = ab[1], ab[0]
		}
		out = append(out, part{ab[0], ab[1], s})
	}
	slices.SortFunc(out, func(x, y part) int {
		if c := strings.Compare(x.a, y.a); c != 0 {
			return c
		}
		return strings.Compare(x.b, y.b)
	})
	return out
}

// reading is one cut of a stream in the database.
type reading struct {
	tx   *store.Tx
	id   int64
	spec spec
	cut  int64
}

// into adds what the cells hold for a window. As known now it is whole years, months and days of when it happened. As known on an earlier
// day K it is that less what was recorded after K — which, for days up to K, is only what was recorded late.
func (r reading) into(t tally, w window) error {
	if w.known < w.hi { // a day that was still to come: what counted by then, and what was dated ahead
		list, err := r.days(max(w.lo, w.known+1), w.hi, 0, w.known)
		if err != nil {
			return err
		}
		t.add(list, 1)
		if w.hi = w.known; w.hi < w.lo {
			return nil
		}
	}
	for _, s := range spans(w.lo, w.hi) {
		var list []part
		var err error
		if s.grain == 3 && !r.fine() {
			list, err = leavesOf(r.tx, leavesOfDays, r.id, r.dims(), s.from, s.to, 0, never)
		} else {
			list, err = cellsOf(r.tx, r.id, r.cut, s)
		}
		if err != nil {
			return err
		}
		t.add(list, 1)
	}
	if w.known == never {
		return nil
	}
	return r.late(t, w)
}

// late takes off what happened in the window and was recorded after w.known, where w.hi is not after it: whole months recorded in later
// months; the days of the last, broken month recorded in later months; and what was recorded later in the month of w.known.
func (r reading) late(t tally, w window) error {
	k := monthOf(w.known)
	list, err := lateMonths(r.tx, r.id, r.cut, monthOf(w.lo), lastWhole(w.hi), k+1, monthOf(never))
	if err != nil {
		return err
	}
	t.add(list, -1)
	if w.hi != lastOf(monthOf(w.hi)) {
		if list, err = r.days(max(w.lo, monthOf(w.hi)*100+1), w.hi, lastOf(k)+1, never); err != nil {
			return err
		}
		t.add(list, -1)
	}
	if r.fine() {
		list, err = knownCells(r.tx, r.id, r.cut, w.lo, w.hi, w.known+1, lastOf(k))
	} else {
		list, err = leavesOf(r.tx, leavesKnownOn, r.id, r.dims(), w.lo, w.hi, w.known+1, lastOf(k))
	}
	if err != nil {
		return err
	}
	t.add(list, -1)
	return nil
}

// fine tells whether the cut has days of its own.
func (r reading) fine() bool { return r.cut == 0 || r.spec.By != "" }

func (r reading) dims() []int { return r.spec.cuts()[r.cut] }

// days is what was recorded on other days than it happened on, by both.
func (r reading) days(h1, h2, k1, k2 int64) ([]part, error) {
	if r.fine() {
		return lateCells(r.tx, r.id, r.cut, h1, h2, k1, k2)
	}
	return leavesOf(r.tx, leavesLate, r.id, r.dims(), h1, h2, k1, k2)
}

// waiting adds what is not in the cells: the tail of a stream that is made, or every fact of one that is not.
func (t tally) waiting(tx *store.Tx, s stream, w window) error {
	facts, err := tail(tx, s.spec.kinds(), 1<<40)
	if err == nil && !s.ready {
		facts, err = allOfKinds(tx, s.spec.kinds())
		s.id = -1 // what it has seen so far is not to be counted again
	}
	if err != nil || len(facts) == 0 {
		return err
	}
	c, _, err := s.change(tx, facts)
	if err != nil {
		return err
	}
	if (reading{spec: s.spec, cut: w.cut}).fine() {
		t.fine(c, w)
		return nil
	}
	cut := s.spec.cuts()[w.cut]
	for l, x := range c.leaves {
		if w.has(l.h, l.k) {
			a, b := pick(cut, l.vals[:])
			t.add([]part{{a, b, x}}, 1)
		}
	}
	return nil
}

// fine adds cells by their days: those recorded on their day are in grain 3 less grain 5.
func (t tally) fine(c cells, w window) {
	for p, s := range c.at {
		if p.cut != w.cut {
			continue
		}
		one := []part{{p.a, p.b, s}}
		switch p.grain {
		case 3:
			if w.has(p.h, p.h) {
				t.add(one, 1)
			}
		case 5:
			if w.has(p.h, p.h) {
				t.add(one, -1)
			}
			if w.has(p.h, p.k) {
				t.add(one, 1)
			}
		}
	}
}
