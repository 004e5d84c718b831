package policy

import (
	"kechuang/internal/caldate"
	"kechuang/internal/lang"
	"kechuang/internal/share"
)

// Figure is a rule over facts: what is counted, over which time, how it may be broken down, what it should reach, and since when it is
// counted so. It is printed with the number wherever the number appears.
type Figure struct {
	Name      string       `json:"name"`
	Title     lang.Text    `json:"title"`
	Code      string       `json:"code,omitempty"` // in the city's or the State's list of indicators, such as JSHT-01
	Unit      string       `json:"unit"`           // 项, 家, 元, % …; 元 is money and kept in fen, % is a share and kept in ppm
	Means     lang.Text    `json:"means"`          // the definition in words
	Scope     lang.Text    `json:"scope,omitzero"`
	Evidence  lang.Text    `json:"evidence,omitzero"` // what must stand behind each fact
	Period    Period       `json:"period"`
	Since     caldate.Date `json:"since,omitempty"` // of a cumulative figure: nothing before is counted
	Breakdown []FigureDim  `json:"breakdown,omitempty"`
	Parts     []string     `json:"parts,omitempty"`    // figures that sum to this one
	Overlaps  []Overlap    `json:"overlaps,omitempty"` // figures that may count the same thing: never added to this one
	Baseline  *FigureValue `json:"baseline,omitempty"`
	Targets   []Target     `json:"targets,omitempty"`
	Rules     []FigureRule `json:"rules"` // oldest first; the last is in force
	Cockpit   int64        `json:"cockpit,omitempty"`
	Inner     bool         `json:"inner,omitempty"` // only there for another figure to be worked out: listed nowhere
	Basis     string       `json:"basis"`
	Clause    string       `json:"clause,omitempty"`
	Trust     string       `json:"trust,omitempty"`
	Pos       Pos          `json:"-"`
}

// Period is over which time a figure counts.
type Period string

// The periods.
const (
	YearPeriod       Period = "year"       // from 1 January to the day
	CumulativePeriod Period = "cumulative" // all until the day
	InForcePeriod    Period = "in_force"   // what has begun and not ended on the day
)

// Way is how a rule comes to its value.
type Way string

// The ways. The first three read facts, the others figures.
const (
	CountWay    Way = "count"    // how many facts
	SumWay      Way = "sum"      // their amounts
	DistinctWay Way = "distinct" // how many different values of a dimension
	RatioWay    Way = "ratio"    // one figure over another, in ppm; nothing where the other is zero
	GrowthWay   Way = "growth"   // against a year before, by the same definition, in ppm; nothing where that was zero
	TotalWay    Way = "total"    // figures added that cannot overlap
)

// FigureRule is how a figure is counted from one day to another.
type FigureRule struct {
	Version string              `json:"version"`
	From    caldate.Date        `json:"from,omitempty"` // the first day whose value is worked out so; empty: always
	Way     Way                 `json:"way"`
	Facts   []string            `json:"facts,omitempty"` // kinds that are counted
	Less    []string            `json:"less,omitempty"`  // kinds that are taken off
	By      string              `json:"by,omitempty"`    // the dimension of a distinct count
	Where   map[string][]string `json:"where,omitempty"` // dimension → values that count
	Apart   []string            `json:"apart,omitempty"` // breakdowns in which a distinct value cannot stand in two parts
	Late    string              `json:"late"`            // what is recorded after its month has ended: restate, or next (counts in the month it is recorded in)
	Figures []string            `json:"figures,omitempty"`
	Pos     Pos                 `json:"-"`
}

// FigureDim is one way to break a figure down.
type FigureDim struct {
	Name     string    `json:"name"`
	Title    lang.Text `json:"title"`
	Taxonomy string    `json:"taxonomy,omitempty"`
	Nodes    bool      `json:"nodes,omitempty"`  // its keys are nodes of the chain maps
	Overlap  lang.Text `json:"overlap,omitzero"` // why its parts may count the same thing and are not added; zero where they cannot
	Pos      Pos       `json:"-"`
}

// Overlap is a figure that is not to be added to another, and why.
type Overlap struct {
	Figure string    `json:"figure"`
	Why    lang.Text `json:"why"`
	Pos    Pos       `json:"-"`
}

// FigureValue is a figure's value on a day: a number, fen or ppm by the figure's unit.
type FigureValue struct {
	Value int64        `json:"value"`
	At    caldate.Date `json:"at"`
}

// Target is a value to be reached by a day.
type Target struct {
	FigureValue
	Basis  string `json:"basis,omitempty"`
	Clause string `json:"clause,omitempty"`
	Pos    Pos    `json:"-"`
}

// Reference is one row of the pack's table of reference figures: a published value that the reference city's records must come to.
type Reference struct {
	ID     string       `json:"id"`
	Title  lang.Text    `json:"title"`
	Figure string       `json:"figure,omitempty"` // that is compared; empty while no mechanism feeds one
	Of     ReferenceOf  `json:"of,omitempty"`     // what of it is compared; empty is its value
	Unit   string       `json:"unit"`
	Value  int64        `json:"value"` // number, fen or ppm by the unit
	At     caldate.Date `json:"at"`
	Within share.PPM    `json:"within,omitempty"` // how far below a value that is published as “nearly” may lie
	Awaits lang.Text    `json:"awaits,omitzero"`  // what must exist before it can be computed
	Pos    Pos          `json:"-"`
}

// ReferenceOf is what a reference figure is compared with where that is no figure's value.
type ReferenceOf string

// What else may be compared: how many codes a taxonomy has, and what a figure is meant to reach on the day.
const (
	OfTaxonomy ReferenceOf = "taxonomy"
	OfTarget   ReferenceOf = "target"
)

// Rule is the rule in force on a day; the oldest one before its time.
func (f *Figure) Rule(day caldate.Date) *FigureRule {
	for i := len(f.Rules) - 1; i > 0; i-- {
		if f.Rules[i].From <= day {
			return &f.Rules[i]
		}
	}
	return &f.Rules[0]
}

// last is the rule in force.
func (f *Figure) last() *FigureRule { return &f.Rules[len(f.Rules)-1] }

// ReadsFacts tells the ways that count facts from those that work with figures.
func (w Way) ReadsFacts() bool { return w == CountWay || w == SumWay || w == DistinctWay }
