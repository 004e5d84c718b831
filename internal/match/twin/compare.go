package twin

import (
	"unicode"
	"unicode/utf8"

	"kechuang/internal/match/text"
)

// spelled is a text as letters, with the way back to the bytes it came from.
type spelled struct {
	letters []rune
	at      []int32 // where each letter begins in the text as it was written
	end     int32
}

func spell(s string) spelled {
	folded, origins := text.FoldWithOrigins(s)
	out := spelled{end: int32(len(s))}
	for i, r := range folded {
		if (unicode.IsLetter(r) || unicode.IsDigit(r)) && len(out.letters) < longest {
			out.letters = append(out.letters, r)
			out.at = append(out.at, origins[i])
		}
	}
	return out
}

// span of the letters from a to b in the text as it was written.
func (s *spelled) span(a, b int, text string) Span {
	start := int(s.at[a])
	end := int(s.at[b-1])
	_, w := utf8.DecodeRuneInString(text[end:])
	return Span{start, end + w}
}

// Compare two texts letter by letter. Share counts pairs of letters: of the text with fewer, how many stand in the other, each as
// often as it stands there. Pairs survive rewording better than longer strings.
func Compare(here, there string) Twin {
	a, b := spell(here), spell(there)
	t := Twin{}
	if len(a.letters) < 2 || len(b.letters) < 2 {
		return t
	}
	t.Share = share(a.letters, b.letters)
	if i, j, n, m, same := passage(a.letters, b.letters); n > 0 {
		t.Same = same
		t.Here, t.There = a.span(i, i+n, here), b.span(j, j+m, there)
	}
	return t
}

func share(a, b []rune) float64 {
	if len(a) > len(b) {
		a, b = b, a
	}
	count := make(map[[2]rune]int, len(b))
	for i := range len(b) - 1 {
		count[[2]rune{b[i], b[i+1]}]++
	}
	shared := 0
	for i := range len(a) - 1 {
		p := [2]rune{a[i], a[i+1]}
		if count[p] > 0 {
			count[p]--
			shared++
		}
	}
	// A text much longer than the other holds many of its pairs by chance: about one in a hundred for every thousand letters.
	chance := min(float64(len(b))/100_000, 0.9)
	return max(0, (float64(shared)/float64(len(a)-1)-chance)/(1-chance))
}

// gap is how many letters may differ between two pieces of one passage.
const gap = 8

// passage finds the longest stretch of both texts in which strings of four letters keep agreeing in the same order, with at most
// gap letters between: i, n in a and j, m in b.
func passage(a, b []rune) (i, j, n, m, same int) {
	const seed, most = 4, 32
	where := map[[seed]rune][]int32{}
	for k := range len(b) - seed + 1 {
		s := [seed]rune(b[k : k+seed])
		if len(where[s]) < most { // what stands everywhere says nothing
			where[s] = append(where[s], int32(k))
		}
	}
	type chain struct{ i, j, endA, endB, agreed int }
	var open []chain
	var best chain
	for k := range len(a) - seed + 1 {
		live := open[:0]
		for _, c := range open {
			if k <= c.endA+gap {
				live = append(live, c)
			}
		}
		open = live
	next:
		for _, at := range where[[seed]rune(a[k:k+seed])] {
			p := int(at)
			for c := range open {
				o := &open[c]
				if p >= o.endB-seed+1 && p <= o.endB+gap && k >= o.endA-seed+1 {
					o.agreed += k + seed - max(o.endA, k)
					o.endA, o.endB = k+seed, p+seed
					if o.agreed > best.agreed {
						best = *o
					}
					continue next
				}
			}
			if len(open) < 64 {
				c := chain{k, p, k + seed, p + seed, seed}
				open = append(open, c)
				if c.agreed > best.agreed {
					best = c
				}
			}
		}
	}
	return best.i, best.j, best.endA - best.i, best.endB - best.j, best.agreed
}
