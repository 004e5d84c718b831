// Package score turns what experts gave into an order of proposals, and says how far the order can be trusted.
//
//	table, err := score.Aggregate(sheets, score.TrimmedMean)
//	table.Rows[0]                  // the best, with its standard error and who could overtake it
//	table.Flips                    // neighbours whose order one expert decides
//	score.Outliers(sheets, full)   // for the chair: sheets unlike the others, never for silent correction
//	score.Agenda(items)            // the order of a meeting in which people leave the room least
//
// Three ways of bringing experts together: the trimmed mean, the mean rank (an expert's marks say only an order), and the calibrated
// mean, which takes off how harsh or mild each expert is, worked out from all that they marked together. Marks are whole millionths of
// a point, as a pack's numbers are; means, ranks and errors are for ordering only and are floats. That a mark is within its full mark
// and has its reasons is the mechanism's to say, not this package's.
package score

import (
	"cmp"
	"math"
	"slices"

	"kechuang/internal/lang"
	"kechuang/internal/refusal"
)

// Points are millionths of a point.
type Points int64

// Float is for reckoning means.
func (p Points) Float() float64 { return float64(p) / 1e6 }

// Sheet is what one expert gave one proposal, all criteria together.
type Sheet struct {
	Expert, Proposal string
	Total            Points
}

// Way is how marks are brought together.
type Way string

// The ways.
const (
	TrimmedMean Way = "trimmed_mean" // without the highest and the lowest, when at least five gave marks
	MeanRank    Way = "mean_rank"
	Calibrated  Way = "calibrated"
)

// Row is one proposal.
type Row struct {
	Proposal string
	Place    int      // from 1; equal values share a place
	Value    float64  // points; of MeanRank, how far up on average, 1 at the top and 0 at the bottom
	Error    float64  // standard error of Value; 0 where one expert alone gave marks, which says nothing
	Marks    int      // experts
	Rivals   []string // those whose places could be the other way round: less than two standard errors of the difference apart, or not comparable
}

// Table is an order, with what would change it.
type Table struct {
	Way    Way
	Rows   []Row
	Flips  []Flip             // neighbours that one expert's sheets decide
	Biases map[string]float64 // of Calibrated: by how many points each expert marks above the others
	Apart  [][]string         // of Calibrated and MeanRank: groups of proposals that no chain of common experts joins; nil where there is one group
}

// Flip says that without one expert's sheets two neighbours would stand the other way round.
type Flip struct{ Above, Below, Expert string }

// Aggregate orders proposals by their sheets. It refuses two sheets of one expert for one proposal, and none at all.
func Aggregate(sheets []Sheet, way Way) (*Table, error) {
	m, err := newMarks(sheets)
	if err != nil {
		return nil, err
	}
	r := m.reckon(way)
	t := &Table{Way: way, Biases: r.biases()}
	group := make([]int, len(m.proposals)) // all comparable
	if way != TrimmedMean {
		group, t.Apart = m.apart()
	}
	for q, name := range m.proposals {
		value, wrong := r.value(q)
		t.Rows = append(t.Rows, Row{Proposal: name, Value: value, Error: wrong, Marks: len(m.of[q])})
	}
	slices.SortFunc(t.Rows, func(a, b Row) int { return cmp.Or(cmp.Compare(b.Value, a.Value), cmp.Compare(a.Proposal, b.Proposal)) })
	for i := range t.Rows {
		t.Rows[i].Place = i + 1
		if i > 0 && t.Rows[i-1].Value-t.Rows[i].Value < 1e-9 {
			t.Rows[i].Place = t.Rows[i-1].Place
		}
	}
	for i := range t.Rows {
		for j, o := range t.Rows {
			if i != j && (rivals(t.Rows[i], o) || group[m.place[t.Rows[i].Proposal]] != group[m.place[o.Proposal]]) {
				t.Rows[i].Rivals = append(t.Rows[i].Rivals, o.Proposal)
			}
		}
	}
	t.Flips = m.flips(r, t.Rows)
	return t, nil
}

func rivals(a, b Row) bool {
	return a.Marks < 2 || b.Marks < 2 || math.Abs(a.Value-b.Value) < 2*math.Hypot(a.Error, b.Error)
}

// flips leaves out one expert after the other.
func (m *marks) flips(r *reckoning, rows []Row) (list []Flip) {
	order := make([]int, len(rows))
	for i, row := range rows {
		order[i] = m.place[row.Proposal]
	}
	for e, name := range m.experts {
		without, mine := r.without(e), map[int]bool{}
		for _, s := range m.by[e] {
			mine[m.all[s].proposal] = true
		}
		for i := 1; i < len(rows); i++ {
			if rows[i-1].Place == rows[i].Place || r.bias == nil && !mine[order[i-1]] && !mine[order[i]] {
				continue // but for biases, the marks of others do not depend on this expert's
			}
			a, okA := without(order[i-1])
			b, okB := without(order[i])
			if okA && okB && a < b-1e-6 {
				list = append(list, Flip{rows[i-1].Proposal, rows[i].Proposal, name})
			}
		}
	}
	return list
}

// given is one sheet, by the places of its expert and proposal.
type given struct {
	expert, proposal int
	points           float64
}

// marks are all sheets, numbered.
type marks struct {
	experts, proposals []string // sorted
	place              map[string]int
	all                []given
	of, by             [][]int // sheets of a proposal, by an expert
}

func newMarks(sheets []Sheet) (*marks, error) {
	if len(sheets) == 0 {
		return nil, refusal.New(refusal.Insufficient, "score.none", lang.T("还没有评分", "There are no marks yet"))
	}
	m := &marks{place: map[string]int{}}
	for _, s := range sheets {
		m.experts, m.proposals = append(m.experts, s.Expert), append(m.proposals, s.Proposal)
	}
	m.experts, m.proposals = distinct(m.experts), distinct(m.proposals)
	expert := map[string]int{}
	for i, x := range m.experts {
		expert[x] = i
	}
	for i, x := range m.proposals {
		m.place[x] = i
	}
	m.of, m.by = make([][]int, len(m.proposals)), make([][]int, len(m.experts))
	seen := map[[2]int]bool{}
	for i, s := range sheets {
		e, q := expert[s.Expert], m.place[s.Proposal]
		if seen[[2]int{e, q}] {
			return nil, refusal.New(refusal.Invalid, "score.twice", lang.T("同一专家对同一申请有两份评分", "One expert gave one proposal two sheets"))
		}
		seen[[2]int{e, q}] = true
		m.all = append(m.all, given{e, q, s.Total.Float()})
		m.of[q], m.by[e] = append(m.of[q], i), append(m.by[e], i)
	}
	return m, nil
}

func distinct(list []string) []string {
	slices.Sort(list)
	return slices.Compact(list)
}

// apart finds the groups of proposals that experts in common join: across two groups nobody has compared anything.
func (m *marks) apart() (group []int, names [][]string) {
	group = make([]int, len(m.proposals))
	for q := range group {
		group[q] = -1
	}
	for first := range group {
		if group[first] >= 0 {
			continue
		}
		next, number := []int{first}, len(names)
		group[first] = number
		names = append(names, nil)
		for len(next) > 0 {
			q := next[0]
			next, names[number] = next[1:], append(names[number], m.proposals[q])
			for _, s := range m.of[q] {
				for _, o := range m.by[m.all[s].expert] {
					if p := m.all[o].proposal; group[p] < 0 {
						group[p] = number
						next = append(next, p)
					}
				}
			}
		}
	}
	if len(names) == 1 {
		return group, nil
	}
	return group, names
}
