package web_test

import (
	"slices"
	"testing"

	"kechuang/internal/web"
)

// TestWhoOpens: people are offered to open what their seat lets them open, and offices that may open nothing are told so by their session.
func TestWhoOpens(t *testing.T) {
	s := theCity(t)
	for login, want := range map[string]struct {
		opens       bool
		may, mayNot []string
	}{
		"qiye":     {true, []string{"jiebang", "introduction", "pilot_order", "platform_recognition"}, []string{"disclosure", "talent_evaluation"}},
		"yinhang":  {true, []string{"integrity_lead"}, []string{"jiebang", "pilot_order", "platform_cycle", "tech_contract", "track", "fund"}},
		"jijin":    {true, []string{"fund", "integrity_lead"}, []string{"capital_round", "landing", "first_set"}},
		"faming":   {true, []string{"disclosure", "empowerment", "landing"}, []string{"platform_cycle", "fund", "jiebang"}},
		"jingban":  {false, nil, []string{"jiebang", "bottleneck"}},
		"shenji":   {false, nil, []string{"integrity_lead"}},
		"zhengce1": {false, nil, []string{"integrity_lead"}},
	} {
		who := s.as(t, login)
		if v := get[web.Session](who, "/api/session"); v.Opens != want.opens {
			t.Errorf("%s: the session says opens %v", login, v.Opens)
		}
		var open []string
		for _, m := range get[[]web.MechanismItem](who, "/api/mechanisms") {
			if m.Open {
				open = append(open, m.Name)
			}
		}
		for _, name := range want.may {
			if !slices.Contains(open, name) {
				t.Errorf("%s is not offered %s", login, name)
			}
		}
		for _, name := range want.mayNot {
			if slices.Contains(open, name) {
				t.Errorf("%s is offered %s", login, name)
			}
			if status, body := who.send("POST", "/api/cases", map[string]any{"mechanism": name}, "Idempotency-Key", "opens-test-"+login+"-"+name); status != 403 {
				t.Errorf("%s opens %s: %d %s", login, name, status, body)
			}
		}
	}
}
