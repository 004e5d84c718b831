package zeroone

import (
	"context"
	"slices"
)

// BoundProof shows that no choice is worth more than Most, to whoever checks it without searching (package verify): a tree of steps in preorder, each of
// which follows from one inequality. For any prices u of the rows, every choice x within them has
//
//	λ·Σ c·x ≤ Σ_i max(u_i·lo_i, u_i·hi_i) + Σ_j max(0, λ·c_j − Σ_i u_i·a_ij)      with λ = 0 or 1
//
// so that with λ = 1 a place of the tree holds nothing better once the right side is at most Most, and with λ = 0 it is empty once the right side
// is below nothing.
type BoundProof struct {
	Most int64 `json:"most"`
	None bool  `json:"none,omitempty"` // there is no choice at all; Most says nothing
	// First are items that one row decides. After them each row is divided by the greatest common divisor of its free coefficients, its limits
	// rounded inwards, the values by theirs, and a row is added that counts the free items.
	First []ProofStep `json:"first,omitempty"`
	Shift int         `json:"shift"` // prices are times 2^Shift where values count
	Tree  []ProofStep `json:"tree"`
}

// ProofStep is one line of a proof.
type ProofStep struct {
	// Do is "close": nothing better is left here; "fix": each of Items must be as the sign of what it is worth at these prices says, because
	// turned over nothing better is left; "split": first without Item, then with it; "count": first at most At items, then more.
	Do     string  `json:"do"`
	Worth  bool    `json:"worth,omitempty"` // λ = 1
	Rows   []int32 `json:"rows,omitempty"`  // what the prices are of; the number of rows itself names the one that counts
	Prices []int64 `json:"prices,omitempty"`
	Items  []int32 `json:"items,omitempty"`
	At     int64   `json:"at,omitempty"`
}

// trace is what is kept of one node: its steps, and its children once it is split.
type trace struct {
	steps []ProofStep
	kids  [2]*trace
	items int // how many the shape has
}

func (r *trace) close(u []int64, worth bool) {
	if r == nil {
		return
	}
	s := ProofStep{Do: "close", Worth: worth}
	s.price(u)
	r.steps = append(r.steps, s)
}

// broken closes where a row can no longer be kept: that needs no prices.
func (r *trace) broken() { r.close(nil, false) }

// byPrices fixes an item; those that the same prices fix stand in one step.
func (r *trace) byPrices(u []int64, j int) {
	if r == nil {
		return
	}
	if k := len(r.steps) - 1; k >= 0 && r.steps[k].Do == "fix" && r.steps[k].Worth {
		var same ProofStep
		if same.price(u); slices.Equal(same.Prices, r.steps[k].Prices) && slices.Equal(same.Rows, r.steps[k].Rows) {
			r.steps[k].Items = append(r.steps[k].Items, int32(j))
			return
		}
	}
	s := ProofStep{Do: "fix", Worth: true, Items: []int32{int32(j)}}
	s.price(u)
	r.steps = append(r.steps, s)
}

func (r *trace) byRow(row int32, sign int64, j int) {
	if r != nil {
		r.steps = append(r.steps, ProofStep{Do: "fix", Rows: []int32{row}, Prices: []int64{sign}, Items: []int32{int32(j)}})
	}
}

func (r *trace) split(v int, at float64, down, up *node) {
	if r == nil {
		return
	}
	s := ProofStep{Do: "split", Items: []int32{int32(v)}}
	if v == r.items {
		s = ProofStep{Do: "count", At: int64(at)}
	}
	r.steps = append(r.steps, s)
	r.kids = [2]*trace{{items: r.items}, {items: r.items}}
	down.trace, up.trace = r.kids[0], r.kids[1]
}

func (s *ProofStep) price(u []int64) {
	for i, p := range u {
		if p != 0 {
			s.Rows, s.Prices = append(s.Rows, int32(i)), append(s.Prices, p)
		}
	}
}

// Prove writes down why no choice is worth more than most, or, where most is -None, why there is none; nil when so many pivots or the context do
// not suffice. It searches anew with what is to be proved in hand: such a tree is as small as that of the search, or smaller.
func Prove(ctx context.Context, p *Problem, most int64, work int) (*BoundProof, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	f := &BoundProof{Most: most, None: most == -None}
	if f.None {
		f.Most, most = 0, none
	}
	s, ok := reduce(p, slices.Repeat([]int8{-1}, len(p.Values)))
	for _, d := range s.settled {
		f.First = append(f.First, ProofStep{Do: "fix", Rows: []int32{d.row}, Prices: []int64{d.sign}, Items: []int32{d.item}})
	}
	if !ok {
		f.Tree = []ProofStep{{Do: "close"}}
		return f, nil
	}
	goal := int64(none)
	if !f.None {
		goal = floorDiv(most-s.base, s.unit)
	}
	t := newTree(s, goal, func() bool { return ctx.Err() != nil })
	root := &trace{items: s.n}
	t.open[0].trace = root
	if !t.run(work) || t.best > goal {
		return nil, nil
	}
	f.Shift = t.e.shift
	f.write(root, p, s)
	return f, nil
}

// write puts a trace in preorder, with the problem's own items and rows.
func (f *BoundProof) write(r *trace, p *Problem, s *shape) {
	for _, x := range r.steps {
		for k, i := range x.Rows {
			x.Rows[k] = int32(len(p.Rows))
			if int(i) != s.count {
				x.Rows[k] = s.from[i]
			}
		}
		for k, j := range x.Items {
			x.Items[k] = s.origin[j]
		}
		f.Tree = append(f.Tree, x)
	}
	if r.kids[0] != nil {
		f.write(r.kids[0], p, s)
		f.write(r.kids[1], p, s)
	}
}
