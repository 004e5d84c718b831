package index

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"kechuang/internal/match/text"

	"pgregory.net/rapid"
)

var pieces = []string{"金属", "波纹管", "疲劳", "试验", "平台", "国家", "sic", "8寸", "晶圆", "管理", "系统", "研制", "纹管波", "属金"}

// slow is the same index without any art: it looks at every record.
type slow struct {
	values map[string][]string
}

func (x *slow) find(q Query, fields []Field) []string {
	holds := func(value, word string) bool {
		in := map[string]bool{}
		terms(text.Fold(value), func(t string) { in[t] = true })
		for _, t := range Terms(word) {
			if !in[t] {
				return false
			}
		}
		return true
	}
	var out []string
	for id, values := range x.values {
		any := func(word string) bool {
			for f, v := range values {
				if !fields[f].Facet && holds(v, word) {
					return true
				}
			}
			return false
		}
		ok := true
		for _, w := range q.Words {
			ok = ok && any(w)
		}
		for _, w := range q.Not {
			ok = ok && !any(w)
		}
		for f, field := range fields {
			if want, asked := q.Facets[field.Name]; asked {
				ok = ok && text.Fold(values[f]) == text.Fold(want)
			}
		}
		if ok {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}

// TestSameAnswers puts, replaces, deletes and compacts at random; boolean answers are those of looking at every record.
func TestSameAnswers(t *testing.T) {
	fields := []Field{{Name: "title", Weight: 3}, {Name: "text", Weight: 1}, {Name: "kind", Facet: true}}
	rapid.Check(t, func(t *rapid.T) {
		x, plain := New(fields...), &slow{values: map[string][]string{}}
		sentence := rapid.Custom(func(t *rapid.T) string {
			return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 6).Draw(t, "words"), rapid.SampledFrom([]string{"", "，"}).Draw(t, "between"))
		})
		for range rapid.IntRange(1, 60).Draw(t, "acts") {
			id := fmt.Sprint(rapid.IntRange(0, 30).Draw(t, "id"))
			switch rapid.IntRange(0, 9).Draw(t, "act") {
			case 0:
				x.Delete(id)
				delete(plain.values, id)
			case 1:
				x.Compact()
			case 2:
				x.mu.Lock()
				x.pack()
				x.mu.Unlock()
			default:
				v := []string{sentence.Draw(t, "title"), sentence.Draw(t, "text"), rapid.SampledFrom([]string{"平台", "成果"}).Draw(t, "kind")}
				x.Put(id, v)
				plain.values[id] = v
			}
			q := Query{Words: rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 2).Draw(t, "query"), Not: rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 1).Draw(t, "not")}
			if rapid.Bool().Draw(t, "filtered") {
				q.Facets = map[string]string{"kind": "平台"}
			}
			var got []string
			r := x.Search(q, 100)
			for _, h := range r.Hits {
				got = append(got, h.ID)
			}
			slices.Sort(got)
			if want := plain.find(q, fields); !slices.Equal(got, want) || r.Total != len(want) || x.Len() != len(plain.values) {
				t.Fatalf("%+v: found %v (total %d), want %v", q, got, r.Total, want)
			}
		}
	})
}

// TestPruningLosesNothing: the best ten of a ranking are the same as when everything is scored.
func TestPruningLosesNothing(t *testing.T) {
	x, chance := New(Field{Name: "text", Weight: 1}), rand.New(rand.NewPCG(4, 4))
	for i := range 3000 {
		var words []string
		for range 3 + chance.IntN(12) {
			words = append(words, pieces[min(chance.IntN(len(pieces)), chance.IntN(len(pieces)))])
		}
		x.Put(fmt.Sprintf("%05d", i), []string{strings.Join(words, "、")})
		if i == 1500 || i == 2400 {
			x.mu.Lock()
			x.pack()
			x.mu.Unlock()
		}
	}
	for _, like := range []string{"金属波纹管疲劳试验", "8寸SiC晶圆", "管理系统平台", "金属"} {
		all, best := x.Search(Query{Like: like}, 5000).Hits, x.Search(Query{Like: like}, 10).Hits
		for i := range best {
			if math.Abs(best[i].Score-all[i].Score) > 1e-9 { // sums in another order differ in the last digit
				t.Fatalf("%s: place %d is %v, of all it is %v", like, i, best[i], all[i])
			}
		}
	}
}

func TestRankingAndLimits(t *testing.T) {
	x := New(Field{Name: "title", Weight: 3}, Field{Name: "text", Weight: 1})
	x.Put("title", []string{"波纹管", "其他"})
	x.Put("text", []string{"其他", "波纹管"})
	x.Put("none", []string{"无关", "无关"})
	r := x.Search(Query{Words: []string{"波纹"}}, 1)
	if r.Total != 2 || len(r.Hits) != 1 || r.Hits[0].ID != "title" {
		t.Errorf("%+v: the title counts more, and a word of two characters is found inside a longer one", r)
	}
	hidden := x.Search(Query{Words: []string{"波纹"}, Keep: func(id string) bool { return id != "title" }}, 10)
	if hidden.Total != 1 || hidden.Hits[0].ID != "text" {
		t.Errorf("%+v: what may not be seen is not counted", hidden)
	}
	for _, q := range []Query{{}, {Words: []string{""}}, {Words: []string{"没有这个"}}, {Facets: map[string]string{"color": "red"}}, {Like: "，。"}} {
		if r := x.Search(q, 10); r.Total != 0 {
			t.Errorf("%+v found %+v", q, r)
		}
	}
}

// TestStuffingDoesNotWin: a record of all keywords does not beat one that is about the thing.
func TestStuffingDoesNotWin(t *testing.T) {
	x := New(Field{Name: "text", Weight: 1})
	x.Put("honest", []string{"金属波纹管疲劳寿命试验"})
	x.Put("stuffed", []string{strings.Repeat("芯片机器人大数据石墨烯金属波纹管新能源人工智能区块链", 200)})
	for i := range 50 {
		x.Put(fmt.Sprint(i), []string{"别的事情" + string(rune('甲'+i))})
	}
	if r := x.Search(Query{Like: "金属波纹管疲劳寿命"}, 2); r.Hits[0].ID != "honest" {
		t.Errorf("%+v", r.Hits)
	}
}

// TestAskedWhileItChanges searches while records are put, replaced and packed: no answer may hold what never was, and one record
// that is never touched must always be found.
func TestAskedWhileItChanges(t *testing.T) {
	x := New(Field{Name: "text", Weight: 1})
	x.Put("rock", []string{"金属波纹管"})
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := range 3 * freshLimit {
			x.Put(fmt.Sprint(i%5000), []string{pieces[i%len(pieces)] + pieces[i%5]})
			if i%9000 == 0 {
				x.Compact()
			}
		}
	})
	for range 3 {
		wg.Go(func() {
			for range 300 {
				if r := x.Search(Query{Words: []string{"金属波纹管"}}, 6000); !slices.ContainsFunc(r.Hits, func(h Hit) bool { return h.ID == "rock" }) {
					t.Error("the record that nobody touched was not found")
					return
				}
			}
		})
	}
	wg.Wait()
	if x.Len() != 5001 {
		t.Errorf("%d records", x.Len())
	}
}
