package prove

import (
	"strings"

	"kechuang/internal/policy"
)

// presence is what an act's conditions ask of things that are entered on the way: which must be there, and which must not.
type presence struct{ needs, bars uint64 }

// follows prepares to remember which things are there: those that acts of the case alone enter, and that some condition asks for. What acts
// of parts enter may be there at any time, and nothing is concluded from it.
func (w *world) follows() {
	w.thingBit, w.presence = map[string]uint64{}, map[*act]presence{}
	elsewhere := map[string]bool{}
	for _, p := range w.mech.Parts {
		for _, a := range w.parts[p] {
			for _, e := range a.do {
				if x, ok := e.(policy.Enter); ok {
					elsewhere[x.Thing] = true
				}
			}
		}
	}
	for _, t := range w.mech.Things {
		if t.Filled && !elsewhere[t.Name] && len(w.thingBit) < 64 {
			w.thingBit[t.Name] = 1 << len(w.thingBit)
		}
	}
	if len(w.thingBit) == 0 {
		return
	}
	asked := uint64(0)
	for _, a := range w.all {
		if p := w.asksOf(a.conds); p != (presence{}) {
			w.presence[a] = p
			asked |= p.needs | p.bars
		}
	}
	for name, bit := range w.thingBit {
		if asked&bit == 0 {
			delete(w.thingBit, name)
		}
	}
}

// asksOf reads patent.filled() and its denial off conditions that must all hold.
func (w *world) asksOf(conds []policy.Cond) (p presence) {
	for _, c := range conds {
		switch c := c.(type) {
		case policy.True:
			p.needs |= w.filledBit(c.Term)
		case policy.Not:
			if t, ok := c.Of.(policy.True); ok {
				p.bars |= w.filledBit(t.Term)
			}
		case policy.And:
			q := w.asksOf(c)
			p.needs, p.bars = p.needs|q.needs, p.bars|q.bars
		}
	}
	return p
}

func (w *world) filledBit(t policy.Term) uint64 {
	for path := range t.Sum {
		if name, ok := strings.CutSuffix(path, ".filled()"); ok {
			return w.thingBit[name]
		}
	}
	return 0
}

// admits tells whether an act can be where these things are there and no others are.
func (w *world) admits(things uint64, a *act) bool {
	p := w.presence[a]
	return p.needs&^things == 0 && p.bars&things == 0
}

// with adds the things that effects enter.
func (w *world) with(things uint64, do []policy.Effect) uint64 {
	for _, e := range do {
		if x, ok := e.(policy.Enter); ok {
			things |= w.thingBit[x.Thing]
		}
	}
	return things
}
