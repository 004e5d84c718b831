package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"kechuang/internal/casework"
)

// TestWhoJudgesIsKnownToThoseWhoNeedIt: from every chair that does not bring a panel together, every door that says something of its case or of its
// people is tried while they are invited, at work and done; none names one of them, nor lists the case beside their name. The offices that act for the
// panel and the auditor read them.
func TestWhoJudgesIsKnownToThoseWhoNeedIt(t *testing.T) {
	s := theCity(t)
	chairs := []string{nobody, enterprise, bidder, "jiebang3", "yinhang", "hunnan", "tiexi", "caiwu", "jinrong", "guozi", "faming", "zhuanjia13", "tongji"}
	tried := map[string]bool{}
	for _, item := range get[[]casework.PanelItem](s.as(t, officer), "/api/panels") {
		id, state := item.Case, item.Stage
		p := get[casework.PanelView](s.as(t, officer), "/api/panels/"+id)
		if len(p.Invitations) == 0 || tried[state] {
			continue
		}
		tried[state] = true
		_, body := s.as(t, auditor).send("GET", "/api/cases/"+id, nil)
		if !has(body, p.Invitations[0].Party) {
			t.Errorf("the auditor does not read who judges")
		}
		for _, name := range append(chairs, strings.TrimPrefix(p.Invitations[0].Party, "party_demo")) {
			v := s.as(t, name)
			for _, path := range []string{"", "/thread", "/bundle", "/dossiers", "/marks", "/marks.xlsx", "/alike", "/diagram.svg"} {
				_, body := v.send("GET", "/api/cases/"+id+path, nil)
				namesNobody(t, p, body, name, state+path)
			}
			for _, path := range []string{"/api/hall/" + id, "/api/hall", "/api/desk", "/api/cases?limit=200", "/api/panels", "/api/meeting?case=" + id, "/api/panels/" + id, "/api/splits", "/api/journal/entries"} {
				_, body := v.send("GET", path, nil)
				namesNobody(t, p, body, name, path)
			}
			for _, x := range p.Invitations {
				if x.Party == "party_demo"+name {
					continue
				}
				for _, path := range []string{"/api/search?q=" + url.QueryEscape(x.Name), "/api/parties/" + x.Party + "/links"} {
					if _, body := v.send("GET", path, nil); has(body, id) {
						t.Errorf("%q finds %s beside %s at %s", name, id, x.Name, path)
					}
				}
				if status, body := v.send("GET", "/api/parties/"+x.Party+"/ties", nil); status == http.StatusOK {
					t.Errorf("%q reads the interests of %s: %.100s", name, x.Name, body)
				}
				if _, body := v.send("GET", "/api/records?kind=expert&limit=100", nil); has(body, `"`+x.Party+`"`) {
					t.Errorf("%q reads the files of experts", name)
				}
			}
		}
	}
	if !tried["reviewing"] || !tried["over"] {
		t.Errorf("tried no more than %v", tried)
	}
}

// namesNobody fails where an answer names one of those invited, but the one looking.
func namesNobody(t *testing.T, p casework.PanelView, body []byte, name, where string) {
	t.Helper()
	for _, x := range p.Invitations {
		id := `"` + x.Party + `"`
		if x.Party == "party_demo"+name {
			continue
		}
		if has(body, id) || has(body, x.Name) {
			at := max(strings.Index(string(body), id), strings.Index(string(body), x.Name))
			t.Errorf("%q reads at %s of %s: …%s…", name, where, x.Name, body[max(at-120, 0):min(at+60, len(body))])
			return
		}
	}
}
