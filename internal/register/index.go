package register

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"kechuang/internal/store"
)

// index finds parties, or records, by any part of a name, alias, code or id. It is in memory: every letter and every pair of neighbouring
// letters points to the documents that hold it, so that a word of two Chinese characters is one lookup. 100 000 parties take
// 2 s to read and index and 72 MB; a search takes 0.02 to 2 ms, and 16 ms for a word that all of them have (BenchmarkSearch, two
// cores that were shared with others).
//
// It follows its table (store.Follower): what this process commits is seen by the next search, what others commit after store.Lag.
type index struct {
	names func(tx *store.Tx, ids []string) ([]named, error)

	mu     sync.RWMutex // guards everything below
	table  store.Follower
	waking store.Waking
	docs   []document
	at     map[string]int32  // id → place in docs
	ids    map[string]string // as they are looked for → id
	grams  map[gram][]int32  // places, ascending; those of dead documents are left until a rebuild
	dead   int
}

// gram is one letter (second is 0) or two neighbouring ones.
type gram struct{ first, second rune }

type document struct {
	id     string
	kind   Kind
	name   string // plain
	text   string // name, aliases, code and id, plain, each between line breaks; the name comes first
	length int    // of the name, in letters
	live   bool
}

func newIndex(after func(*store.Tx, string, int) ([]store.Mark, error), since func(*store.Tx, int64) ([]store.Mark, error), names func(*store.Tx, []string) ([]named, error)) *index {
	x := &index{names: names, at: map[string]int32{}, ids: map[string]string{}, grams: map[gram][]int32{}}
	x.table = store.Follower{After: after, Since: since, Take: x.take}
	return x
}

// follow brings the index up to the table.
func (x *index) follow(ctx context.Context, db *store.DB) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	due, back, done := x.waking.Due(db)
	if !due {
		return nil
	}
	err := db.Read(ctx, func(tx *store.Tx) error {
		for !x.table.Whole() {
			if err := x.table.Piece(tx); err != nil {
				return err
			}
		}
		_, err := x.table.Follow(tx, back)
		return err
	})
	if err != nil {
		return err
	}
	done()
	if x.dead > 1000 && x.dead > len(x.docs)/2 {
		x.rebuild()
	}
	return nil
}

func (x *index) take(tx *store.Tx, ids []string) error {
	parties, err := x.names(tx, ids)
	for _, p := range parties {
		x.put(p)
	}
	return err
}

// put replaces a party's document; of a deleted one a dead document stays until a rebuild.
func (x *index) put(p named) {
	if old, ok := x.at[p.ID]; ok {
		if x.docs[old].live {
			x.dead++
		}
		x.docs[old].live = false
	}
	d := document{id: p.ID, kind: p.Kind, name: plain(p.Name), live: !p.Deleted}
	lines := []string{d.name}
	for _, a := range p.Aliases {
		lines = append(lines, plain(a))
	}
	d.text = "\n" + strings.Join(append(lines, strings.ToLower(p.USCC)), "\n") + "\n"
	d.length = utf8.RuneCountInString(d.name)
	x.ids[plain(p.ID)] = p.ID
	x.add(d)
}

func (x *index) add(d document) {
	place := int32(len(x.docs))
	x.docs = append(x.docs, d)
	x.at[d.id] = place
	if !d.live {
		return
	}
	for _, g := range gramsOf(d.text, true) {
		list := x.grams[g]
		if len(list) == 0 || list[len(list)-1] != place {
			x.grams[g] = append(list, place)
		}
	}
}

func (x *index) rebuild() {
	docs := x.docs
	x.docs, x.at, x.grams, x.dead = nil, map[string]int32{}, map[gram][]int32{}, 0
	latest := map[string]bool{}
	for i := len(docs) - 1; i >= 0; i-- { // of several documents of one party the last one counts
		if latest[docs[i].id] {
			docs[i].id = ""
		} else {
			latest[docs[i].id] = true
		}
	}
	for _, d := range docs {
		if d.id != "" {
			x.add(d)
		}
	}
}

// gramsOf gives the pairs of neighbouring letters of each line, and with singles every letter too.
func gramsOf(text string, singles bool) []gram {
	var out []gram
	var last rune
	for _, r := range text {
		if r == '\n' {
			last = 0
			continue
		}
		if singles {
			out = append(out, gram{r, 0})
		}
		if last != 0 {
			out = append(out, gram{last, r})
		}
		last = r
	}
	return out
}

// hit is one found document; better hits compare as smaller.
type hit struct {
	place  int32
	id     string
	score  int
	length int
}

func compareHits(a, b hit) int {
	return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.length, b.length), cmp.Compare(a.id, b.id))
}

// search gives the best hits after the one given (score 0 where there is none), at most limit. Every word of the query must be
// in a document; where no document has them all, those that share most pairs of letters with the query are given instead.
func (x *index) search(words []string, kind Kind, after hit, limit int) []hit {
	x.mu.RLock()
	defer x.mu.RUnlock()
	var best []hit
	keep := func(h hit) {
		if after.score != 0 && compareHits(h, after) <= 0 || len(best) == limit && compareHits(h, best[limit-1]) > 0 {
			return
		}
		at, _ := slices.BinarySearchFunc(best, h, compareHits)
		if at < limit {
			best = slices.Insert(best, at, h)
			if len(best) > limit {
				best = best[:limit]
			}
		}
	}
	whole := strings.Join(words, "")
	found := false
	if id, ok := x.ids[whole]; ok { // whole only: a part of one means nothing, and short words would find it by chance
		if d := &x.docs[x.at[id]]; d.live {
			found = true
			if kind.takes(d.kind) {
				keep(hit{x.at[id], d.id, 500, d.length})
			}
		}
	}
	for _, place := range x.candidates(words) {
		d := &x.docs[place]
		if !d.live {
			continue
		}
		score := exactScore(d, words, whole)
		found = found || score > 0 // of any kind: another kind's exact hits are no reason to guess
		if score > 0 && kind.takes(d.kind) {
			keep(hit{place, d.id, score, d.length})
		}
	}
	if !found {
		x.similar(whole, kind, keep)
	}
	return best
}

// candidates gives the documents that hold every pair of letters of every word.
func (x *index) candidates(words []string) []int32 {
	var lists [][]int32
	for _, w := range words {
		grams := gramsOf(w, utf8.RuneCountInString(w) == 1)
		for _, g := range grams {
			list := x.grams[g]
			if len(list) == 0 {
				return nil
			}
			lists = append(lists, list)
		}
	}
	if len(lists) == 0 {
		return nil
	}
	slices.SortFunc(lists, func(a, b []int32) int { return cmp.Compare(len(a), len(b)) })
	result := lists[0]
	for _, list := range lists[1:] {
		if len(result) < 64 { // few are left: reading their texts is cheaper than going through long lists
			break
		}
		result = intersect(result, list)
	}
	return result
}

func intersect(a, b []int32) []int32 {
	out := make([]int32, 0, len(a))
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			out = append(out, a[i])
			i, j = i+1, j+1
		}
	}
	return out
}

// exactScore orders documents that hold every word; 0 is one that does not. It reads a text once where the query is one word,
// because a word such as 公司 is in every document.
func exactScore(d *document, words []string, whole string) int {
	at := strings.Index(d.text, whole)
	if at < 0 && len(words) == 1 {
		return 0
	}
	end := 1 + len(d.name) // of the name
	switch {
	case at == 1 && len(whole) == len(d.name):
		return 600
	case at > 0 && strings.Contains(d.text[at-1:], "\n"+whole+"\n"): // an alias or the code
		return 500
	case at == 1:
		return 400
	case at > 0 && at+len(whole) <= end:
		return 300
	case at > 0:
		return 150
	}
	score := 200
	for _, w := range words {
		switch at := strings.Index(d.text, w); {
		case at < 0:
			return 0
		case at+len(w) > end:
			score = 150
		}
	}
	return score
}

// similar gives documents that share at least 60 % of the query's pairs of letters; their scores stay below exact ones.
func (x *index) similar(whole string, kind Kind, keep func(hit)) {
	grams := gramsOf(whole, false)
	slices.SortFunc(grams, func(a, b gram) int { return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(a.second, b.second)) })
	grams = slices.Compact(grams)
	if len(grams) < 2 {
		return
	}
	counts := map[int32]int{}
	for _, g := range grams {
		for _, place := range x.grams[g] {
			counts[place]++
		}
	}
	for place, n := range counts {
		d := &x.docs[place]
		if d.live && kind.takes(d.kind) && n*10 >= len(grams)*6 {
			keep(hit{place, d.id, n * 100 / len(grams), d.length})
		}
	}
}
