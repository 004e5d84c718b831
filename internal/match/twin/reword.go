package twin

import (
	"math/rand/v2"
	"strings"

	"kechuang/internal/match/text"
)

// Reword says a text again, for measuring: strength 1 changes how it is written (width, spaces, punctuation); 2 replaces a tenth of
// its words by others; 3 a fifth, and moves sentences about; 4 a third, and drops a fifth of the sentences; 5 half of the words, moves
// the rest about, drops a third and puts strange sentences in front. Other words are drawn from the lexicon, so they are no synonyms: harder than a writer
// would be.
func Reword(s string, strength int, words []string, chance *rand.Rand) string {
	replace := [...]float64{0, 0, 0.1, 0.2, 0.33, 0.5}[strength]
	drop := [...]float64{0, 0, 0, 0, 0.2, 0.33}[strength]
	var lexicon text.Lexicon
	for _, w := range words {
		lexicon.Add(w, 1)
	}
	sentences := strings.FieldsFunc(text.Fold(s), func(r rune) bool { return strings.ContainsRune(".。;；!?！？\n", r) })
	var out []string
	for _, sentence := range sentences {
		if chance.Float64() < drop && len(out) > 0 {
			continue
		}
		var b strings.Builder
		for _, w := range lexicon.Words(sentence) {
			if chance.Float64() < replace {
				w = words[chance.IntN(len(words))]
			}
			b.WriteString(w)
		}
		out = append(out, b.String())
	}
	if strength >= 3 {
		chance.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	}
	if strength == 5 {
		var strange strings.Builder
		for range 40 {
			strange.WriteString(words[chance.IntN(len(words))])
		}
		out = append([]string{strange.String()}, out...)
	}
	return strings.Join(out, " ； ")
}

// Words that the texts keep repeating, to reword with.
func Words(texts []string) (words []string) {
	folded := make([]string, len(texts))
	for i, t := range texts {
		folded[i] = text.Fold(t)
	}
	for _, t := range text.Discover(folded, 5) {
		words = append(words, t.Word)
	}
	return words
}
