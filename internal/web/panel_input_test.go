package web_test

import (
	"maps"
	"strings"
	"testing"

	"kechuang/internal/casework"
)

// TestBadScores: what an expert types wrongly is refused at the field, with what is wrong in both languages, and the review stays to be given.
func TestBadScores(t *testing.T) {
	s := theCity(t)
	id := s.caseIn(t, "judging.scoring")
	who, record := "", ""
	for _, x := range get[casework.PanelView](s.as(t, officer), "/api/panels/"+id).Invitations {
		for _, r := range get[casework.Reviews](s.as(t, login(x.Party)), "/api/reviews").Now {
			if r.Case == id && r.Kind == "work" {
				who, record = login(x.Party), r.Record
			}
		}
	}
	if who == "" {
		t.Fatal("nobody has anything to review")
	}
	for field, bad := range map[string]map[string]any{
		"opinion.technique": {"technique": -1},
		"opinion.team":      {"team": 999},
		"opinion.delivery":  {"delivery": nil},
		"opinion.economy":   {"economy": "很好"},
		"opinion.comment":   {"comment": "   　 "},
		"opinion.reasons":   {"technique": 40, "team": 20, "delivery": 20, "economy": 20},
	} {
		values := maps.Clone(rubric)
		maps.Copy(values, bad)
		status, body := s.as(t, who).send("POST", "/api/cases/"+id+"/steps/score", map[string]any{"record": record, "values": values}, "Idempotency-Key", "bad-"+field)
		if status != 422 {
			t.Errorf("%v: %d %.300s", bad, status, body)
			continue
		}
		found := false
		for _, r := range problem(t, body).Refusals {
			found = found || strings.HasPrefix(r.Field, field) && r.Text.ZH != "" && r.Text.EN != ""
		}
		if !found {
			t.Errorf("%v is not refused at %s: %.400s", bad, field, body)
		}
	}
	if status, body := s.as(t, who).send("POST", "/api/cases/"+id+"/steps/score", strings.NewReader(`{"record":"`+record+`","values":{"technique":NaN}}`), "Idempotency-Key", "bad-nan"); status != 400 && status != 422 {
		t.Errorf("NaN: %d %.300s", status, body)
	}
	for _, r := range get[casework.Reviews](s.as(t, who), "/api/reviews").Now {
		if r.Record == record {
			return
		}
	}
	t.Error("a refused review is gone")
}
