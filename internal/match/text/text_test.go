package text

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"高純度（≥ 99.99 ％）８寸ＳｉＣ襯底":   "高纯度(≥ 99.99 %)8寸sic衬底",
		"Al₂O₃ ㎡ １２３":             "al2o3 m2 123",
		"高\u200b纯\u00ad度\x00\x07": "高纯度",
		"  多   个\t空\r\n格　 ":       "多 个 空 格",
		"坏\xff字节":                 "坏 字节",
		"":                        "",
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestFoldTwiceIsFoldOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		once := Fold(s)
		if twice := Fold(once); twice != once {
			t.Fatalf("%q folds to %q, that to %q", s, once, twice)
		}
		folded, origins := FoldWithOrigins(s)
		if folded != once || len(origins) != len(folded)+1 || !slices.IsSorted(origins) || int(origins[len(folded)]) != len(s) {
			t.Fatalf("%q: %q with origins %v", s, folded, origins)
		}
	})
}

func TestWords(t *testing.T) {
	var l Lexicon
	for _, w := range []string{"高纯度", "衬底", "金属", "波纹管", "金属波纹管", "打印"} {
		l.Add(w, 3)
	}
	for in, want := range map[string]string{
		"高純度８寸SiC襯底":               "高纯度 8in sic 衬底",
		"8 英寸与 8 inch":             "8in 与 8in",
		"纯度≥ 99.99 %":              "纯 度 99.99%",
		"LiNi0.8Co0.1Mn0.1O2 3D打印": "lini0.8co0.1mn0.1o2 3d 打印",
		"金属波纹管":                    "金属波纹管",
		"1,200吨/年 C++ 5G":          "1200t 年 c++ 5g",
		"12毫米":                     "12mm",
	} {
		if got := strings.Join(l.Words(Fold(in)), " "); got != want {
			t.Errorf("words of %q: %q, want %q", in, got, want)
		}
	}
}

// TestWordsKeepEveryCharacter: cutting loses and invents nothing.
func TestWordsKeepEveryCharacter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var l Lexicon
		for _, w := range rapid.SliceOfN(rapid.StringOfN(rapid.RuneFrom([]rune("金属波纹管寿命")), 2, 4, -1), 0, 8).Draw(t, "lexicon") {
			l.Add(w, 1)
		}
		run := rapid.StringOfN(rapid.RuneFrom([]rune("金属波纹管寿命疲劳")), 1, 40, -1).Draw(t, "run")
		if got := strings.Join(l.Words(run), ""); got != run {
			t.Fatalf("%q was cut to %q", run, got)
		}
	})
}

func TestDiscover(t *testing.T) {
	var texts []string
	for i := range 12 {
		texts = append(texts, fmt.Sprintf("%c研制金属波纹管%c产品，%c采用波纹管%c结构", '甲'+rune(i), '东'+rune(i), '上'+rune(i), '大'+rune(i)))
	}
	for i := range 120 { // other things are said as well
		texts = append(texts, string([]rune{'一' + rune(7*i), '丁' + rune(11*i), '丈' + rune(13*i), '不' + rune(17*i), '且' + rune(19*i), '丘' + rune(23*i)}))
	}
	var words []string
	for _, term := range Discover(texts, 5) {
		words = append(words, term.Word)
		if n := utf8.RuneCountInString(term.Word); n < 2 || n > 6 {
			t.Errorf("%q has %d characters", term.Word, n)
		}
	}
	if !slices.Contains(words, "波纹管") || slices.Contains(words, "纹管") {
		t.Errorf("found %v: 波纹管 should be among them, 纹管 should not", words)
	}
}

func TestInitials(t *testing.T) {
	for in, want := range map[string]string{"沈阳鼓风机": "sygfj", "哈尔滨": "heb", "3d打印a": "3ddya", "厦门": "xm", "": ""} {
		if got := Initials(in); got != want {
			t.Errorf("Initials(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzRuns(f *testing.F) {
	f.Add("≥ 99.99 %的8寸SiC，3D-打印/5G 1,2.3.4-")
	f.Fuzz(func(t *testing.T, s string) {
		folded, last := Fold(s), 0
		Runs(folded, func(r Run) {
			if r.Start < last || r.End <= r.Start || r.End > len(folded) || r.Text == "" {
				t.Fatalf("%q: run %+v after %d", folded, r, last)
			}
			last = r.End
		})
	})
}

func ExampleLexicon_Words() {
	var l Lexicon
	l.Add("高纯度", 5)
	l.Add("衬底", 5)
	fmt.Println(l.Words(Fold("高純度（≥ 99.99 %）８寸SiC襯底")))
	// Output: [高纯度 99.99% 8in sic 衬底]
}
