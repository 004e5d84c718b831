package draw

import (
	"cmp"
	"slices"

	"kechuang/internal/lang"
	"kechuang/internal/policy"
)

// Measures of the layout, in pixels.
const (
	pad      = 14.0
	headH    = 36.0
	rowH     = 26.0
	minCard  = 220.0
	maxCard  = 460.0
	gapX     = 64.0 // between cards of a layer
	channelH = 34.0 // between layers, for lines without crossings
	trackH   = 10.0
	laneW    = 12.0
	stub     = 18.0
	margin   = 24.0
)

// layOut places one machine: layers by the longest way down, cards of a layer by the middle of what leads to them, lines in lanes.
func layOut(mech *policy.Mechanism, m *policy.Machine, l lang.Tag, highlight string) *sheet {
	say := speaker{mech, l}
	s := &sheet{machine: m, byState: map[string]*card{}}
	if m.Name != "" {
		s.heading = m.Title.In(l)
	}
	for _, st := range m.States {
		if st.End {
			text := st.Title.In(l)
			s.ends = append(s.ends, pill{text: text, good: st.Good, marked: st.Name == highlight, w: width(text, small) + 26})
			continue
		}
		c := newCard(say, m, st, st.Name == highlight)
		s.cards, s.byState[st.Name] = append(s.cards, c), c
	}
	s.connect(m)
	s.layer()
	s.order()
	s.place()
	return s
}

func newCard(say speaker, m *policy.Machine, st *policy.State, marked bool) *card {
	c := &card{state: st, title: st.Title.In(say.l), marked: marked}
	if st.Public {
		c.public = say.pick("公开", "public")
	}
	for _, step := range st.Steps {
		c.add(say, m, &row{chip: say.seats(m, step), text: step.Title.In(say.l)}, step.To)
	}
	if d := st.Deadline; d != nil {
		r := &row{clock: true, text: say.period(d)}
		if len(d.To) == 0 && d.Escalate != "" {
			r.aim = say.pick("逾期提醒"+say.seat(m, d.Escalate), "then tells "+say.seat(m, d.Escalate))
		}
		c.add(say, m, r, d.To)
	}
	c.carried(say, m)
	c.full = c.title
	need := headH
	w := width(c.title, large) + 2*pad
	if c.public != "" {
		w += width(c.public, small) + 24
	}
	for _, r := range c.rows {
		r.y = need + rowH/2
		need += rowH
		w = max(w, r.width())
		c.full += "\n" + r.chip + " " + r.text + " " + r.aim
	}
	if len(c.rows) > 0 {
		need += 6
	}
	c.w, c.h = min(max(w, minCard), maxCard), need
	return c
}

// carried adds what acts elsewhere do to a part in this state: the best is chosen, the rest is moved on.
func (c *card) carried(say speaker, m *policy.Machine) {
	if m.Name == "" {
		return
	}
	seen := map[string]bool{}
	carry := func(by, to string) {
		if st := m.State(to); st != nil && !seen[by+to] {
			seen[by+to] = true
			c.rows = append(c.rows, &row{text: say.pick("随“"+by+"”", "by “"+by+"”"), carried: true, to: st, aim: st.Title.In(say.l)})
		}
	}
	look := func(by string, do []policy.Effect) {
		for _, e := range do {
			switch e := e.(type) {
			case policy.Choose:
				if e.Part == m.Name && slices.Contains(e.In, c.state.Name) {
					carry(by, e.Best)
					carry(by, e.Others)
				}
			case policy.Move:
				if e.Part == m.Name && slices.Contains(e.In, c.state.Name) {
					carry(by, e.To)
				}
			}
		}
	}
	for _, other := range append([]*policy.Machine{say.mech.Case}, say.mech.Parts...) {
		for _, s := range other.States {
			for _, st := range s.Steps {
				look(st.Title.In(say.l), st.Do)
			}
			if s.Deadline != nil {
				look(say.pick(s.Title.ZH+"到期", "deadline of "+s.Title.In(lang.EN)), s.Deadline.Do)
			}
		}
	}
}

// add puts a step or deadline on the card: one row, or with several branches one more for each.
func (c *card) add(say speaker, m *policy.Machine, r *row, to []*policy.Branch) {
	c.rows = append(c.rows, r)
	aim := func(r *row, b *policy.Branch) {
		if r.to = m.State(b.State); r.to == nil {
			return
		}
		if r.aim = r.to.Title.In(say.l); r.to == c.state {
			r.aim = say.pick("不变", "stays")
		}
	}
	if len(to) == 1 {
		aim(r, to[0])
		return
	}
	for _, b := range to {
		sub := &row{sub: true, clock: r.clock}
		aim(sub, b)
		switch {
		case b.Else:
			sub.text = say.pick("否则", "otherwise")
		case b.When != nil && b.When.Expr != nil:
			if sub.text = say.when(b.When.Expr.Cond); sub.text == "" {
				sub.text = say.pick("符合条件", "if it holds")
			}
		}
		c.rows = append(c.rows, sub)
	}
}

func (r *row) width() float64 {
	w := 2*pad + 8
	if r.chip != "" {
		w += width(r.chip, small) + 22
	}
	if r.clock {
		w += 20
	}
	if r.sub {
		w += 14
	}
	w += width(r.text, normal)
	if r.aim != "" {
		w += 18 + width(r.aim, small) + 18
	}
	return w
}

// connect makes the wires; a way back is one to a card that the file has before, which is how people read it.
func (s *sheet) connect(m *policy.Machine) {
	index := map[*card]int{}
	for i, c := range s.cards {
		index[c] = i
	}
	for _, c := range s.cards {
		for _, r := range c.rows {
			if r.to == nil || r.to.End || r.to == c.state {
				continue
			}
			w := &wire{from: c, to: s.byState[r.to.Name], row: r, dashed: r.clock || r.carried}
			if w.kind = next; index[w.to] < index[c] {
				w.kind = back
			}
			s.wires, c.leads = append(s.wires, w), append(c.leads, w)
		}
	}
}

func (s *sheet) layer() {
	for i, c := range s.cards {
		if i > 0 {
			c.layer = -1
		}
	}
	for i, c := range s.cards {
		if c.layer < 0 { // only ways back lead here
			c.layer = s.cards[i-1].layer + 1
		}
		for _, w := range s.wires {
			if w.from == c && w.kind != back {
				w.to.layer = max(w.to.layer, c.layer+1)
			}
		}
	}
	for _, c := range s.cards {
		for len(s.layers) <= c.layer {
			s.layers = append(s.layers, nil)
		}
		s.layers[c.layer] = append(s.layers[c.layer], c)
	}
	for _, w := range s.wires {
		if w.kind == next && w.to.layer > w.from.layer+1 {
			w.kind = skip
		}
	}
}

// order sorts each layer by the middle of its neighbours above, then below, a few times.
func (s *sheet) order() {
	at := map[*card]float64{}
	number := func() {
		for _, layer := range s.layers {
			for i, c := range layer {
				at[c] = float64(i) - float64(len(layer)-1)/2
			}
		}
	}
	number()
	for range 4 {
		for _, layer := range s.layers {
			if len(layer) < 2 {
				continue
			}
			middle := map[*card]float64{}
			for _, c := range layer {
				sum, n := at[c]*0.5, 0.5
				for _, w := range s.wires {
					if w.to == c && w.kind != back {
						sum, n = sum+at[w.from], n+1
					} else if w.from == c && w.kind == next {
						sum, n = sum+at[w.to], n+1
					} else if (w.from == c || w.to == c) && w.kind == back {
						sum, n = sum-0.6, n+0.3 // ways back run at the left
					}
				}
				middle[c] = sum / n
			}
			slices.SortStableFunc(layer, func(a, b *card) int { return cmp.Compare(middle[a], middle[b]) })
			number()
		}
	}
}
