package judge

import (
	"math"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"kechuang/internal/match/learn"
	"kechuang/internal/match/text"
)

// weighted is one dimension of a sparse vector.
type weighted struct {
	at int32
	w  float32
}

// sparse is sorted by at.
type sparse []weighted

func (a sparse) dot(b sparse) float64 {
	s := 0.0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i].at < b[j].at:
			i++
		case a[i].at > b[j].at:
			j++
		default:
			s += float64(a[i].w) * float64(b[j].w)
			i, j = i+1, j+1
		}
	}
	return s
}

func (a sparse) find(at int32) float64 {
	i := sort.Search(len(a), func(i int) bool { return a[i].at >= at })
	if i < len(a) && a[i].at == at {
		return float64(a[i].w)
	}
	return 0
}

// passage is one text in all the forms that signals compare.
type passage struct {
	words  []int32 // in order
	counts sparse  // of words
	unit   sparse  // idf-weighted words, length 1
	pairs  sparse  // counts of pairs of neighbouring characters
	grams  sparse  // the same, weighted, length 1
	mean   []float32
	size   int // characters
}

// corpus holds everything that can be said about needs and titles without any judgement.
type corpus struct {
	ids       map[string]int32 // words
	names     []string
	df        []float64
	gramIDs   map[string]int32
	gramNames []string
	gramDF    []float64
	docs      float64
	lexicon   text.Lexicon
	vectors   *learn.Vectors
	needs     []needText
	needAt    map[string]int
	titles    []passage
	of        []int32 // pair → title (equal titles are one)
	titleAt   map[string]int32
	rivals    [][]int32 // need → its pairs
	pairNeed  []int32
}

type needText struct {
	title, content, all passage
}

// newCorpus reads all needs and all pairs, judged or not; the levels are not looked at.
func newCorpus(needs []Need, pairs []Pair) *corpus {
	c := &corpus{ids: map[string]int32{}, gramIDs: map[string]int32{}, needAt: map[string]int{}, titleAt: map[string]int32{}}
	var titles [][]string
	for _, p := range pairs {
		words := strings.Fields(text.Fold(p.Words))
		key := strings.Join(words, " ")
		at, ok := c.titleAt[key]
		if !ok {
			at = int32(len(titles))
			c.titleAt[key] = at
			titles = append(titles, words)
			for _, w := range words {
				c.lexicon.Add(w, 1)
			}
		}
		c.of = append(c.of, at)
	}
	folded := make([]string, 0, 2*len(needs))
	for _, n := range needs {
		folded = append(folded, text.Fold(n.Title), text.Fold(n.Content))
	}
	for _, t := range text.Discover(folded, 5) {
		c.lexicon.Add(t.Word, float64(t.Count)/4)
	}
	for _, words := range titles {
		c.titles = append(c.titles, c.passage(words))
	}
	for i, n := range needs {
		if _, seen := c.needAt[n.ID]; seen {
			continue
		}
		t, b := c.lexicon.Words(folded[2*i]), c.lexicon.Words(folded[2*i+1])
		c.needAt[n.ID] = len(c.needs)
		c.needs = append(c.needs, needText{c.passage(t), c.passage(b), c.passage(slices.Concat(t, []string{"\n"}, b))})
	}
	c.rivals = make([][]int32, len(c.needs))
	for i, p := range pairs {
		at, ok := c.needAt[p.Need]
		if !ok { // an unknown need: an empty text of its own
			at = len(c.needs)
			c.needAt[p.Need] = at
			c.needs, c.rivals = append(c.needs, needText{}), append(c.rivals, nil)
		}
		c.pairNeed = append(c.pairNeed, int32(at))
		c.rivals[at] = append(c.rivals[at], int32(i))
	}
	c.weigh()
	return c
}

// passage turns words into numbers; weigh completes it.
func (c *corpus) passage(words []string) passage {
	var p passage
	counts, grams := map[int32]float32{}, map[int32]float32{}
	for _, w := range words {
		size := utf8.RuneCountInString(w)
		if w == "\n" || size == 1 && w >= "\u3400" { // single Chinese characters are the remains of words not known
			p.words = append(p.words, -1)
		} else {
			id, ok := c.ids[w]
			if !ok {
				id = int32(len(c.ids))
				c.ids[w] = id
				c.names = append(c.names, w)
				c.df = append(c.df, 0)
			}
			p.words = append(p.words, id)
			counts[id]++
		}
		p.size += size
	}
	last := ""
	for _, r := range strings.Join(words, "") {
		here := string(r)
		if last != "" {
			g := last + here
			id, ok := c.gramIDs[g]
			if !ok {
				id = int32(len(c.gramIDs))
				c.gramIDs[g] = id
				c.gramNames = append(c.gramNames, g)
				c.gramDF = append(c.gramDF, 0)
			}
			grams[id]++
		}
		last = here
	}
	p.counts, p.pairs = listed(counts), listed(grams)
	return p
}

func listed(m map[int32]float32) sparse {
	out := make(sparse, 0, len(m))
	for at, w := range m {
		out = append(out, weighted{at, w})
	}
	slices.SortFunc(out, func(a, b weighted) int { return int(a.at) - int(b.at) })
	return out
}

// weigh counts in how many texts each word stands, learns the vectors and completes every passage.
func (c *corpus) weigh() {
	count := func(p *passage) {
		c.docs++
		for _, w := range p.counts {
			c.df[w.at]++
		}
		for _, g := range p.pairs {
			c.gramDF[g.at]++
		}
	}
	company := learn.NewCompany(len(c.ids), 6)
	for i := range c.titles {
		count(&c.titles[i])
		company.Add(c.titles[i].words, 1)
	}
	for i := range c.needs {
		count(&c.needs[i].all)
		company.Add(c.needs[i].all.words, 1)
		c.mingle(company, i)
	}
	c.vectors = company.Vectors(64)
	for i := range c.titles {
		c.finish(&c.titles[i])
	}
	for i := range c.needs {
		n := &c.needs[i]
		c.finish(&n.title)
		c.finish(&n.content)
		c.finish(&n.all)
	}
}

// mingle counts a title's words as company of the need's title: somebody put them side by side.
func (c *corpus) mingle(company *learn.Company, need int) {
	for _, pair := range c.rivals[need] {
		for _, w := range c.titles[c.of[pair]].words {
			for _, v := range c.needs[need].title.words {
				company.Add([]int32{w, v}, 0.1)
			}
		}
	}
}

func (c *corpus) idf(w int32) float64 { return math.Log(1 + (c.docs-c.df[w]+0.5)/(c.df[w]+0.5)) }

func (c *corpus) gramIDF(g int32) float64 {
	return math.Log(1 + (c.docs-c.gramDF[g]+0.5)/(c.gramDF[g]+0.5))
}

func (c *corpus) finish(p *passage) {
	p.unit = unit(p.counts, c.idf)
	p.grams = unit(p.pairs, c.gramIDF)
	p.mean = make([]float32, c.vectors.Dim)
	for _, w := range p.unit {
		for k, x := range c.vectors.Of(w.at) {
			p.mean[k] += w.w * x
		}
	}
	normalise(p.mean)
}

func unit(counts sparse, idf func(int32) float64) sparse {
	out := make(sparse, len(counts))
	length := 0.0
	for i, w := range counts {
		v := (1 + math.Log(float64(w.w))) * idf(w.at)
		out[i] = weighted{w.at, float32(v)}
		length += v * v
	}
	for i := range out {
		out[i].w /= float32(math.Sqrt(length))
	}
	return out
}

func normalise(v []float32) {
	length := math.Sqrt(learn.Dot(v, v))
	if length < 1e-9 {
		return
	}
	for i := range v {
		v[i] /= float32(length)
	}
}
