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
	Alarm               float64 // share of the asked for which another is found, were its source not there
	Asked, Found, Wrong int
}

// alarms: of so many texts one is also looked for where its source is not.
const alarms = 3

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
		for n, i := range alone {
			new := Reword(texts[i], strength, words, chance)
			if n%alarms == 0 {
				f.Delete(fmt.Sprint(i))
				if len(f.Find(new, 1)) > 0 {
					q.Alarm++
				}
				f.Put(fmt.Sprint(i), texts[i])
			}
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
		q.Alarm /= float64((q.Asked + alarms - 1) / alarms)
		out = append(out, q)
	}
	return out
}
