package zeroone

import (
	"context"
	"fmt"
	"slices"
)

// Options limit a search.
type Options struct {
	Work  int    // pivots of the simplex, 0 for no limit: the same work gives the same answer on every machine
	Start []bool // a choice to begin with, if it keeps within the rows
	Quick bool   // no search around the best choice: right for small problems asked often
}

// Answer is the best choice found, with what proves how good it is.
type Answer struct {
	X      []bool // nil when no choice was found
	Value  int64
	Bound  int64 // no choice is worth more
	Proved bool  // Value is the greatest there is, or X is nil and there is none
	Root   Certificate
	Nodes  int
	Work   int
}

// Check makes sure of the answer: its choice is within the rows and worth its value, its bound is not below it, and the root's bound is
// what its prices prove.
func (a *Answer) Check(p *Problem) error {
	if a.X != nil {
		if i := p.Broken(a.X); i >= 0 {
			return fmt.Errorf("zeroone: the choice breaks row %d", i)
		}
		if v := p.Value(a.X); v != a.Value || v > a.Bound {
			return fmt.Errorf("zeroone: the choice is worth %d, the answer says %d of at most %d", v, a.Value, a.Bound)
		}
	}
	if a.Root.Prices == nil {
		return nil
	}
	return a.Root.Check(p)
}

// Solve searches until the optimum is proved, the context ends or the work is spent.
func Solve(ctx context.Context, p *Problem, o Options) (*Answer, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	r := &solver{p: p, ctx: ctx, o: o, a: &Answer{}}
	r.run()
	return r.a, nil
}

// solver is one call of Solve.
type solver struct {
	p      *Problem
	ctx    context.Context
	o      Options
	a      *Answer
	fix    []int8 // by the root's bound: better choices all have these
	best   int64
	work   int     // of trees that are gone
	pool   []elite // good choices, the best first
	reach  int     // how many items a neighbourhood may have
	misses int     // neighbourhoods since a new elite was found
	dry    int     // neighbourhoods since a new best was found
	apart  bool    // the best is not among the elites for now

	worths  map[int][]float64 // of items, by how many are taken
	worthOf *tree             // … of whose shape
}

func (r *solver) stop() bool { return r.ctx.Err() != nil }

func (r *solver) left() int {
	if r.o.Work == 0 {
		return 1 << 62
	}
	return max(r.o.Work-r.work, 0)
}

// beginning is how many pivots the tree takes before anything is searched around.
const beginning = 2000

// none is below every value.
const none = -most - 1

func (r *solver) run() {
	p, a := r.p, r.a
	r.fix = slices.Repeat([]int8{-1}, len(p.Values))
	r.best = none
	if x := r.o.Start; x != nil && len(x) == len(p.Values) && p.Broken(x) < 0 {
		r.take(x)
	}
	s, ok := reduce(p, r.fix)
	if !ok {
		a.Proved, a.Bound = true, none
		return
	}
	r.begin(s)
	t := newTree(s, r.beat(s), r.stop)
	done := t.run(1) // the root alone
	a.Root = certificate(p, s, t)
	r.harvest(s, t)
	top := a.Root.Bound
	if t.rootR != nil {
		top = min(top, s.base+s.unit*t.rootTop)
	}
	if !done && !r.o.Quick {
		done = t.run(min(beginning, r.left()-t.l.work)) // a few good choices to begin with
		r.harvest(s, t)
	}
	if !done && !r.o.Quick {
		r.improve(t, 40, 40*neighbourhood(t.s.m))
	}
	for round := 0; !done && !r.stop() && r.left() > 0; round++ {
		if gone := r.refix(s, t); gone*5 >= s.n && t.nodes < 5000 {
			r.work += t.l.work
			a.Nodes += t.nodes
			if s, ok = reduce(p, r.fix); !ok {
				done = true
				break
			}
			t = newTree(s, r.beat(s), r.stop)
		}
		slice := 20_000 + t.l.work/4
		t.best = max(t.best, r.beat(s))
		done = t.run(min(slice, r.left()-t.l.work))
		r.harvest(s, t)
		if !done && !r.o.Quick {
			for began, was := r.work, -1; r.work-began < r.aroundWork(slice, round, t) && r.work != was && !r.stop() && r.left() > t.l.work; {
				was = r.work
				r.improve(t, 4+round/2, r.aroundWork(slice, round, t))
			}
		}
		top = min(top, max(r.best, s.base+s.unit*t.bound()))
		if r.left() <= t.l.work {
			break
		}
	}
	a.Nodes += t.nodes
	a.Work = r.work + t.l.work
	a.Bound = max(top, r.best)
	if done {
		a.Bound, a.Proved = r.best, true
	}
	if a.X != nil && a.Bound == r.best {
		a.Proved = true
	}
}

// aroundWork is how much work goes into searching around good choices after a slice of the tree: most of it where the tree closes so little of the
// gap that it will hardly prove anything, less the longer it brings nothing (a pivot of a neighbourhood takes a tenth of the time of one of the tree, so that this is half of the time), a
// little where it gets on.
func (r *solver) aroundWork(slice, round int, t *tree) int {
	all, closed := t.rootTop-t.best, t.rootTop-t.bound()
	if closed < all/20 || round >= 4 && closed < all/3 {
		return slice * max(8-r.dry/200, 1)
	}
	return slice / 4
}

// beat is the best value in the shape's units: what a choice must exceed. It rounds down, so that none better is missed.
func (r *solver) beat(s *shape) int64 { return floorDiv(r.best-s.base, s.unit) }

// take keeps a choice of the problem if it is the best so far.
func (r *solver) take(x []bool) bool {
	v := r.p.Value(x)
	if v <= r.best || r.p.Broken(x) >= 0 {
		return false
	}
	r.dry = 0
	r.best, r.a.Value, r.a.X = v, v, slices.Clone(x)
	return true
}

// harvest takes over what a tree has found.
func (r *solver) harvest(s *shape, t *tree) bool {
	for _, e := range t.near {
		r.keep(s.whole(e.x), s.base+s.unit*e.value)
	}
	t.near = t.near[:0]
	if t.x == nil {
		return false
	}
	found := r.take(s.whole(t.x))
	t.x = nil
	return found
}

// refix fixes what the root's bound now decides, and says how many items of the shape that are.
func (r *solver) refix(s *shape, t *tree) (gone int) {
	if t.rootR == nil {
		return 0
	}
	best := r.beat(s)
	for j, o := range s.origin {
		if (t.rootZ-abs(t.rootR[j]))>>t.e.shift <= best && r.fix[o] < 0 {
			r.fix[o] = 0
			if t.rootR[j] > 0 {
				r.fix[o] = 1
			}
		}
		if r.fix[o] >= 0 {
			gone++
		}
	}
	return gone
}
