package judge

import (
	"math"
	"slices"
	"strings"
	"sync"

	"kechuang/internal/match/learn"
	"kechuang/internal/match/text"
)

// Room is one deployment: its needs and offers, from whose texts rarity, lexicon and vectors are learnt once. In it one need after
// another is judged beside some of the offers. It may be used from many goroutines.
type Room struct {
	model *Model

	mu sync.Mutex // guards the corpus: a judged need is a guest in it for a moment
	c  *corpus
	s  *sketcher
}

// NewRoom learns from the needs and the titles of all offers. Words are further terms to know: names and aliases of the register,
// nodes of chains, terms of the pack.
func NewRoom(m *Model, needs []Need, titles, words []string) *Room {
	folded := make([]string, 0, len(titles)+len(needs))
	for _, t := range titles {
		folded = append(folded, text.Fold(t))
	}
	for _, n := range needs {
		folded = append(folded, text.Fold(n.Title), text.Fold(n.Content))
	}
	var lexicon text.Lexicon
	for _, w := range words {
		lexicon.Add(text.Fold(w), 3)
	}
	for _, t := range text.Discover(folded, 3) {
		lexicon.Add(t.Word, float64(t.Count))
	}
	pairs := make([]Pair, len(titles))
	for i := range titles {
		pairs[i] = Pair{Words: strings.Join(lexicon.Words(folded[i]), " ")}
	}
	r := &Room{model: m, c: newCorpus(needs, pairs)}
	for _, w := range words {
		r.c.lexicon.Add(text.Fold(w), 3)
	}
	r.s = newSketcher(&m.Knowledge.Rarity)
	return r
}

// Judged is one offer beside the need.
type Judged struct {
	Verdict Verdict
	Shares  map[string]float64 // signal → what it did to the log-odds of "above 1"; those of Signals
	Near    [][2]string        // words of the offer and of the need that are used alike
}

// Judge the offers, known by their titles, beside a need.
func (r *Room) Judge(need Need, titles []string) []Judged {
	r.mu.Lock()
	defer r.mu.Unlock()
	c := r.c
	host := len(c.needs)
	words, grams, pairs := len(c.names), len(c.gramNames), len(c.of)
	t, b := c.lexicon.Words(text.Fold(need.Title)), c.lexicon.Words(text.Fold(need.Content))
	n := needText{c.passage(t), c.passage(b), c.passage(slices.Concat(t, []string{"\n"}, b))}
	c.finish(&n.title)
	c.finish(&n.content)
	c.finish(&n.all)
	c.needs, c.rivals = append(c.needs, n), append(c.rivals, nil)
	known := len(c.titles)
	for _, title := range titles {
		p := c.passage(c.lexicon.Words(text.Fold(title)))
		c.finish(&p)
		c.of, c.pairNeed = append(c.of, int32(len(c.titles))), append(c.pairNeed, int32(host))
		c.titles = append(c.titles, p)
		c.rivals[host] = append(c.rivals[host], int32(len(c.of)-1))
	}
	face := r.model.Knowledge.face(r.s.ofNeed(c, &n))
	out := make([]Judged, len(titles))
	for i := range titles {
		out[i] = r.judge(face, pairs+i, &c.titles[known+i], &n)
	}
	c.needs, c.rivals, c.titles, c.of, c.pairNeed = c.needs[:host], c.rivals[:host], c.titles[:known], c.of[:pairs], c.pairNeed[:pairs]
	c.forget(words, grams)
	clear(r.s.directions) // else every word ever typed would stay
	return out
}

// forget the words that a guest brought.
func (c *corpus) forget(words, grams int) {
	for _, w := range c.names[words:] {
		delete(c.ids, w)
	}
	for _, g := range c.gramNames[grams:] {
		delete(c.gramIDs, g)
	}
	c.names, c.df, c.gramNames, c.gramDF = c.names[:words], c.df[:words], c.gramNames[:grams], c.gramDF[:grams]
}

func (r *Room) judge(face *facing, pair int, t *passage, n *needText) Judged {
	var row row
	r.c.plainSignals(&row, pair)
	crossSignals(&row, told{face.above(r.s.of(r.c, t, titleSketch)), face.known})
	j := Judged{Shares: map[string]float64{}}
	var p [3]float64
	for q := range 3 {
		p[q] = chance(r.model.Trees[q].LogOdds(row.values))
	}
	j.Verdict = settle(p)
	r.model.Trees[0].Shares(row.values, func(f int, share float64) { j.Shares[group(row.names[f])] += share })
	j.Near = r.c.near(t, n)
	return j
}

// near finds words of the offer that are used like words of the need's title without standing in the need.
func (c *corpus) near(t *passage, n *needText) (out [][2]string) {
	usual := 0.35 * math.Log(1+c.docs) // idf of words that say little, such as 技术 and 系统
	for _, w := range t.counts {
		v := c.vectors.Of(w.at)
		if v == nil || n.all.counts.find(w.at) > 0 || c.idf(w.at) < usual {
			continue
		}
		likest, best := int32(-1), 0.6
		for _, x := range n.title.counts {
			if u := c.vectors.Of(x.at); u != nil && learn.Dot(u, v) > best {
				likest, best = x.at, learn.Dot(u, v)
			}
		}
		if likest >= 0 && len(out) < 3 {
			out = append(out, [2]string{c.names[w.at], c.names[likest]})
		}
	}
	return out
}
