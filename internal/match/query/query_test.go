package query

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"kechuang/internal/lang"
	"kechuang/internal/match/index"
)

var fields = []Field{{"kind", []string{"类型", "kind"}}, {"level", []string{"级别", "level"}}, {"district", []string{"区", "district"}}}

func TestParse(t *testing.T) {
	for typed, want := range map[string]Parsed{
		`类型:平台 级别:国家 "金属波纹管" 区:浑南`: {Words: []string{"金属波纹管"}, Phrases: []string{"金属波纹管"}, Facets: map[string]string{"kind": "平台", "level": "国家", "district": "浑南"}},
		`類型：平臺　“疲勞 壽命” 試驗 －军工`:     {Words: []string{"疲劳 寿命", "试验"}, Phrases: []string{"疲劳 寿命"}, Not: []string{"军工"}, Facets: map[string]string{"kind": "平台"}},
		`区:"沈北 新区" kind:平台`:        {Facets: map[string]string{"district": "沈北 新区", "kind": "平台"}},
		`-"机密 项目" 靶材`:              {Words: []string{"靶材"}, Not: []string{"机密 项目"}},
		`"没有关上`:                    {Words: []string{"没有关上"}, Phrases: []string{"没有关上"}},
		`类型:`:                      {},
		"  \x00\u200b ":            {},
		`C++ li-ion 99.99%`:        {Words: []string{"c++", "li-ion", "99.99%"}},
	} {
		got := Parse(typed, fields)
		if !slices.Equal(got.Words, want.Words) || !slices.Equal(got.Phrases, want.Phrases) || !slices.Equal(got.Not, want.Not) || !maps.Equal(got.Facets, want.Facets) || len(got.Notes) > 0 {
			t.Errorf("%s: %+v, want %+v", typed, got, want)
		}
	}
}

func TestNotUnderstood(t *testing.T) {
	p := Parse("颜色:红 靶材", fields)
	if !slices.Equal(p.Words, []string{"颜色 红", "靶材"}) || len(p.Notes) != 1 || !strings.Contains(p.Notes[0].In(lang.ZH), "类型") {
		t.Errorf("%+v", p)
	}
	if p := Parse(strings.Repeat("靶材", 25_000), fields); utf8.RuneCountInString(p.Words[0]) != longestQuery || len(p.Notes) != 1 {
		t.Errorf("50 000 characters: %d, notes %v", utf8.RuneCountInString(p.Words[0]), p.Notes)
	}
}

func TestHighlights(t *testing.T) {
	s := "【平臺】金屬波紋管（ＳｉＣ）疲勞試驗"
	var got []string
	for _, h := range Parse("波纹管 sic 波纹 疲劳试验", nil).Highlights(s) {
		got = append(got, s[h.Start:h.End])
	}
	if want := []string{"波紋管", "ＳｉＣ", "疲勞試驗"}; !slices.Equal(got, want) {
		t.Errorf("highlights %q, want %q", got, want)
	}
}

func TestPhraseStandsAsItIs(t *testing.T) {
	p := Parse(`"金属波纹管"`, nil)
	if !p.Holds("用于金屬波紋管") || p.Holds("属波纹管，金属波，波纹管") {
		t.Error("a phrase must stand as it is")
	}
	x := index.New(index.Field{Name: "text", Weight: 1})
	x.Put("a", []string{"用于金屬波紋管"})
	if r := x.Search(p.Index(), 5); r.Total != 1 {
		t.Errorf("%+v", r)
	}
}

func TestSuggest(t *testing.T) {
	s := NewSuggester(map[string]float64{"沈阳鼓风机集团": 5, "沈阳工业大学": 9, "东北大学": 3, "SiC衬底平台": 1})
	for typed, want := range map[string][]string{
		"沈阳": {"沈阳工业大学", "沈阳鼓风机集团"}, "sygfj": {"沈阳鼓风机集团"}, "鼓风": {"沈阳鼓风机集团"}, "SI": {"SiC衬底平台"}, "沈陽工": {"沈阳工业大学"}, "": nil, "无": {},
	} {
		if got := s.Suggest(typed, 5); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
}

func TestWordsThatMeanTheSame(t *testing.T) {
	same := NewSynonyms([][]string{{"锂离子电池", "锂电池"}, {"人工智能", "AI"}, {"增材制造", "3D打印", "三维打印"}, {"alone"}})
	x := index.New(index.Field{Name: "text", Weight: 1})
	for i, s := range []string{"锂离子电池回收", "锂电池回收", "人工智能平台", "铁路rail设备", "3Ｄ打印件", "增材製造工艺"} {
		x.Put(fmt.Sprint(i), []string{s})
	}
	for typed, want := range map[string]string{"锂电池回收": "01", "锂离子电池": "01", `"锂电池"`: "1", "ai": "2", "rail": "3", "三维打印": "45", "锂电池 平台": ""} {
		p := Parse(typed, nil)
		p.Widen(same)
		got := ""
		for _, h := range x.Search(p.Index(), 10).Hits {
			got += h.ID
		}
		if b := []byte(got); true {
			slices.Sort(b)
			got = string(b)
		}
		if got != want {
			t.Errorf("%s finds %q, want %q", typed, got, want)
		}
	}
	p, s := Parse("锂电池回收", nil), "废旧鋰離子電池回收线"
	p.Widen(same)
	if h := p.Highlights(s); len(h) != 1 || s[h[0].Start:h[0].End] != "鋰離子電池回收" {
		t.Errorf("highlights %+v", h)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(`类型:平台 "金属 -x:" “`)
	f.Fuzz(func(t *testing.T, s string) {
		p := Parse(s, fields)
		for _, h := range p.Highlights(s) {
			if h.Start < 0 || h.End > len(s) || h.Start > h.End {
				t.Fatalf("%+v in %q", h, s)
			}
		}
		p.Index()
	})
}

func ExampleParse() {
	p := Parse(`类型:平台 "金属波纹管" -军工`, fields)
	fmt.Println(p.Words, p.Facets["kind"], p.Not)
	// Output: [金属波纹管] 平台 [军工]
}
