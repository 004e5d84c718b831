package twin

import (
	"fmt"
	"math/rand/v2"
)

// Quality of finding at one strength of rewording.
type Quality struct {
	Strength            int
	Precision, Recall   float64 // a text's own source among what Find gives; anything else found is wrong
	Passage             float64 // share of the found whose passage lies in both texts where it should
	Asked, Found, Wrong int
}

// Measure rewords every text and looks for it among all of them. Texts that are twins as they stand are left out of the asking.
func Measure(texts, words []string) []Quality {
	byID := map[string]string{}
	f := New(func(id string) string { return byID[id] })
	for i, t := range texts {
		id := fmt.Sprint(i)
		byID[id] = t
		f.Put(id, t)
	}
	var alone []int
	for i, t := range texts {
		if len(f.Find(t, 2)) == 1 {
			alone = append(alone, i)
		}
	}
	var out []Quality
	for strength := 1; strength <= 5; strength++ {
		chance := rand.New(rand.NewPCG(uint64(strength), 8))
		q := Quality{Strength: strength, Asked: len(alone)}
		for _, i := range alone {
			new := Reword(texts[i], strength, words, chance)
			for _, t := range f.Find(new, 5) {
				if t.ID != fmt.Sprint(i) {
					q.Wrong++
					continue
				}
				q.Found++
				if t.Here.End > t.Here.Start && t.There.End > t.There.Start {
					q.Passage++
				}
			}
		}
		q.Recall = float64(q.Found) / float64(q.Asked)
		q.Precision = float64(q.Found) / float64(max(q.Found+q.Wrong, 1))
		q.Passage /= float64(max(q.Found, 1))
		out = append(out, q)
	}
	return out
}
