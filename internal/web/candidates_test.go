package web_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/xuri/excelize/v2"

	"kechuang/internal/casework"
	"kechuang/internal/portfolio"
	"kechuang/internal/web"
)

// TestCandidates: what is funded is taken from cases, cut to what each office runs; sealed bids and sealed scores are not in it.
func TestCandidates(t *testing.T) {
	s := theCity(t)
	all := get[casework.Candidates](s.as(t, officer), "/api/portfolio/candidates?mechanism=jiebang")
	fields := map[string]bool{}
	for _, f := range all.Fields {
		fields[f.Part+" "+f.Path] = true
	}
	if !fields[" need.fiscal"] || !fields["bids bid.price"] || !fields[" need.chain"] {
		t.Errorf("fields %v", fields)
	}
	open, scoring, ranked := s.caseIn(t, "open"), s.caseIn(t, "judging.scoring"), s.caseIn(t, "ranked")
	scored := 0
	for _, r := range all.Rows {
		if r.Case == open && r.Part == "bids" {
			t.Error("a sealed bid is a candidate")
		}
		if r.Case == scoring && r.Score != nil {
			t.Error("sealed opinions give a score")
		}
		if r.Case == ranked && r.Part == "bids" {
			if scored++; r.Score == nil || r.Spread == nil || r.Opinions != 3 || r.Unit == "" || len(r.Values["bid.price"]) == 0 {
				t.Errorf("a ranked bid: %+v", r)
			}
		}
	}
	if scored != 2 {
		t.Errorf("%d bids of the ranked case", scored)
	}
	for _, name := range []string{"caiwu", "zhuanhua", "jinrong"} { // offices that run none, or other, cases
		for _, r := range get[casework.Candidates](s.as(t, name), "/api/portfolio/candidates?mechanism=jiebang").Rows {
			if name != "caiwu" {
				t.Errorf("%s sees %s", name, r.Title)
			}
		}
	}
}

// TestMemo: the workbook is of the plan that was worked out, and of no other.
func TestMemo(t *testing.T) {
	s := theCity(t)
	q := json.RawMessage(`{"aims":[{"id":"merit","name":{"zh":"评分"},"weight":1}],"candidates":[
		{"id":"a","name":"甲","lots":[{"costs":[{"year":2026,"source":"市","fen":100}],"scores":{"merit":{"value":3}}}]},
		{"id":"b","name":"=乙","lots":[{"costs":[{"year":2026,"source":"市","fen":100}],"scores":{"merit":{"value":5}}}]}],
		"budgets":[{"id":"y","name":{"zh":"2026 年"},"years":[2026],"limit":150}]}`)
	v := s.as(t, officer)
	status, body := v.send("POST", "/api/portfolio", map[string]any{"question": q, "reasons": true, "costs": true})
	var memo web.PortfolioMemo
	if err := json.Unmarshal(body, &memo); status != 200 || err != nil || memo.Plan == nil {
		t.Fatalf("%d %v %s", status, err, body)
	}
	ask := map[string]any{"question": q, "plan": memo.Plan, "reasons": memo.Reasons, "costs": memo.Costs, "proof": memo.Proof, "last": []portfolio.Award{{Candidate: "a", Lot: 1}}}
	status, body = v.send("POST", "/api/portfolio/memo.xlsx", ask)
	if status != 200 {
		t.Fatalf("%d %s", status, body)
	}
	f, err := excelize.OpenReader(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if list := f.GetSheetList(); len(list) != 5 {
		t.Errorf("sheets %v", list)
	}
	read, err := portfolio.ReadMemo(body)
	if err != nil {
		t.Fatal(err)
	}
	if v, err := read.Verify(); err != nil || v.Value != 5 || v.Steps == 0 {
		t.Errorf("the workbook, checked by a machine: %+v %v", v, err)
	}
	rows, err := f.GetRows("项目")
	if err != nil || len(rows) != 3 || rows[2][1] != "=乙" || rows[2][2] != "入选" || rows[1][2] != "不入选" || rows[1][6] == "" {
		t.Errorf("%v %v", rows, err)
	}
	memo.Plan.Chosen[0].Candidate = "a"
	ask["plan"] = memo.Plan
	if status, _ := v.send("POST", "/api/portfolio/memo.xlsx", ask); status != 422 {
		t.Errorf("another choice under the same digest: %d", status)
	}
}
