package query

import (
	"slices"
	"strings"

	"kechuang/internal/match/text"
)

// Synonyms are lists of words that mean the same.
type Synonyms [][]string

// NewSynonyms folds the words; a list of one word says nothing.
func NewSynonyms(lists [][]string) (out Synonyms) {
	for _, list := range lists {
		var words []string
		for _, w := range list {
			if w = text.Fold(w); w != "" && !slices.Contains(words, w) {
				words = append(words, w)
			}
		}
		if len(words) > 1 {
			out = append(out, words)
		}
	}
	return out
}

// mostOthers is in how many other ways one word is looked for.
const mostOthers = 8

// Widen lets words that mean the same stand for those that were typed, also inside them: 锂电池回收 finds 锂离子电池回收. What was quoted
// stands as it is.
func (p *Parsed) Widen(same Synonyms) {
	p.Others = map[string][]string{}
	for _, word := range p.Words {
		if slices.Contains(p.Phrases, word) {
			continue
		}
		var others []string
		for _, list := range same {
			said := longest(word, list)
			for _, other := range list {
				if said != "" && other != said && len(others) < mostOthers {
					others = append(others, strings.Replace(word, said, other, 1))
				}
			}
		}
		if others != nil {
			p.Others[word] = others
		}
	}
}

// longest of the words that stands in what was typed. Latin letters stand as a word of their own: AI is not in rail.
func longest(typed string, words []string) (best string) {
	for _, w := range words {
		if at := strings.Index(typed, w); at >= 0 && len(w) > len(best) && !letter(typed, at-1, w[0]) && !letter(typed, at+len(w), w[len(w)-1]) {
			best = w
		}
	}
	return best
}

// letter says whether a Latin letter or digit stands at the place, beside another.
func letter(s string, at int, beside byte) bool {
	latin := func(b byte) bool { return 'a' <= b && b <= 'z' || '0' <= b && b <= '9' }
	return at >= 0 && at < len(s) && latin(s[at]) && latin(beside)
}
