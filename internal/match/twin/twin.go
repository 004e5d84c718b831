// Package twin finds what has been said before in other words (查重): needs, achievements, projects, contracts.
//
//	f := twin.New(func(id string) string { return texts[id] })
//	f.Put("2019-17", "……")
//	for _, t := range f.Find("……", 5) { fmt.Println(t.ID, t.Share, t.Here, t.There) }
//
// Every text leaves a sketch: of its strings of three characters the ones with the smallest hashes, about one in six and at least
// 24. Texts that share much share much of their sketches, whatever the order of sentences. The best candidates are read and compared
// whole: which share of the new text stands in the old one, and the longest passage that overlaps. What was reworded so much that little is
// left is found by what is left of it: rare pairs of characters, of which one old text has many more than any other.
package twin

import (
	"cmp"
	"math"
	"slices"
	"unicode/utf8"

	"kechuang/internal/match/index"
	"kechuang/internal/match/text"
)

// Finder knows all texts by their sketches. It may be used from many goroutines.
type Finder struct {
	x    *index.Index
	read func(id string) string
	rare rarity
}

// New finder; read gives the text of an id that was put.
func New(read func(id string) string) *Finder {
	return &Finder{x: index.New(index.Field{Name: "sketch", Weight: 1, Cut: sketch}), read: read}
}

// Put a text, or replace it.
func (f *Finder) Put(id, text string) {
	f.rare.count(spell(text).letters)
	f.x.Put(id, []string{text})
}

// Delete a text.
func (f *Finder) Delete(id string) { f.x.Delete(id) }

// Len is the number of texts.
func (f *Finder) Len() int { return f.x.Len() }

// Twin is an old text that says what the new one says.
type Twin struct {
	ID    string
	Share float64 // of the shorter text, how much stands in the other: 1 is all of it
	Here  Span    // the longest passage that overlaps, in the new text
	There Span    // in the old one
	Same  int     // letters of the passage that are the same
	Rare  float64 // as Share, where pairs count the more the fewer texts have them; Find says it
}

// Suspect says whether a person should look: much of the text is there, or less of it but a passage nearly word for word.
func (t Twin) Suspect() bool { return t.Share >= Alike || t.Share >= Alike/2 && t.Same >= passageAlike }

// Span of bytes.
type Span struct{ Start, End int }

// Alike is the share from which on a person should look. Texts about one field that were written independently stay below it; see
// docs/benchmarks.md for how many of what was reworded are above.
const Alike = 0.30

const passageAlike = 16

const (
	gram       = 3
	candidates = 24
	longest    = 50_000 // characters of a text that are compared
)

// sketch visits the grams of a folded text whose hashes are smallest.
func sketch(folded string, visit func(string)) {
	type hashed struct {
		h uint64
		g string
	}
	var all []hashed
	seen := map[string]bool{}
	eachGram(letters(folded), func(g string) {
		if !seen[g] {
			seen[g] = true
			all = append(all, hashed{hash(g), g})
		}
	})
	slices.SortFunc(all, func(a, b hashed) int { return cmp.Compare(a.h, b.h) })
	limit := uint64(math.MaxUint64 / 6) // the same limit for every text, so that a short one is found inside a long one
	for i, a := range all {
		if a.h > limit && i >= 24 {
			break
		}
		visit(a.g)
	}
}

func hash(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	h ^= h >> 31
	h *= 0x9e3779b97f4a7c15
	return h ^ h>>29
}

// letters of a folded text, without what stands between them.
func letters(folded string) string {
	out, n := make([]byte, 0, len(folded)), 0
	text.Runs(folded, func(r text.Run) {
		if n < longest {
			out = append(out, folded[r.Start:r.End]...)
			n += utf8.RuneCountInString(folded[r.Start:r.End])
		}
	})
	return string(out)
}

func eachGram(s string, visit func(string)) {
	var starts []int
	for i := range s {
		starts = append(starts, i)
	}
	starts = append(starts, len(s))
	for i := 0; i+gram < len(starts); i++ {
		visit(s[starts[i]:starts[i+gram]])
	}
}

// Find gives the texts that share most with the new one, at most limit, all of them suspect.
func (f *Finder) Find(s string, limit int) []Twin {
	var all []Twin
	here := spell(s)
	for _, h := range f.x.Search(index.Query{Like: s}, candidates).Hits {
		old := f.read(h.ID)
		t := Compare(s, old)
		t.ID, t.Rare = h.ID, f.rare.share(here.letters, spell(old).letters)
		all = append(all, t)
	}
	out := slices.DeleteFunc(slices.Clone(all), func(t Twin) bool { return !t.Suspect() && !t.standsOut(all) })
	slices.SortStableFunc(out, func(a, b Twin) int { return cmp.Compare(b.Share, a.Share) })
	return out[:min(limit, len(out))]
}

// A text stands out that shares this much of what is rare, so many times as much as the next, beside some to compare it with.
const (
	rareAlike = 0.18
	farAhead  = 1.5
	enough    = 8
)

// standsOut says whether the text shares far more of what is rare with the new one than all others that were compared.
func (t Twin) standsOut(all []Twin) bool {
	if t.Rare < rareAlike || len(all) < enough {
		return false
	}
	return !slices.ContainsFunc(all, func(o Twin) bool { return o.ID != t.ID && o.Rare*farAhead > t.Rare })
}
