package web_test

import (
	"encoding/json"
	"strings"
	"testing"

	"kechuang/internal/web"
)

// TestMatch enters two achievements and asks with a need: the one that answers it comes first and says why, and a field that is not
// public is neither shown nor looked at.
func TestMatch(t *testing.T) {
	s := theCity(t)
	keeper := s.as(t, "dengji")
	for _, v := range []map[string]any{
		{"title": "金属波纹管疲劳寿命试验装置", "form": "发明专利", "summary": "用于低温阀门波纹管的循环试验", "ownership": "玄武岩纤维共有"},
		{"title": "停车场车牌识别管理系统", "form": "软件著作权"},
	} {
		if status, body := keeper.send("POST", "/api/records", map[string]any{"kind": "achievement", "values": v}); status != 201 {
			t.Fatalf("%d %s", status, body)
		}
	}
	ask := func(title, text string) (a web.MatchAnswer) {
		status, body := s.as(t, "qiye").send("POST", "/api/match", map[string]any{"title": title, "text": text})
		if err := json.Unmarshal(body, &a); status != 200 || err != nil {
			t.Fatalf("%d %s", status, body)
		}
		return a
	}
	a := ask("低温阀门金属波纹管疲劳试验", "现有产品循环 5000 次即开裂，要求寿命达到 10 万次。")
	if len(a.Matches) == 0 || !strings.Contains(a.Matches[0].Title, "波纹管") || len(a.Matches[0].Shares) == 0 || a.Path == "" {
		t.Errorf("%+v", a)
	}
	for _, m := range ask("玄武岩纤维", "玄武岩纤维共有").Matches {
		if strings.Contains(m.Title, "波纹管") {
			t.Errorf("found by a field that is not public: %+v", m)
		}
	}
	if a := ask("降本", ""); len(a.Advice) == 0 {
		t.Error("a vague need is not told what to add")
	}
}
