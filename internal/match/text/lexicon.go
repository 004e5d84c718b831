package text

import (
	"cmp"
	"math"
	"slices"
	"unicode/utf8"
)

// maxWord is how many characters a word of the lexicon may have.
const maxWord = 12

// Lexicon knows words and how often they are used, and cuts runs of Chinese characters into them. The zero value knows none:
// every character is a word of its own. It is grown from the deployment: names and aliases of the register, terms of the pack
// (Add), and what its texts keep repeating (Discover).
type Lexicon struct {
	words map[string]float64 // how often
	total float64
}

// Add teaches a word, folded, used n times.
func (l *Lexicon) Add(word string, n float64) {
	if size := utf8.RuneCountInString(word); size < 2 || size > maxWord || n <= 0 {
		return
	}
	if l.words == nil {
		l.words = map[string]float64{}
	}
	l.words[word] += n
	l.total += n
}

// Has says whether the word is known.
func (l *Lexicon) Has(word string) bool { return l.words[word] > 0 }

// Len is the number of words known.
func (l *Lexicon) Len() int { return len(l.words) }

// Words gives the words of folded text in order: Chinese runs cut where the product of the words' frequencies is largest,
// other runs whole.
func (l *Lexicon) Words(folded string) []string {
	var out []string
	Runs(folded, func(r Run) {
		if r.Sort != Han {
			out = append(out, r.Text)
			return
		}
		out = l.cut(out, r.Text)
	})
	return out
}

// cut appends the most likely words of one Chinese run (Viterbi over all ways to cut it).
func (l *Lexicon) cut(out []string, run string) []string {
	const unknown = 4.0 // a character outside any word costs more than the rarest word
	n := len(run)
	best := make([]float64, n+1)
	from := make([]int, n+1)
	starts := make([]int, 0, n/3+1)
	whole := math.Log(l.total + 1)
	for i := range run {
		starts = append(starts, i)
	}
	for _, start := range starts {
		_, w := utf8.DecodeRuneInString(run[start:])
		here := best[start]
		offer := func(end int, score float64) {
			if from[end] == 0 || score > best[end] {
				best[end], from[end] = score, start+1
			}
		}
		offer(start+w, here-whole-unknown)
		for size, end := 1, start+w; size < maxWord && end < n; size++ {
			_, w := utf8.DecodeRuneInString(run[end:])
			end += w
			if count := l.words[run[start:end]]; count > 0 {
				offer(end, here+math.Log(count)-whole)
			}
		}
	}
	mark := len(out)
	for end := n; end > 0; end = from[end] - 1 {
		out = append(out, run[from[end]-1:end])
	}
	slices.Reverse(out[mark:])
	return out
}

// Term is a word that Discover found, and how often the texts use it.
type Term struct {
	Word  string
	Count int
}

// Discover finds the words that the texts keep repeating: strings of two to six characters that occur together much more often
// than their parts would by chance (pointwise mutual information) and in changing company (entropy of the neighbours on both
// sides). The most frequent come first.
func Discover(folded []string, atLeast int) []Term {
	const (
		longest  = 6
		cohesion = 3.0 // nats
		freedom  = 0.6 // nats
	)
	counts := map[string]int{}
	left, right := map[string]map[string]int{}, map[string]map[string]int{}
	total := 0
	eachGram(folded, 1, func(g, _, _ string) { counts[g]++; total++ })
	for size := 2; size <= longest; size++ {
		level := map[string]int{}
		eachGram(folded, size, func(g, _, _ string) {
			_, w := utf8.DecodeRuneInString(g)
			_, v := utf8.DecodeLastRuneInString(g)
			if size == 2 || counts[g[w:]] >= atLeast && counts[g[:len(g)-v]] >= atLeast { // a rare part has no frequent whole
				level[g]++
			}
		})
		for g, n := range level {
			if n >= atLeast {
				counts[g] = n
			}
		}
	}
	for size := 2; size <= longest; size++ {
		eachGram(folded, size, func(g, before, after string) {
			if counts[g] < atLeast {
				return
			}
			if left[g] == nil {
				left[g], right[g] = map[string]int{}, map[string]int{}
			}
			left[g][before]++
			right[g][after]++
		})
	}
	var found []Term
	for g := range left {
		n := counts[g]
		if binding(g, counts, total) >= cohesion && entropy(left[g], n) >= freedom && entropy(right[g], n) >= freedom {
			found = append(found, Term{g, n})
		}
	}
	slices.SortFunc(found, func(a, b Term) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Word, b.Word)) })
	return found
}

// binding is the mutual information of the weakest place at which g can be cut in two.
func binding(g string, counts map[string]int, total int) float64 {
	weakest := math.Inf(1)
	for i := range g {
		if i == 0 {
			continue
		}
		a, b := counts[g[:i]], counts[g[i:]]
		if a == 0 || b == 0 {
			continue
		}
		weakest = min(weakest, math.Log(float64(counts[g])*float64(total)/(float64(a)*float64(b))))
	}
	return weakest
}

// entropy of the neighbours; the edge of a run is a neighbour that is new every time.
func entropy(neighbours map[string]int, total int) float64 {
	h := 0.0
	keys := make([]string, 0, len(neighbours))
	for k := range neighbours {
		keys = append(keys, k)
	}
	slices.Sort(keys) // sums of floats must not depend on the order of a map
	for _, k := range keys {
		n := float64(neighbours[k])
		if k == "" {
			h += n / float64(total) * math.Log(float64(total))
			continue
		}
		h += n / float64(total) * math.Log(float64(total)/n)
	}
	return h
}

// eachGram visits all strings of size characters inside Chinese runs, with the characters beside them ("" at an edge).
func eachGram(folded []string, size int, visit func(g, before, after string)) {
	var starts []int
	for _, t := range folded {
		Runs(t, func(r Run) {
			if r.Sort != Han {
				return
			}
			starts = starts[:0]
			for i := range r.Text {
				starts = append(starts, i)
			}
			starts = append(starts, len(r.Text))
			for i := 0; i+size < len(starts); i++ {
				before, after := "", ""
				if i > 0 {
					before = r.Text[starts[i-1]:starts[i]]
				}
				if i+size+1 < len(starts) {
					after = r.Text[starts[i+size]:starts[i+size+1]]
				}
				visit(r.Text[starts[i]:starts[i+size]], before, after)
			}
		})
	}
}
