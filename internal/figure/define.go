package figure

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"

	"kechuang/internal/caldate"
	"kechuang/internal/lang"
	"kechuang/internal/refusal"
)

// Period is over which time a figure counts.
type Period string

// The periods.
const (
	Year       Period = "year"       // from 1 January to the day
	Cumulative Period = "cumulative" // all until the day
	InForce    Period = "in_force"   // what has begun and not ended on the day: each fact counts until its last day
)

// Way is how a rule comes to its value.
type Way string

// The ways. The first three read facts, the others figures.
const (
	Count    Way = "count"
	Sum      Way = "sum"
	Distinct Way = "distinct" // different values of the dimension By
	Ratio    Way = "ratio"    // Figures[0] over Figures[1]: ppm, or so much each where it is money or shares over a count
	Growth   Way = "growth"   // of Figures[0] over its value a year before by the same rule, ppm
	Adding   Way = "total"    // of Figures
)

// Definition is a figure as plain values: what a pack says of it.
type Definition struct {
	Name     string
	Title    lang.Text
	Unit     string
	Period   Period
	Since    caldate.Date // cumulative: the first of a month before which nothing counts
	Dims     []Dim        // by which it may be broken down
	Parts    []string     // figures that must sum to it
	Overlaps map[string]lang.Text
	Baseline *Point
	Targets  []Point
	Rules    []Rule // oldest first; at least one
}

// Rule is how a figure is counted from a day on.
type Rule struct {
	Version string              `json:"version"`
	From    caldate.Date        `json:"from,omitempty"`
	Way     Way                 `json:"way"`
	Facts   []string            `json:"facts,omitempty"`
	Less    []string            `json:"less,omitempty"`
	By      string              `json:"by,omitempty"`
	Where   map[string][]string `json:"where,omitempty"`
	Next    bool                `json:"next,omitempty"` // what is recorded after its month counts in the month it is recorded in
	Figures []string            `json:"figures,omitempty"`
}

// Dim is a dimension of facts. Overlap says why its parts may count one thing twice; zero where they cannot, and then they sum to the whole.
type Dim struct {
	Name    string
	Overlap lang.Text
}

// Point is a value on a day.
type Point struct {
	Value int64        `json:"value"`
	At    caldate.Date `json:"at"`
}

// rule is the one in force on a day; the oldest before its time.
func (d *Definition) rule(day caldate.Date) Rule {
	for i := len(d.Rules) - 1; i > 0; i-- {
		if d.Rules[i].From <= day {
			return d.Rules[i]
		}
	}
	return d.Rules[0]
}

func (d *Definition) dim(name string) (Dim, bool) {
	i := slices.IndexFunc(d.Dims, func(x Dim) bool { return x.Name == name })
	if i < 0 {
		return Dim{}, false
	}
	return d.Dims[i], true
}

// Digest is SHA-256 of how a figure is counted on a day: two values with the same digest mean the same.
func (d *Definition) Digest(day caldate.Date) string {
	raw, _ := json.Marshal(struct {
		Name, Unit string
		Period     Period
		Since      caldate.Date
		Rule       Rule
	}{d.Name, d.Unit, d.Period, d.Since, d.rule(day)})
	return digest(raw)
}

func digest(raw []byte) string {
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}

// spec is what a stream reads of the facts. Its JSON is its identity.
type spec struct {
	Facts  []string            `json:"facts"`
	Less   []string            `json:"less,omitempty"`
	By     string              `json:"by,omitempty"`
	Yearly bool                `json:"yearly,omitempty"` // distinct within each year
	Since  int64               `json:"since,omitempty"`  // distinct since a day
	Ends   bool                `json:"ends,omitempty"`   // what has ended is taken off
	Where  map[string][]string `json:"where,omitempty"`
	Next   bool                `json:"next,omitempty"`
	Dims   []string            `json:"dims,omitempty"`
}

func specOf(d *Definition, r Rule) spec {
	s := spec{Facts: slices.Sorted(slices.Values(r.Facts)), Less: slices.Sorted(slices.Values(r.Less)), Where: map[string][]string{}, Next: r.Next, Ends: d.Period == InForce}
	for k, v := range r.Where {
		s.Where[k] = slices.Sorted(slices.Values(v))
	}
	for _, x := range d.Dims {
		s.Dims = append(s.Dims, x.Name)
	}
	slices.Sort(s.Dims)
	if r.Way == Distinct {
		s.By, s.Yearly = r.By, d.Period == Year
		if d.Since != "" {
			s.Since = dayOf(d.Since)
		}
	}
	return s
}

func (s spec) encode() (text, key string) {
	raw, _ := json.Marshal(s)
	return string(raw), digest(raw)
}

// kinds are all that the stream reads.
func (s spec) kinds() []string {
	return slices.Compact(slices.Sorted(slices.Values(slices.Concat(s.Facts, s.Less))))
}

// cuts are the ways in which a stream is summed: whole, by each dimension, by each two.
func (s spec) cuts() [][]int {
	out := [][]int{nil}
	for i := range s.Dims {
		out = append(out, []int{i})
	}
	for i := range s.Dims {
		for j := i + 1; j < len(s.Dims); j++ {
			out = append(out, []int{i, j})
		}
	}
	return out
}

// cut finds the cut of some dimensions; swapped tells that the two stand the other way round.
func (s spec) cut(dims []string) (n int64, swapped, found bool) {
	var at []int
	for _, d := range dims {
		at = append(at, slices.Index(s.Dims, d))
	}
	if len(at) == 2 && at[0] > at[1] {
		at[0], at[1], swapped = at[1], at[0], true
	}
	for i, c := range s.cuts() {
		if slices.Equal(c, at) {
			return int64(i), swapped, true
		}
	}
	return 0, false, false
}

// Book is the figures of a city over the facts of its database. It keeps nothing of record.
type Book struct {
	defs  map[string]*Definition
	order []string
	ready readyStreams
}

// NewBook is a book of definitions. They are taken as checked: the pack's loader refuses what cannot be counted.
func NewBook(defs []Definition) *Book {
	b := &Book{defs: map[string]*Definition{}}
	for i := range defs {
		b.defs[defs[i].Name] = &defs[i]
		b.order = append(b.order, defs[i].Name)
	}
	return b
}

// Names are the figures in the order in which they were given.
func (b *Book) Names() []string { return b.order }

// Definition finds a figure.
func (b *Book) Definition(name string) (*Definition, error) {
	if d := b.defs[name]; d != nil {
		return d, nil
	}
	return nil, refusal.New(refusal.NotFound, "figure.none", lang.T("没有名为“"+name+"”的指标", "There is no figure named “"+name+"”")).
		Mend(lang.T("请从指标目录进入", "Start from the list of figures"))
}

// specs are all streams that the definitions read, each once.
func (b *Book) specs() []spec {
	all := map[string]spec{}
	for _, d := range b.defs {
		for _, r := range d.Rules {
			if len(r.Facts) > 0 {
				s := specOf(d, r)
				_, key := s.encode()
				all[key] = s
			}
		}
	}
	var out []spec
	for _, k := range slices.Sorted(maps.Keys(all)) {
		out = append(out, all[k])
	}
	return out
}
