package judge

import (
	"math"
	"slices"

	"kechuang/internal/match/learn"
)

// row collects the values of one pair with their names, so that both are written once and in one place.
type row struct {
	names   []string
	values  []float32
	without []string // groups of signals that are left out (0 instead)
}

func (r *row) put(name string, v float64) {
	if math.IsNaN(v) || math.IsInf(v, 0) || len(r.without) > 0 && slices.Contains(r.without, group(name)) {
		v = 0
	}
	r.names = append(r.names, name)
	r.values = append(r.values, float32(v))
}

// plainSignals are what can be seen without any judgement.
func (c *corpus) plainSignals(r *row, pair int) {
	t, n := &c.titles[c.of[pair]], &c.needs[c.pairNeed[pair]]
	c.wordSignals(r, t, n)
	c.vectorSignals(r, t, n)
	c.shapeSignals(r, t, n, pair)
	c.rivalSignals(r, pair)
}

func (c *corpus) wordSignals(r *row, t *passage, n *needText) {
	r.put("words.title", t.unit.dot(n.title.unit))
	r.put("words.content", t.unit.dot(n.content.unit))
	r.put("words.all", t.unit.dot(n.all.unit))
	r.put("grams.title", t.grams.dot(n.title.grams))
	r.put("grams.content", t.grams.dot(n.content.grams))
	r.put("grams.all", t.grams.dot(n.all.grams))
	r.put("bm25.title", c.bm25(t, &n.title, 12))
	r.put("bm25.content", c.bm25(t, &n.content, 300))
	r.put("bm25.back", c.bm25(&n.title, t, 8))
	whole, inTitle, inContent, top, topTitle, hits, often := 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
	for _, w := range t.counts {
		idf := c.idf(w.at)
		whole += idf
		a, b := n.title.counts.find(w.at), n.content.counts.find(w.at)
		if a > 0 {
			inTitle += idf
			topTitle = max(topTitle, idf)
		}
		if b > 0 {
			inContent += idf
			often = max(often, b*idf)
		}
		if a+b > 0 {
			hits++
			top = max(top, idf)
		}
	}
	r.put("cover.title", inTitle/whole)
	r.put("cover.content", inContent/whole)
	r.put("sum.title", inTitle)
	r.put("sum.content", inContent)
	r.put("top.all", top)
	r.put("top.title", topTitle)
	r.put("hits", hits)
	r.put("hits.share", hits/float64(len(t.counts)))
	r.put("often", often)
	back, whole := 0.0, 0.0
	for _, w := range n.title.counts {
		whole += c.idf(w.at)
		if t.counts.find(w.at) > 0 {
			back += c.idf(w.at)
		}
	}
	r.put("cover.back", back/whole)
	grams, gramsTitle := 0.0, 0.0
	for _, g := range t.grams {
		if n.all.grams.find(g.at) > 0 {
			grams += float64(g.w * g.w)
		}
		if n.title.grams.find(g.at) > 0 {
			gramsTitle += float64(g.w * g.w)
		}
	}
	r.put("grams.cover", grams)
	r.put("grams.cover.title", gramsTitle)
}

// bm25 of the query's words in the text, in units of what the query would score against itself.
func (c *corpus) bm25(query, in *passage, usual float64) float64 {
	const k, b = 1.2, 0.6
	sum := 0.0
	for _, w := range query.counts {
		if tf := in.counts.find(w.at); tf > 0 {
			sum += c.idf(w.at) * tf * (k + 1) / (tf + k*(1-b+b*float64(len(in.words))/usual))
		}
	}
	return sum
}

func (c *corpus) vectorSignals(r *row, t *passage, n *needText) {
	r.put("vector.title", learn.Dot(t.mean, n.title.mean))
	r.put("vector.content", learn.Dot(t.mean, n.content.mean))
	r.put("vector.all", learn.Dot(t.mean, n.all.mean))
	mean, best, head := c.align(t, &n.title)
	r.put("align.title", mean)
	r.put("align.title.best", best)
	r.put("align.title.head", head)
	mean, best, head = c.align(t, &n.content)
	r.put("align.content", mean)
	r.put("align.content.best", best)
	r.put("align.content.head", head)
	mean, best, _ = c.align(&n.title, t)
	r.put("align.back", mean)
	r.put("align.back.best", best)
}

// align looks for every word of a for the word of b that is most like it: the mean weighted by rarity, the best, and the rarest word's.
func (c *corpus) align(a, b *passage) (mean, best, head float64) {
	whole, rarest := 0.0, 0.0
	for _, w := range a.unit {
		v := c.vectors.Of(w.at)
		likest := 0.0
		for _, x := range b.unit {
			if x.at == w.at {
				likest = 1
				break
			}
			if u := c.vectors.Of(x.at); v != nil && u != nil {
				likest = max(likest, learn.Dot(u, v))
			}
		}
		idf := c.idf(w.at)
		mean += idf * likest
		whole += idf
		best = max(best, likest*float64(w.w))
		if idf > rarest {
			rarest, head = idf, likest
		}
	}
	return mean / whole, best, head
}

func (c *corpus) shapeSignals(r *row, t *passage, n *needText, pair int) {
	r.put("size.words", float64(len(t.words)))
	r.put("size.title", float64(len(n.title.words)))
	r.put("size.content", math.Log(1+float64(n.content.size)))
	mean, top := 0.0, 0.0
	for _, w := range t.counts {
		mean += c.idf(w.at) / float64(len(t.counts))
		top = max(top, c.idf(w.at))
	}
	r.put("rarity.mean", mean)
	r.put("rarity.top", top)
	mean = 0
	for _, w := range n.title.counts {
		mean += c.idf(w.at) / float64(len(n.title.counts))
	}
	r.put("rarity.need", mean)
}

// rivalSignals compare a pair with the other achievements that were put beside the same need.
func (c *corpus) rivalSignals(r *row, pair int) {
	need := c.pairNeed[pair]
	n := &c.needs[need]
	me := &c.titles[c.of[pair]]
	rivals := c.rivals[need]
	likeness := func(t *passage) float64 { return t.unit.dot(n.all.unit) + 0.5*learn.Dot(t.mean, n.all.mean) }
	mine := likeness(me)
	below, sum, squares, company, closest, twins := 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
	for _, p := range rivals {
		if int(p) == pair {
			continue
		}
		t := &c.titles[c.of[p]]
		l := likeness(t)
		if l < mine {
			below++
		}
		sum += l
		squares += l * l
		if t == me {
			twins++
			continue
		}
		near := t.unit.dot(me.unit) + 0.5*learn.Dot(t.mean, me.mean)
		company += near
		closest = max(closest, near)
	}
	others := max(float64(len(rivals)-1), 1)
	mean := sum / others
	spread := math.Sqrt(max(squares/others-mean*mean, 1e-6))
	r.put("rivals.rank", below/others)
	r.put("rivals.z", (mine-mean)/spread)
	r.put("rivals.mean", mean)
	r.put("rivals.company", company/others)
	r.put("rivals.closest", closest)
	r.put("rivals.twins", twins)
	r.put("rivals.count", float64(len(rivals)))
}

// judgedSignals look at how others were judged; skip says whose judgement must not be seen (the pair's own at least).
func (c *corpus) judgedSignals(r *row, levels []float64, pair int, base [3]float64, skip func(int32) bool) {
	need := c.pairNeed[pair]
	me := &c.titles[c.of[pair]]
	type near struct{ like, level float64 }
	var seen []near
	var sum [3]float64
	count, soft, softSum, hard, hardSum := 0.0, 0.0, 0.0, 0.0, 0.0
	vec, vecSum := 0.0, 0.0
	for _, p := range c.rivals[need] {
		level := levels[p]
		if level == 0 || skip(p) {
			continue
		}
		count++
		for k := range sum {
			if level > float64(k)+1.5 {
				sum[k]++
			}
		}
		t := &c.titles[c.of[p]]
		w, g, v := t.unit.dot(me.unit), t.grams.dot(me.grams), max(learn.Dot(t.mean, me.mean), 0)
		if t == me {
			w, g, v = 1, 1, 1
		}
		like := 0.4*w + 0.3*g + 0.3*v
		seen = append(seen, near{like, level})
		soft += like
		softSum += like * level
		hard += like * like * like
		hardSum += like * like * like * level
		v3 := math.Exp(6 * v)
		vec += v3
		vecSum += v3 * level
	}
	const prior = 2.0
	for k := range sum {
		sum[k] = (sum[k] + prior*base[k]) / (count + prior)
	}
	level := 1 + sum[0] + sum[1] + sum[2]
	r.put("own.count", count)
	r.put("own.level", level)
	r.put("own.above1", sum[0])
	r.put("own.above2", sum[1])
	r.put("own.above3", sum[2])
	r.put("own.soft", (softSum+0.1*level)/(soft+0.1))
	r.put("own.hard", (hardSum+0.02*level)/(hard+0.02))
	r.put("own.vector", (vecSum+20*level)/(vec+20))
	slices.SortFunc(seen, func(a, b near) int {
		switch {
		case a.like > b.like:
			return -1
		case a.like < b.like:
			return 1
		case a.level > b.level:
			return -1
		case a.level < b.level:
			return 1
		}
		return 0
	})
	first, third, likest := level, level, 0.0
	if len(seen) > 0 {
		first, likest = seen[0].level, seen[0].like
	}
	if len(seen) >= 3 {
		third = (seen[0].level + seen[1].level + seen[2].level) / 3
	}
	r.put("own.first", first)
	r.put("own.first.like", likest)
	r.put("own.third", third)
}
