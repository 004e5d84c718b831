package query

import (
	"cmp"
	"slices"
	"strings"

	"kechuang/internal/match/text"
)

// Suggester completes what is being typed: by the beginning of a name, of any of its parts, or of its pinyin initials.
type Suggester struct{ entries []entry }

type entry struct {
	key, name string
	weight    float64
	initials  bool
}

// NewSuggester over names and how much each is used.
func NewSuggester(names map[string]float64) *Suggester {
	s := &Suggester{}
	for name, weight := range names {
		folded := text.Fold(name)
		s.entries = append(s.entries, entry{folded, name, weight, false})
		if initials := text.Initials(folded); initials != "" && initials != folded {
			s.entries = append(s.entries, entry{initials, name, weight, true})
		}
		for i, r := range folded { // from every part on: 鼓风机 completes to 沈阳鼓风机
			if i > 0 && r > 0x2e80 {
				s.entries = append(s.entries, entry{folded[i:], name, weight / 4, false})
			}
		}
	}
	slices.SortFunc(s.entries, func(a, b entry) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.name, b.name)) })
	return s
}

// Suggest the most used names, at most limit. Only the names of what the asker may see belong in a suggester.
func (s *Suggester) Suggest(typed string, limit int) []string {
	prefix := text.Fold(typed)
	if prefix == "" {
		return nil
	}
	at, _ := slices.BinarySearchFunc(s.entries, prefix, func(e entry, p string) int { return cmp.Compare(e.key, p) })
	best := map[string]float64{}
	for ; at < len(s.entries) && strings.HasPrefix(s.entries[at].key, prefix); at++ {
		e := s.entries[at]
		best[e.name] = max(best[e.name], e.weight)
	}
	names := make([]string, 0, len(best))
	for name := range best {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(best[b], best[a]), cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
	})
	return names[:min(limit, len(names))]
}
