package index

import (
	"cmp"
	"math"
	"slices"

	"kechuang/internal/match/text"
)

// Query is what is looked for.
type Query struct {
	Words  []string            // every one of them must be in a record: all its pairs of characters in one field
	Others map[string][]string // of a word: what may stand in its place
	Like   string              // or: a text, of whose words any may be there; the more and the rarer, the better
	Not    []string            // none of them may be there
	Facets map[string]string   // field → the value it must have
	OneOf  [][]Facet           // of each list it must have one
	// Plain ranks by the query and the record alone: no statistics of other records, so that the order tells nothing of those that the
	// asker may not see.
	Plain bool
	// Keep says whether a record may be found at all; what it refuses is not counted either. It is asked last.
	Keep func(id string) bool
}

// Facet is a value of a field.
type Facet struct{ Field, Value string }

// Hit is one record found.
type Hit struct {
	ID    string
	Score float64
}

// Result holds the best hits, and how many there are in all (with Like: how many were looked at closely, at least the hits).
type Result struct {
	Hits  []Hit
	Total int
}

const (
	k1 = 1.2
	b  = 0.6
)

// Search gives the best hits, at most limit. Hits of one score are in order of their ids.
func (x *Index) Search(q Query, limit int) Result {
	x.mu.RLock()
	defer x.mu.RUnlock()
	p := x.plan(q)
	best := &ranking{limit: limit}
	if p.empty {
		return Result{}
	}
	for _, s := range x.packed {
		x.run(p, part{&s.header, s, nil}, best)
	}
	x.run(p, part{&x.fresh.header, nil, x.fresh}, best)
	return Result{best.hits, best.total}
}

// plan is a query as keys, with what each term is worth.
type plan struct {
	words  [][]all // word → its fields
	like   []term
	not    [][]all
	facets [][]uint64 // of each one must be there
	plain  bool
	keep   func(string) bool
	empty  bool
}

// all terms of a word in one field.
type all []term

type term struct {
	key   uint64
	worth float64 // weight × idf
	field int
}

func (x *Index) plan(q Query) *plan {
	p := &plan{keep: q.Keep, plain: q.Plain}
	for _, w := range q.Words {
		any := x.word(w)
		for _, other := range q.Others[w] {
			any = append(any, x.word(other)...)
		}
		p.words = append(p.words, any)
		p.empty = p.empty || len(any) == 0 && len(Terms(w)) > 0
	}
	p.words = slices.DeleteFunc(p.words, func(w []all) bool { return len(w) == 0 })
	for _, w := range q.Not {
		if fields := x.word(w); len(fields) > 0 {
			p.not = append(p.not, fields)
		}
	}
	if q.Like != "" {
		folded := text.Fold(q.Like)
		for f, field := range x.fields {
			seen := map[string]bool{}
			field.cut(folded, func(t string) {
				if seen[t] || len(seen) > mostLike {
					return
				}
				seen[t] = true
				if t, ok := x.term(f, t); ok {
					p.like = append(p.like, t)
				}
			})
		}
		p.like = x.rarest(p.like)
	}
	for name, value := range q.Facets {
		f := slices.IndexFunc(x.fields, func(f Field) bool { return f.Name == name && f.Facet })
		if f < 0 {
			p.empty = true
			continue
		}
		p.facets = append(p.facets, []uint64{key(f, text.Fold(value))})
	}
	for _, list := range q.OneOf {
		var keys []uint64
		for _, a := range list {
			if f := slices.IndexFunc(x.fields, func(f Field) bool { return f.Name == a.Field && f.Facet }); f >= 0 {
				keys = append(keys, key(f, text.Fold(a.Value)))
			}
		}
		p.facets, p.empty = append(p.facets, keys), p.empty || len(keys) == 0
	}
	if q.Plain {
		p.forget(x)
	}
	p.empty = p.empty || len(p.words)+len(p.like)+len(p.facets) == 0
	return p
}

// mostLike is how many different terms of a long text are looked at, and usefulLike how many of them, the ones worth most, are
// looked up: the rest of a text of 50 000 characters would change nothing but the time.
const (
	mostLike   = 2000
	usefulLike = 64
)

func (x *Index) rarest(list []term) []term {
	if len(list) <= usefulLike {
		return list
	}
	slices.SortStableFunc(list, func(a, b term) int { return cmp.Compare(b.worth, a.worth) })
	return list[:usefulLike]
}

// word in every field that has all its terms at all.
func (x *Index) word(w string) (out []all) {
	list := Terms(w)
	for f, field := range x.fields {
		if field.Facet || len(list) == 0 {
			continue
		}
		var a all
		for _, t := range list {
			if found, ok := x.term(f, t); ok {
				a = append(a, found)
			}
		}
		if len(a) == len(list) {
			out = append(out, a)
		}
	}
	return out
}

func (x *Index) term(f int, t string) (term, bool) {
	if x.fields[f].Facet {
		return term{}, false
	}
	k, df := key(f, t), 0
	for _, s := range x.packed {
		if at, ok := s.find(k); ok {
			df += int(s.counts[at])
		}
	}
	df += len(x.fresh.lists[k])
	n := float64(max(x.live, df))
	return term{k, x.fields[f].Weight * math.Log(1+(n-float64(df)+0.5)/(float64(df)+0.5)), f}, df > 0
}

// part is one segment, of either kind.
type part struct {
	*header
	packed *segment
	fresh  *growing
}

func (s part) cursor(k uint64) cursor {
	if s.fresh != nil {
		if len(s.fresh.lists[k]) == 0 {
			return cursor{doc: gone}
		}
		return s.fresh.cursor(k)
	}
	if at, ok := s.packed.find(k); ok {
		return s.packed.cursor(at)
	}
	return cursor{doc: gone}
}

// count of records in the part that have the term: the rarest list leads.
func (s part) count(k uint64) int {
	if s.fresh != nil {
		return len(s.fresh.lists[k])
	}
	if at, ok := s.packed.find(k); ok {
		return int(s.packed.counts[at])
	}
	return 0
}

// run searches one part.
func (x *Index) run(p *plan, s part, best *ranking) {
	if s.len() == 0 {
		return
	}
	if len(p.words)+len(p.facets) == 0 {
		x.runLike(p, s, best)
		return
	}
	var must []*either
	for _, keys := range p.facets {
		var any []all
		for _, k := range keys {
			any = append(any, all{term{key: k}})
		}
		must = append(must, newEither(s, any))
	}
	for _, w := range p.words {
		must = append(must, newEither(s, w))
	}
	slices.SortStableFunc(must, func(a, b *either) int { return cmp.Compare(a.size, b.size) })
	var not []*either
	for _, w := range p.not {
		not = append(not, newEither(s, w))
	}
	var like []*scored
	for _, t := range p.like {
		like = append(like, &scored{cursor: s.cursor(t.key), term: t})
	}
	norms := x.norms(p.plain)
	for doc := must[0].seek(0); doc != gone; {
		next := doc
		for _, m := range must[1:] {
			if next = m.seek(doc); next != doc {
				break
			}
		}
		if next != doc {
			if next == gone {
				return
			}
			doc = must[0].seek(next)
			continue
		}
		if !s.isDead(doc) && !slices.ContainsFunc(not, func(m *either) bool { return m.seek(doc) == doc }) {
			score := 0.0
			for _, m := range must {
				score += m.score(s, norms, doc)
			}
			for _, l := range like {
				l.seek(doc)
				score += l.score(s, norms, doc)
			}
			best.offer(s.id(doc), score, p.keep)
		}
		doc = must[0].seek(doc + 1)
	}
}

// plainMean is the number of words that a field has where no statistics may be used.
const plainMean = 16

// forget takes out of a plan what it knows of other records.
func (p *plan) forget(x *Index) {
	for _, w := range p.words {
		for _, fields := range w {
			for i := range fields {
				fields[i].worth = x.fields[fields[i].field].Weight
			}
		}
	}
	for i := range p.like {
		p.like[i].worth = x.fields[p.like[i].field].Weight
	}
}

// norms is for every field and squeezed size the part of BM25 that depends on the size.
func (x *Index) norms(plain bool) *[1 << fieldBits][256]float32 {
	var t [1 << fieldBits][256]float32
	for f := range x.fields {
		mean := max(x.sizes[f]/float64(max(x.live, 1)), 1)
		if plain {
			mean = plainMean
		}
		for size := range 256 {
			t[f][size] = float32(k1 * (1 - b + b*float64(unsqueeze(uint8(size)))/mean))
		}
	}
	return &t
}

type scored struct {
	cursor
	term
}

func (c *scored) score(s part, norms *[1 << fieldBits][256]float32, doc uint32) float64 {
	if c.doc != doc {
		return 0
	}
	tf := float64(c.times)
	return c.worth * tf * (k1 + 1) / (tf + float64(norms[c.field][s.sizes[c.field][doc]]))
}

// either is a word in any of its fields.
type either struct {
	fields []*together
	size   int // at most so many records
}

// together is all terms of a word in one field, the rarest first.
type together struct{ terms []*scored }

func newEither(s part, fields []all) *either {
	e := &either{}
	for _, a := range fields {
		t, least := &together{}, math.MaxInt
		for _, one := range a {
			t.terms = append(t.terms, &scored{s.cursor(one.key), one})
			least = min(least, s.count(one.key))
		}
		slices.SortStableFunc(t.terms, func(a, b *scored) int { return cmp.Compare(s.count(a.key), s.count(b.key)) })
		e.fields = append(e.fields, t)
		e.size += least
	}
	return e
}

func (e *either) seek(doc uint32) uint32 {
	best := gone
	for _, f := range e.fields {
		best = min(best, f.seek(doc))
	}
	return best
}

func (e *either) score(s part, norms *[1 << fieldBits][256]float32, doc uint32) float64 {
	sum := 0.0
	for _, f := range e.fields {
		if f.terms[0].doc != doc {
			continue
		}
		for _, t := range f.terms {
			sum += t.score(s, norms, doc)
		}
	}
	return sum
}

func (t *together) seek(doc uint32) uint32 {
	for {
		lead := t.terms[0]
		lead.seek(doc)
		if lead.doc == gone {
			return gone
		}
		doc = lead.doc
		agreed := true
		for _, other := range t.terms[1:] {
			other.seek(doc)
			if other.doc != doc {
				doc, agreed = other.doc, false
				break
			}
		}
		if agreed {
			return doc
		}
		if doc == gone {
			lead.end()
			return gone
		}
	}
}

// runLike ranks by any words (MaxScore, Turtle and Flood 1995): lists that cannot lift a record into the best by themselves are
// only looked up, not walked.
func (x *Index) runLike(p *plan, s part, best *ranking) {
	norms := x.norms(p.plain)
	type bounded struct {
		scored
		most float64
	}
	var lists []*bounded
	for _, t := range p.like {
		c := &bounded{scored: scored{s.cursor(t.key), t}}
		if c.doc == gone {
			continue
		}
		c.most = t.worth * (k1 + 1)
		if s.packed != nil {
			at, _ := s.packed.find(t.key)
			top := s.packed.tops[at]
			if top.times < 255 {
				tf := float64(top.times)
				c.most = t.worth * tf * (k1 + 1) / (tf + float64(norms[t.field][top.size]))
			}
		}
		lists = append(lists, c)
	}
	slices.SortStableFunc(lists, func(a, b *bounded) int { return cmp.Compare(a.most, b.most) })
	var not []*either
	for _, w := range p.not {
		not = append(not, newEither(s, w))
	}
	below := make([]float64, len(lists)+1) // what the first lists can give together
	for i, l := range lists {
		below[i+1] = below[i] + l.most
	}
	first := 0 // lists before it cannot lift a record by themselves
	for {
		for first < len(lists) && below[first+1] < best.bar() {
			first++
		}
		doc := gone
		for _, l := range lists[first:] {
			doc = min(doc, l.doc)
		}
		if doc == gone {
			return
		}
		score := 0.0
		for _, l := range lists[first:] {
			if l.doc == doc {
				score += l.score(s, norms, doc)
				l.next()
			}
		}
		for i := first - 1; i >= 0 && score+below[i+1] >= best.bar(); i-- {
			lists[i].seek(doc)
			score += lists[i].score(s, norms, doc)
		}
		if score >= best.bar() && !s.isDead(doc) && !slices.ContainsFunc(not, func(m *either) bool { return m.seek(doc) == doc }) {
			best.offer(s.id(doc), score, p.keep)
		}
	}
}

// ranking keeps the best hits in order.
type ranking struct {
	limit int
	hits  []Hit
	total int
}

// bar is the score that a hit must reach.
func (r *ranking) bar() float64 {
	if r.limit == 0 || len(r.hits) < r.limit {
		return 0
	}
	return r.hits[len(r.hits)-1].Score
}

func compareHits(a, b Hit) int { return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.ID, b.ID)) }

func (r *ranking) offer(id []byte, score float64, keep func(string) bool) {
	if keep != nil && !keep(string(id)) {
		return
	}
	r.total++
	if score < r.bar() {
		return // no string need be made
	}
	h := Hit{string(id), score}
	if len(r.hits) == r.limit && (r.limit == 0 || compareHits(h, r.hits[r.limit-1]) >= 0) {
		return
	}
	at, _ := slices.BinarySearchFunc(r.hits, h, compareHits)
	r.hits = slices.Insert(r.hits, at, h)
	if len(r.hits) > r.limit {
		r.hits = r.hits[:r.limit]
	}
}
