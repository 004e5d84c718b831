package web_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"kechuang/internal/casework"
	"kechuang/internal/web"
)

// TestAlike: a need that was said before in other words is shown to who examines it, with the passages that overlap; to the one who posts it,
// and to everybody else, nothing is told.
func TestAlike(t *testing.T) {
	s := theCity(t)
	before := s.caseIn(t, "passed")
	var need map[string]json.RawMessage
	for _, f := range get[casework.View](s.as(t, auditor), "/api/cases/"+before).Forms {
		if f.Form.Name == "need" {
			need = f.Values
		}
	}
	need["title"] = json.RawMessage(`"提升高压大位移波纹管的疲劳寿命"`)
	v := s.as(t, "qiye")
	_, body := v.send("POST", "/api/cases", map[string]string{"mechanism": "jiebang"}, "Idempotency-Key", "alike-test-open")
	var opened casework.Receipt
	if err := json.Unmarshal(body, &opened); err != nil {
		t.Fatalf("%s", body)
	}
	if status, body := v.send("POST", "/api/cases/"+opened.Case+"/steps/submit", map[string]any{"values": need}, "Idempotency-Key", "alike-test-submit"); status != 200 {
		t.Fatalf("%d %s", status, body)
	}
	list := get[[]web.AlikeView](s.as(t, district), "/api/cases/"+opened.Case+"/alike")
	i := slices.IndexFunc(list, func(x web.AlikeView) bool { return x.Case == before })
	if i < 0 {
		t.Fatalf("the need that was said before is not among %+v", list)
	}
	if x := list[i]; !x.Seen || x.Share < 50 || !strings.Contains(x.Here, "波纹管") || !strings.Contains(x.There, "波纹管") {
		t.Errorf("%+v", x)
	}
	if slices.ContainsFunc(list, func(x web.AlikeView) bool { return x.Case == opened.Case }) {
		t.Error("a case is like itself")
	}
	if told := get[[]web.AlikeView](v, "/api/cases/"+opened.Case+"/alike"); len(told) != 0 {
		t.Errorf("the poster is told %+v", told)
	}
	if status, _ := s.as(t, bidder).send("GET", "/api/cases/"+opened.Case+"/alike", nil); status != 404 {
		t.Errorf("somebody without a seat is answered %d", status)
	}
	if status, body := v.send("POST", "/api/cases/"+opened.Case+"/steps/withdraw", map[string]any{"reason": "试"}, "Idempotency-Key", "alike-test-withdraw"); status != 200 {
		t.Errorf("withdrawing: %d %s", status, body)
	}
}
