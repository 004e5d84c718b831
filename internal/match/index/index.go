// Package index finds records by their words: an inverted index in memory, made for Chinese.
//
//	x := index.New(index.Field{Name: "title", Weight: 3}, index.Field{Name: "text", Weight: 1}, index.Field{Name: "kind", Facet: true})
//	x.Put("p1", []string{"金属波纹管疲劳试验平台", "可做 10⁷ 次循环……", "平台"})
//	x.Search(index.Query{Words: []string{"波纹管"}, Facets: map[string]string{"kind": "平台"}}, 10)
//
// Chinese is indexed as pairs of neighbouring characters, so that every word of two characters is found whatever a dictionary
// thinks of it; a longer word must have all its pairs. Latin words, formulas and quantities are indexed whole. What is changed is
// seen by the next search. Records are held in segments: a small one that grows, and packed ones that only shrink (postings of about
// seven bits, read in blocks that can be skipped); packed segments are merged as they become many.
//
// Ranking is BM25 over weighted fields. Its statistics are those of this index: records that some people may not see belong in an
// index of their own, so that neither totals nor ranks tell of them.
package index

import (
	"math"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"kechuang/internal/match/text"
)

// Field of a record.
type Field struct {
	Name   string
	Weight float64 // of its words in the ranking
	Facet  bool    // holds exact values to filter by, one on each line, and no words
	// Cut gives what is indexed of a folded text; without it pairs of Chinese characters and other words.
	Cut func(folded string, visit func(term string))
}

// Index may be used from many goroutines; a search sees every Put that returned before it began.
type Index struct {
	fields []Field

	mu     sync.RWMutex // guards everything below
	packed []*segment   // oldest first
	fresh  *growing
	live   int
	sizes  []float64 // of each field, the words of all live records
}

// header is what both kinds of segment know of their records.
type header struct {
	names []byte    // all ids, one after another
	ends  []uint32  // where each ends
	sizes [][]uint8 // field → record → its number of words, coarse
	dead  []uint64  // bits
}

func (h *header) len() int { return len(h.ends) }

func (h *header) id(doc uint32) []byte {
	start := uint32(0)
	if doc > 0 {
		start = h.ends[doc-1]
	}
	return h.names[start:h.ends[doc]]
}

func (h *header) name(id []byte) {
	h.names = append(h.names, id...)
	h.ends = append(h.ends, uint32(len(h.names)))
}

func (h *header) isDead(doc uint32) bool {
	return int(doc>>6) < len(h.dead) && h.dead[doc>>6]>>(doc&63)&1 == 1
}

func (h *header) bury(doc uint32) {
	for int(doc>>6) >= len(h.dead) {
		h.dead = append(h.dead, 0)
	}
	h.dead[doc>>6] |= 1 << (doc & 63)
}

// freshLimit is how many records are gathered before they are packed. Small enough that packing takes milliseconds.
const freshLimit = 1 << 13

// New index over the fields, in the order in which Put will give their values.
func New(fields ...Field) *Index {
	if len(fields) > 1<<fieldBits {
		panic("index: too many fields")
	}
	return &Index{fields: fields, fresh: newGrowing(len(fields)), sizes: make([]float64, len(fields))}
}

// Len is the number of records.
func (x *Index) Len() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.live
}

// Put adds the record or replaces the one with the same id. Missing values are empty.
func (x *Index) Put(id string, values []string) {
	words := x.analyse(values)
	x.mu.Lock()
	defer x.mu.Unlock()
	x.remove(id)
	x.fresh.add(id, words)
	x.live++
	for f, list := range words {
		x.sizes[f] += float64(unsqueeze(squeeze(len(list))))
	}
	if x.fresh.len() >= freshLimit {
		x.pack()
	}
}

// Delete forgets the record.
func (x *Index) Delete(id string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.remove(id)
}

func (x *Index) remove(id string) {
	if doc, ok := x.fresh.docs[id]; ok {
		delete(x.fresh.docs, id)
		x.bury(&x.fresh.header, doc)
		return
	}
	for _, s := range x.packed {
		if doc, ok := s.place(id); ok {
			x.bury(&s.header, doc)
			return
		}
	}
}

func (x *Index) bury(h *header, doc uint32) {
	h.bury(doc)
	x.live--
	for f := range x.fields {
		x.sizes[f] -= float64(unsqueeze(h.sizes[f][doc]))
	}
}

func hash[S string | []byte](id S) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(id) {
		h = (h ^ uint64(id[i])) * 1099511628211
	}
	h ^= h >> 29
	return h * 0x9e3779b97f4a7c15
}

// pack turns the fresh segment into a packed one, and merges packed ones while the last is not much smaller than the one before:
// so there are few, and every record is moved a logarithm of times.
func (x *Index) pack() {
	x.packed = append(x.packed, x.fresh.pack())
	x.fresh = newGrowing(len(x.fields))
	const ratio = 4
	for n := len(x.packed); n >= ratio; n = len(x.packed) {
		last := x.packed[n-1]
		run := n - 1
		for run > 0 && x.packed[run-1].len() < ratio*last.len() {
			run--
		}
		if n-run < ratio {
			break
		}
		x.packed = append(x.packed[:run], merge(x.packed[run:], len(x.fields)))
	}
}

// Compact packs everything into one segment without its dead.
func (x *Index) Compact() {
	x.mu.Lock()
	defer x.mu.Unlock()
	all := append(slices.Clone(x.packed), x.fresh.pack())
	x.packed = []*segment{merge(all, len(x.fields))}
	x.fresh = newGrowing(len(x.fields))
}

// analyse cuts every field into terms, as keys.
func (x *Index) analyse(values []string) [][]uint64 {
	out := make([][]uint64, len(x.fields))
	for f, field := range x.fields {
		if f >= len(values) || values[f] == "" {
			continue
		}
		if field.Facet {
			for value := range strings.SplitSeq(values[f], "\n") {
				if folded := text.Fold(value); folded != "" {
					out[f] = append(out[f], key(f, folded))
				}
			}
			continue
		}
		folded := text.Fold(values[f])
		field.cut(folded, func(t string) { out[f] = append(out[f], key(f, t)) })
	}
	return out
}

func (f *Field) cut(folded string, visit func(string)) {
	if f.Cut != nil {
		f.Cut(folded, visit)
		return
	}
	terms(folded, visit)
}

// terms visits what is indexed of a folded text: pairs of neighbouring Chinese characters, a Chinese character that stands alone,
// other words whole.
func terms(folded string, visit func(string)) {
	text.Runs(folded, func(r text.Run) {
		if r.Sort != text.Han {
			visit(r.Text)
			return
		}
		_, first := utf8.DecodeRuneInString(r.Text)
		if first == len(r.Text) {
			visit(r.Text)
			return
		}
		for start, middle := 0, first; middle < len(r.Text); {
			_, w := utf8.DecodeRuneInString(r.Text[middle:])
			visit(r.Text[start : middle+w])
			start, middle = middle, middle+w
		}
	})
}

// key of a term in a field: its FNV-1a hash, mixed. Two of a million terms share one with a chance of one in two million.
func key(field int, term string) uint64 {
	h := uint64(14695981039346656037) ^ uint64(field+1)*0x9e3779b97f4a7c15
	for i := range len(term) {
		h = (h ^ uint64(term[i])) * 1099511628211
	}
	h ^= h >> 32
	h *= 0x9e3779b97f4a7c15
	return h&^(1<<fieldBits-1) | uint64(field)
}

// squeeze keeps a number of words in eight bits: exact to 24, then within 6 %.
func squeeze(n int) uint8 {
	if n <= 24 {
		return uint8(n)
	}
	return uint8(min(24+math.Round(math.Log(float64(n)/24)/math.Log(1.06)), 255))
}

func unsqueeze(b uint8) float32 { return squeezed[b] }

var squeezed = func() (t [256]float32) {
	for b := range t {
		t[b] = float32(b)
		if b > 24 {
			t[b] = float32(24 * math.Pow(1.06, float64(b-24)))
		}
	}
	return t
}()

// Terms gives what would be indexed of a text, in order: for measuring other engines on the same words.
func Terms(s string) (list []string) {
	terms(text.Fold(s), func(t string) { list = append(list, t) })
	return list
}
