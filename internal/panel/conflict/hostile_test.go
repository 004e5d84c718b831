package conflict

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kechuang/internal/caldate"
)

// pieces are what CVs and names are made of, and what they are not.
var pieces = []string{"现任", "曾任", "2010年9月至2015年7月", "9999年12月至今", "0000.00—9999.99", "13.2—", "师从", "导师：", "配偶", "持有", "顾问", "东北大学", "沈阳自动化所", "教授", "，", "。", "；", "（", "）", "至今", "\xff\xfe", "\x00", "　", "𠮷", "😀",
	"张伟", "Zhang", "ZHANG,", "Y.", "·", "5%的股份", "有限责任公司", "院", "所", "学院", "of", "University", "'", "\n", "任", "在", "於", "-", ""}

// TestNothingBreaksIt: whatever stands in names, units, CVs, dates and ties, nothing panics, and the answer is the same twice.
func TestNothingBreaksIt(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		words := func(name string, most int) string {
			return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, most).Draw(t, name), "")
		}
		date := func(name string) caldate.Date {
			return rapid.SampledFrom([]caldate.Date{"", "2023", "2023-06", "2024-02-29", "2023-06-30", "9999-12-31", "不详", "2023-06-30T00:00", "-"}).Draw(t, name)
		}
		var w World
		for range 3 {
			w.Orgs = append(w.Orgs, Org{ID: words("org id", 1), Name: words("org", 4), Aliases: []string{words("alias", 3)}, USCC: words("code", 1), Parent: words("parent", 1), LegalRep: words("head", 1), Umbrella: rapid.Bool().Draw(t, "umbrella")})
			w.People = append(w.People, Person{ID: words("id", 2), Name: words("name", 4), Email: words("mail", 1), Posts: []Post{{Org: words("at", 4), From: date("from"), To: date("to")}}, Biography: words("cv", 14), Expert: true, Disclosed: date("disclosed")})
			w.Works = append(w.Works, Work{ID: "w", Title: words("title", 2), Kind: CoAuthor, Date: date("on"), By: []Mention{{Name: words("maker", 3), Org: words("maker's unit", 4)}, {Name: words("maker", 3), ORCID: words("orcid", 1)}}})
			w.Ties = append(w.Ties, Tie{Kind: Shareholding, A: words("a", 2), B: words("b", 2), From: date("since"), To: date("until")})
		}
		w.Partial = rapid.Bool().Draw(t, "partial")
		a := Application{ID: "a", Call: "c", Orgs: []string{words("applicant", 4), words("applicant", 2)}, People: []Mention{{Name: words("applicant's", 3), Org: words("unit", 3)}}, Veto: []string{words("veto", 2)}}
		count := func() (n int) {
			f := New(w, rules, "2026-06-30")
			f.Enter([]Application{a, {ID: "b", Call: "c", People: a.People}})
			for id, found := range f.Check(a) {
				n += len(found) + len(f.Standing(id))
			}
			return n
		}
		if first, again := count(), count(); first != again {
			t.Fatalf("%d findings, then %d", first, again)
		}
	})
}
