package draw

import (
	"cmp"
	"math"
	"slices"
)

// place gives every card its position and every wire its points.
func (s *sheet) place() {
	widest := 0.0
	for _, layer := range s.layers {
		w := float64(len(layer)-1) * gapX
		for _, c := range layer {
			w += c.w
		}
		widest = max(widest, w)
	}
	for _, layer := range s.layers {
		w := float64(len(layer)-1) * gapX
		for _, c := range layer {
			w += c.w
		}
		x := (widest - w) / 2
		for _, c := range layer {
			c.x = x
			x += c.w + gapX
		}
	}
	tracks := s.tracks()
	y := 0.0
	for i, layer := range s.layers {
		if i > 0 {
			y += channelH + trackH*float64(len(tracks[i]))
		}
		tall := 0.0
		for _, c := range layer {
			c.y = y
			tall = max(tall, c.h)
		}
		y += tall
	}
	left := s.gutter(back, -stub, -1, tracks)
	right := s.gutter(skip, widest+stub, 1, tracks)
	s.down()
	shift := margin - left
	for _, c := range s.cards {
		c.x += shift
	}
	for _, w := range s.wires {
		for i := range w.points {
			w.points[i].x += shift
		}
	}
	s.width = right - left + 2*margin
	s.height = y
	s.placeEnds()
}

// outermost tells whether a card has no other beside it on that side.
func (s *sheet) outermost(c *card, side float64) bool {
	layer := s.layers[c.layer]
	if side < 0 {
		return layer[0] == c
	}
	return layer[len(layer)-1] == c
}

// tracks gives every wire that must pass between two layers a level of its own there, by target: what leads to one card shares it.
func (s *sheet) tracks() map[int][]*card {
	out := map[int][]*card{}
	use := func(channel int, to *card) {
		if !slices.Contains(out[channel], to) {
			out[channel] = append(out[channel], to)
		}
	}
	for _, w := range s.wires {
		if w.kind == next {
			continue
		}
		side := 1.0
		if w.kind == back {
			side = -1
		}
		if !s.outermost(w.from, side) {
			use(w.from.layer+1, w.to)
		}
		if !s.outermost(w.to, side) {
			use(w.to.layer, w.to)
		}
	}
	return out
}

func (s *sheet) level(channel int, to *card, tracks map[int][]*card) float64 {
	top := s.layers[min(channel, len(s.layers)-1)][0].y
	if channel >= len(s.layers) {
		for _, c := range s.layers[len(s.layers)-1] {
			top = max(top, c.y+c.h)
		}
		return top + 12
	}
	return top - channelH/2 - 6 - trackH*float64(slices.Index(tracks[channel], to))
}

// gutter routes the wires of one kind at one side, one lane for each target, short lanes inside, and gives the outermost x it used.
func (s *sheet) gutter(kind wireKind, x0, side float64, tracks map[int][]*card) float64 {
	type lane struct {
		to     *card
		lo, hi float64
		n      int
	}
	var lanes []*lane
	for _, w := range s.wires {
		if w.kind != kind {
			continue
		}
		i := slices.IndexFunc(lanes, func(l *lane) bool { return l.to == w.to })
		if i < 0 {
			lanes, i = append(lanes, &lane{to: w.to, lo: w.to.y, hi: w.to.y + headH}), len(lanes)
		}
		y := w.from.y + w.row.y
		lanes[i].lo, lanes[i].hi = min(lanes[i].lo, y), max(lanes[i].hi, y+rowH)
	}
	slices.SortStableFunc(lanes, func(a, b *lane) int { return cmp.Compare(a.hi-a.lo, b.hi-b.lo) })
	edge := x0
	for i, l := range lanes {
		for taken := true; taken; {
			taken = slices.ContainsFunc(lanes[:i], func(o *lane) bool { return o.n == l.n && o.lo < l.hi && l.lo < o.hi })
			if taken {
				l.n++
			}
		}
		x := x0 + side*laneW*float64(l.n)
		edge = side * max(side*edge, side*x)
		for _, w := range s.wires {
			if w.kind == kind && w.to == l.to {
				s.route(w, x, side, tracks)
			}
		}
	}
	return edge
}

// route draws a wire through its lane. From a card inside a layer it first goes to the channel below; to one inside a layer it comes
// by the channel above.
func (s *sheet) route(w *wire, x, side float64, tracks map[int][]*card) {
	edge := func(c *card) float64 {
		if side < 0 {
			return c.x
		}
		return c.x + c.w
	}
	y := w.from.y + w.row.y
	w.points = []point{{edge(w.from), y}}
	if s.outermost(w.from, side) {
		w.points = append(w.points, point{x, y})
	} else {
		in := edge(w.from) + side*(14+6*float64(slices.Index(w.from.rows, w.row)%5))
		level := s.level(w.from.layer+1, w.to, tracks)
		w.points = append(w.points, point{in, y}, point{in, level}, point{x, level})
	}
	if s.outermost(w.to, side) {
		y := w.to.y + headH/2
		w.points = append(w.points, point{x, y}, point{edge(w.to), y})
		return
	}
	level, in := s.level(w.to.layer, w.to, tracks), w.to.x+w.to.w/2+side*40
	w.points = append(w.points, point{x, level}, point{in, level}, point{in, w.to.y})
}

// down draws the wires to the next layer, from the foot of the card to the head of the next.
func (s *sheet) down() {
	for _, w := range s.wires {
		if w.kind != next {
			continue
		}
		x1, x2 := w.from.x+w.from.w/2, w.to.x+w.to.w/2
		y1, y2 := w.from.y+w.from.h, w.to.y
		if math.Abs(x1-x2) < minCard/3 { // straight down, a little off the middle of the card above
			w.points = []point{{x2, y1}, {x2, y2}}
			continue
		}
		mid := y2 - channelH/2
		w.points = []point{{x1, y1}, {x1, mid}, {x2, mid}, {x2, y2}}
	}
}

// placeEnds lines the ends up beneath, as many in a line as fit.
func (s *sheet) placeEnds() {
	if len(s.ends) == 0 {
		return
	}
	s.width = max(s.width, 360)
	x, y := margin, s.height+58
	for i := range s.ends {
		e := &s.ends[i]
		if x > margin && x+e.w > s.width-margin {
			x, y = margin, y+34
		}
		e.x, e.y = x, y
		x += e.w + 10
	}
	s.height = y + 26
}
