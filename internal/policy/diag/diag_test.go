package diag_test

import (
	"fmt"
	"testing"

	"kechuang/internal/lang"
	"kechuang/internal/policy/diag"
)

func ExampleList() {
	var list diag.List
	list.Add(diag.Finding{File: "mechanisms/jiebang.yaml", Line: 71, Col: 5, Proof: "conserved", Code: "held_at_end",
		Message: lang.T("启动资金可能无人结清", "the start money may be left unsettled"),
		Hint:    lang.T("在 stop 加 do: [release: grant]", "add do: [release: grant] to stop"),
		Path:    []string{"draft", "─submit→", "submitted"}})
	list.Add(diag.Finding{File: "basis.yaml", Line: 2, Col: 1, Proof: "typed", Code: "unknown_key", Message: lang.T("不认识“isuer”", "unknown key")})
	list.Sort()
	fmt.Println(list)
	// Output:
	// basis.yaml:2:1  typed  不认识“isuer”
	// mechanisms/jiebang.yaml:71:5  conserved  启动资金可能无人结清
	//   可达路径: draft ─submit→ submitted
	//   修改建议: 在 stop 加 do: [release: grant]
}

func TestNearest(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ word, want string }{
		{"isuer", "issuer"}, {"poter", "poster"}, {"psoter", "poster"}, {"完全不同的词", ""}, {"zzz", ""}, {"推存单位", "推荐单位"},
	} {
		if got := diag.Nearest(c.word, []string{"issuer", "poster", "district", "推荐单位"}); got != c.want {
			t.Errorf("Nearest(%q) = %q, want %q", c.word, got, c.want)
		}
	}
}

func TestSortDropsRepeats(t *testing.T) {
	t.Parallel()
	f := diag.Finding{File: "a", Line: 1, Col: 1, Proof: "typed", Code: "x", Message: lang.T("甲", "a")}
	l := diag.List{f, {File: "a", Line: 1, Col: 0}, f}
	l.Sort()
	if len(l) != 2 || l[0].Col != 0 {
		t.Fatalf("got %v", l)
	}
	if l.Err() == nil || (diag.List{}).Err() != nil {
		t.Error("Err is nil exactly for an empty list")
	}
}
