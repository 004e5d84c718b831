package twin

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"kechuang/internal/match/judge"

	"pgregory.net/rapid"
)

const (
	first  = "本项目研制金属波纹管疲劳寿命试验平台，要求循环次数不低于一千万次，温度范围零下六十度至三百度，用于航天低温阀门密封。"
	second = "开发面向社区医院的慢性病随访管理软件，支持血压血糖数据自动上传和异常提醒，与市级健康平台对接。"
)

func finder(texts map[string]string) *Finder {
	f := New(func(id string) string { return texts[id] })
	for id, t := range texts {
		f.Put(id, t)
	}
	return f
}

func TestFindsTheSameSaidAgain(t *testing.T) {
	f := finder(map[string]string{"a": first, "b": second, "empty": "", "short": "电池"})
	again := "（2024 年度申报）我单位拟研制金屬波紋管疲勞壽命試驗平臺，要求循环次数不低于 一千万次，温度为零下六十度至三百度。"
	got := f.Find(again, 5)
	if len(got) != 1 || got[0].ID != "a" {
		t.Fatalf("found %+v", got)
	}
	here, there := again[got[0].Here.Start:got[0].Here.End], first[got[0].There.Start:got[0].There.End]
	if !strings.HasPrefix(here, "研制金屬波紋管") || !strings.HasPrefix(there, "研制金属波纹管") || !utf8.ValidString(here) {
		t.Errorf("the passage is %q, there %q", here, there)
	}
	for _, other := range []string{"高纯度溅射靶材的制备与检测方法研究", "", "。。。", "\xff\xfe", "电"} {
		if got := f.Find(other, 5); len(got) != 0 {
			t.Errorf("%q is found as %+v", other, got)
		}
	}
	f.Delete("a")
	if got := f.Find(again, 5); len(got) != 0 {
		t.Errorf("found after it was deleted: %+v", got)
	}
}

func TestLongTexts(t *testing.T) {
	var b strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&b, "第%d条关于%c%c%c的规定；", i, '一'+rune(i%900), '丁'+rune(i*7%3000), '万'+rune(i*13%5000))
	}
	f := finder(map[string]string{"a": first, "long": b.String()})
	got := f.Find(first+b.String()[:9000], 5)
	if len(got) != 2 {
		t.Errorf("a text that holds one whole and a part of another: %+v", got)
	}
	if got := f.Find(second+strings.Repeat("测试", 25_000), 5); len(got) != 0 {
		t.Errorf("found %+v", got)
	}
}

func TestCompareIsFair(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOfN(rapid.RuneFrom([]rune("金属波纹管疲劳寿命，。 ab１２")), 0, 60, -1)
		a, b := s.Draw(t, "a"), s.Draw(t, "b")
		x, y := Compare(a, b), Compare(b, a)
		if x.Share < 0 || x.Share > 1 || x.Share != y.Share {
			t.Fatalf("share %v one way, %v the other", x.Share, y.Share)
		}
		if x.Here.End > len(a) || x.There.End > len(b) || !utf8.ValidString(a[x.Here.Start:x.Here.End]) || !utf8.ValidString(b[x.There.Start:x.There.End]) {
			t.Fatalf("spans %v %v", x.Here, x.There)
		}
		if same := Compare(a, a); len(spell(a).letters) > 1 && same.Share < 0.99 {
			t.Fatalf("%q shares %v with itself", a, same.Share)
		}
	})
}

// TestReworded finds real needs again after they were reworded.
func TestReworded(t *testing.T) {
	dir := filepath.Join("..", "..", "..", "..", "shared", "data", "match")
	r, err := os.Open(filepath.Join(dir, "requirements.tsv"))
	if err != nil {
		t.Skipf("did not run: %v", err)
	}
	defer r.Close()
	needs, err := judge.ReadNeeds(r)
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, n := range needs {
		texts = append(texts, n.Title+"。"+n.Content)
	}
	for i, q := range Measure(texts, Words(texts)) {
		t.Logf("%+v", q)
		if want := []float64{0.99, 0.99, 0.99, 0.95, 0.72}[i]; q.Recall < want || q.Precision < 0.93 || q.Passage < 0.99 || q.Alarm > 0.05 {
			t.Errorf("strength %d: precision %.3f, recall %.3f", q.Strength, q.Precision, q.Recall)
		}
	}
}
