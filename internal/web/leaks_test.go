package web_test

import (
	"net/url"
	"strings"
	"testing"

	"kechuang/internal/casework"
)

// TestNobodyLearnsWhoReviews knocks, while experts are at work, at everything that could tell who they are: the case's own doors, lists, counts, search,
// exports, the log, and the experts' pages. Whoever is not of the case's offices learns neither from the case who judges it, nor from a person what
// they judge.
func TestNobodyLearnsWhoReviews(t *testing.T) {
	s := theCity(t)
	id := s.caseIn(t, "judging.scoring")
	panel := get[casework.PanelView](s.as(t, officer), "/api/panels/"+id)
	if len(panel.Invitations) < 3 || panel.Given > 0 || !panel.Sealed {
		t.Fatalf("no panel at work: %+v", panel.PanelItem)
	}
	ofCase := []string{"/api/cases/" + id, "/api/hall/" + id, "/api/cases/" + id + "/thread", "/api/cases/" + id + "/bundle", "/api/cases/" + id + "/marks", "/api/cases/" + id + "/marks.xlsx",
		"/api/cases/" + id + "/alike", "/api/cases/" + id + "/dossiers", "/api/panels", "/api/panels/" + id, "/api/meeting?case=" + id, "/api/desk", "/api/cases", "/api/overview",
		"/api/portfolio/candidates?mechanism=jiebang", "/api/search?q=" + url.QueryEscape(panel.Title), "/api/journal/entries", "/api/splits"}
	ofPerson := func(x casework.PanelInvited) []string {
		return []string{"/api/parties/" + x.Party, "/api/parties/" + x.Party + "/links", "/api/parties/" + x.Party + "/history", "/api/parties/" + x.Party + "/ties",
			"/api/search?q=" + url.QueryEscape(x.Name), "/api/parties?q=" + url.QueryEscape(x.Name)}
	}
	judges := map[string]bool{}
	for _, x := range panel.Invitations {
		judges[strings.TrimPrefix(x.Party, "party_demo")] = true
	}
	others := []string{nobody, enterprise, bidder, "jiebang2", "yasuoji", "zhuanhua", "shangwu", "faming"}
	for n := range 14 {
		if login := "zhuanjia" + string([]byte("123456789")[n%9]); n < 9 && !judges[login] {
			others = append(others, login)
			break
		}
	}
	seen := 0
	for _, name := range others {
		v := s.as(t, name)
		for _, path := range ofCase {
			status, body := v.send("GET", path, nil)
			if status == 200 {
				seen++
			}
			for _, x := range panel.Invitations {
				if has(body, x.Party) || has(body, x.Name) {
					at := strings.Index(string(body), x.Name)
					t.Errorf("%q reads of %s in %s: …%s…", name, x.Name, path, body[max(0, at-600):min(len(body), at+200)])
				}
			}
		}
		for _, x := range panel.Invitations {
			for _, path := range ofPerson(x) {
				if _, body := v.send("GET", path, nil); has(body, id) || has(body, panel.Title) {
					t.Errorf("%q reads in %s what %s reviews", name, path, x.Name)
				}
			}
		}
	}
	if seen < 40 {
		t.Errorf("only %d of the doors opened: the test knocks at nothing", seen)
	}
	// One of the panel does not learn who else is on it.
	for _, x := range panel.Invitations {
		_, body := s.as(t, strings.TrimPrefix(x.Party, "party_demo")).send("GET", "/api/cases/"+id, nil)
		for _, y := range panel.Invitations {
			if y.Party != x.Party && (has(body, y.Party) || has(body, y.Name)) {
				t.Errorf("%s reads that %s is on the panel", x.Name, y.Name)
			}
		}
	}
}
