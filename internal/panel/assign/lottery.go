package assign

import (
	"errors"
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"

	"kechuang/internal/flow"
	"kechuang/internal/lang"
	"kechuang/internal/refusal"
	"kechuang/internal/share"
)

// Lottery gives each pair a chance, none above the cap: whoever angles for a friend's proposal, or a rival's, can be kept away by
// chance. Draw makes plans of it, each of which keeps every limit, and in which each pair occurs as often as its chance says.
type Lottery struct {
	Cap     share.PPM
	Unit    int64 // a chance of 1
	Pairs   []Pair
	Chances []int64 // of each pair, in parts of Unit
	Total   Score   // expected
	Bound   Score   // no lottery under the cap expects more than this, rounded up
	Optimum Score   // the total of a plan without chance
	Served  []Score // expected, by proposal

	prices []int64
	model  *model
	flow   []int64
}

// Random finds the lottery of the greatest expected total. It is the exact optimum of the linear programme: with chances counted in
// the cap's denominator, the programme is a flow, and the best flow is whole.
func Random(given *Problem, most share.PPM) (*Lottery, error) {
	p, err := given.check()
	if err != nil {
		return nil, err
	}
	if err := p.mayBeDrawn(most); err != nil {
		return nil, err
	}
	certain, err := Total(given)
	if err != nil {
		return nil, err
	}
	m, a, err := solve(p, scaleOf(p, most))
	if no := (*Impossible)(nil); errors.As(err, &no) {
		no.Changes = append([]Change{p.leastCap(most)}, no.Changes...)
	}
	if err != nil {
		return nil, err
	}
	l := &Lottery{Cap: most, Unit: m.unit, Optimum: certain.Total, Served: make([]Score, len(p.Proposals)), prices: a.Potential, model: m, flow: a.Flow}
	l.Pairs, l.Chances = m.chosen(a)
	sum, part := new(big.Int), new(big.Int)
	for i, w := range l.Pairs {
		part.Mul(big.NewInt(int64(p.Score(w))), big.NewInt(l.Chances[i]))
		sum.Add(sum, part)
		l.Served[w.Proposal] += Score(part.Div(part, big.NewInt(l.Unit)).Int64())
	}
	l.Total = Score(sum.Div(sum, big.NewInt(l.Unit)).Int64())
	if l.Bound, err = l.bound(m); err != nil {
		return nil, err
	}
	return l, nil
}

// leastCap is the smallest cap of whole percents that leaves a lottery possible, where one without a cap is.
func (p *Problem) leastCap(most share.PPM) Change {
	const percent = share.Whole / 100
	low, high := most/percent, share.PPM(100) // high is possible
	for low+1 < high {
		if middle := (low + high) / 2; p.possible(scaleOf(p, middle*percent)) {
			high = middle
		} else {
			low = middle
		}
	}
	return Change{"cap", 1, lang.T(fmt.Sprintf("可行的最小改动之一——概率上限提高到 %d%%（按整百分点计）", high), fmt.Sprintf("one smallest change that is enough: a cap of %d%% (in whole percents)", high))}
}

// possible tells whether there is any plan at a scale.
func (p *Problem) possible(in scale) bool {
	m := newModel(p, in)
	m.weighing = func(Pair) int64 { return 0 }
	m.everyone()
	_, err := m.net.Solve()
	return err == nil
}

func (p *Problem) mayBeDrawn(most share.PPM) error {
	switch {
	case most <= 0 || most > share.Whole:
		return refusal.New(refusal.Invalid, "assign.cap", lang.T("概率上限应大于 0，不大于 100 %", "The cap on a chance is above 0 and at most 100 %"))
	case len(p.Pins) > 0 && most < share.Whole:
		return refusal.New(refusal.Invalid, "assign.cap.pin", lang.T("指定的一对是确定的，与概率上限矛盾", "A pinned pair is certain, which the cap does not allow"))
	case newModel(p, whole).relaxed:
		return refusal.New(refusal.Invalid, "assign.cap.limits", lang.T("同一单位的专家分属不同类别时，随机分配不能同时限制单位和类别", "A lottery cannot limit both units and kinds where a unit has people of several kinds"))
	}
	return nil
}

// scaleOf counts in the denominator of the cap, and coarsens scores just so much that sums fit.
func scaleOf(p *Problem, most share.PPM) scale {
	g := new(big.Int).GCD(nil, nil, big.NewInt(int64(most)), big.NewInt(int64(share.Whole))).Int64()
	in := scale{unit: int64(share.Whole) / g, most: int64(most) / g, grain: 1}
	reviews := int64(1)
	for _, x := range p.Proposals {
		reviews += int64(x.Needs)
	}
	for reviews > (1<<60)/in.unit/max(int64(slices.Max(p.Scores))/in.grain, 1) {
		in.grain *= 10
	}
	return in
}

// bound turns the prices into scores.
func (l *Lottery) bound(m *model) (Score, error) {
	b, ok := m.bound(l.prices)
	if !ok {
		return 0, fmt.Errorf("assign: the prices of the lottery bound nothing")
	}
	n := new(big.Int).Mul(big.NewInt(b), big.NewInt(m.grain))
	n.Div(n, big.NewInt(l.Unit))
	reviews := 0
	for _, x := range m.p.Proposals {
		reviews += x.Needs
	}
	if m.grain == 1 {
		reviews = 1
	}
	return Score(n.Int64() + m.grain*int64(reviews)), nil // what rounding may have taken
}

// Verify checks that the chances keep the cap and every limit on average, that their total is true, and the bound.
func (l *Lottery) Verify(given *Problem) error {
	p, err := given.check()
	if err != nil {
		return err
	}
	m := newModel(p, scaleOf(p, l.Cap))
	load, reviews := make([]int64, len(p.Experts)), make([]int64, len(p.Proposals))
	sum := new(big.Int)
	for i, w := range l.Pairs {
		c := l.Chances[i]
		if c <= 0 || c > m.most || !p.Allowed(w) {
			return fmt.Errorf("assign: expert %s and proposal %s: a chance of %d in %d", p.expert(w.Expert), p.proposal(w.Proposal), c, l.Unit)
		}
		load[w.Expert] += c
		reviews[w.Proposal] += c
		sum.Add(sum, new(big.Int).Mul(big.NewInt(int64(p.Score(w))), big.NewInt(c)))
	}
	for e, x := range p.Experts {
		if load[e] < int64(x.Least)*l.Unit || load[e] > int64(x.Most)*l.Unit {
			return fmt.Errorf("assign: expert %s expects %d of %d", p.expert(e), load[e], l.Unit)
		}
	}
	for q, x := range p.Proposals {
		if reviews[q] != int64(x.Needs)*l.Unit {
			return fmt.Errorf("assign: proposal %s expects %d of %d", p.proposal(q), reviews[q], l.Unit)
		}
	}
	if t := Score(sum.Div(sum, big.NewInt(l.Unit)).Int64()); t != l.Total {
		return fmt.Errorf("assign: the lottery expects %s and says %s", t, l.Total)
	}
	if b, err := l.bound(m); err != nil || b != l.Bound || b < l.Total {
		return fmt.Errorf("assign: the prices bound the lottery by %s, it says %s (%w)", b, l.Bound, err)
	}
	return nil
}

// Draw makes a plan of the lottery. The same seed makes the same plan everywhere.
//
// Arcs whose flow is not a whole number of reviews lie on cycles, because at every node the rest is whole. Round a cycle some flow
// is sent one way or the other, as much as makes an arc whole, with the odds that leave each arc's expectation as it is; until none
// is left (dependent rounding; Gandhi, Khuller, Parthasarathy, Srinivasan 2006; Budish, Che, Kojima, Milgrom 2013).
func (l *Lottery) Draw(given *Problem, seed [32]byte) *Plan {
	r := newRounding(l.model.net, l.flow, l.Unit, rand.New(rand.NewChaCha8(seed)))
	for v := range l.model.net.Nodes() {
		r.empty(v)
	}
	var pairs []Pair
	for i, w := range l.model.pairs {
		if r.flow[l.model.first+i] == l.Unit {
			pairs = append(pairs, w)
		}
	}
	return newPlan(given, pairs)
}

// rounding makes a flow whole.
type rounding struct {
	net  *flow.Network
	flow []int64
	unit int64
	rand *rand.Rand
	at   [][]int32 // arcs that are not whole, by node; those that became whole are dropped when met
	path []int32   // arcs
	from []int     // the node at which each arc of the path was entered
	on   []int     // of each node, its place on the path, or -1
}

func newRounding(net *flow.Network, of []int64, unit int64, r *rand.Rand) *rounding {
	x := &rounding{net: net, flow: slices.Clone(of), unit: unit, rand: r, at: make([][]int32, net.Nodes()), on: make([]int, net.Nodes())}
	for i, f := range x.flow {
		if f%unit != 0 {
			a, b := net.Ends(i)
			x.at[a], x.at[b] = append(x.at[a], int32(i)), append(x.at[b], int32(i))
		}
	}
	for v := range x.on {
		x.on[v] = -1
	}
	return x
}

// empty walks from a node along arcs that are not whole, and rounds each cycle that closes, until the node has none left.
func (x *rounding) empty(v int) {
	for {
		x.on[v] = len(x.path)
		e := x.step(v)
		if e < 0 { // only where the walk began: every other node was entered by an arc that is not whole, and has another one
			x.on[v] = -1
			return
		}
		a, b := x.net.Ends(int(e))
		x.path, x.from = append(x.path, e), append(x.from, v)
		next := a + b - v
		if k := x.on[next]; k >= 0 {
			x.round(k)
			keep := k
			for i := k; i < len(x.path); i++ {
				x.on[x.from[i]] = -1
			}
			x.path, x.from = x.path[:keep], x.from[:keep]
			for len(x.path) > 0 && x.flow[x.path[len(x.path)-1]]%x.unit == 0 { // cannot be, but a walk must never hang
				x.on[x.from[len(x.path)-1]] = -1
				x.path, x.from = x.path[:len(x.path)-1], x.from[:len(x.from)-1]
			}
		}
		v = next
	}
}

// step finds an arc at the node that is not whole and not the one by which it was entered.
func (x *rounding) step(v int) int32 {
	last := int32(-1)
	if n := len(x.path); n > 0 {
		last = x.path[n-1]
	}
	for i := 0; i < len(x.at[v]); {
		e := x.at[v][i]
		if x.flow[e]%x.unit == 0 {
			x.at[v][i] = x.at[v][len(x.at[v])-1]
			x.at[v] = x.at[v][:len(x.at[v])-1]
			continue
		}
		if e != last {
			return e
		}
		i++
	}
	return -1
}

// round sends flow round the cycle that begins at place k of the path.
func (x *rounding) round(k int) {
	forth, back := x.unit, x.unit // the most that can go one way, and the other
	for i := k; i < len(x.path); i++ {
		up := x.flow[x.path[i]] % x.unit
		down := x.unit - up
		if a, _ := x.net.Ends(int(x.path[i])); a == x.from[i] {
			forth, back = min(forth, down), min(back, up)
		} else {
			forth, back = min(forth, up), min(back, down)
		}
	}
	d := forth
	if x.rand.Int64N(forth+back) < forth {
		d = -back
	}
	for i := k; i < len(x.path); i++ {
		if a, _ := x.net.Ends(int(x.path[i])); a == x.from[i] {
			x.flow[x.path[i]] += d
		} else {
			x.flow[x.path[i]] -= d
		}
	}
}
