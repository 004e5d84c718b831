package ident_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kechuang/internal/ident"
)

// TestSchemes: every scheme takes its own example, tidied or not, and refuses what is none.
func TestSchemes(t *testing.T) {
	t.Parallel()
	for _, s := range ident.Schemes {
		if err := s.Check(s.Normal(" " + strings.ToLower(s.Example) + "　")); err != nil {
			t.Errorf("%s: its example is refused: %v", s.Name, err)
		}
		for _, wrong := range []string{"", "无", "123", s.Example + "1", "专" + s.Example} {
			if s.Check(s.Normal(wrong)) == nil {
				t.Errorf("%s takes %q", s.Name, wrong)
			}
		}
	}
}

// TestPatent uses the numbers of domain.md §16.4, which were recomputed from the standard.
func TestPatent(t *testing.T) {
	t.Parallel()
	p, _ := ident.Named("patent_cn")
	for _, good := range []string{"201710601862.3", "ZL201710601862.3", "2017106018623", "95115608.X", "ＺＬ 95115608.x"} {
		if err := p.Check(p.Normal(good)); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}
	for _, bad := range []string{"201710601862.4", "95115608.0", "201750601862.3", "20171060186.3"} {
		if p.Check(p.Normal(bad)) == nil {
			t.Errorf("%s is taken", bad)
		}
	}
}

// TestOneWrongDigitOfAPatent: the check digit finds one wrong digit.
func TestOneWrongDigitOfAPatent(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		body := rapid.StringMatching(`20[0-2][0-9][12389][0-9]{7}`).Draw(t, "body")
		good := ident.PatentWithCheck(body)
		if err := ident.CheckPatent(good); err != nil {
			t.Fatal(err)
		}
		i := rapid.IntRange(5, 11).Draw(t, "place")
		d := byte('0' + rapid.IntRange(0, 9).Draw(t, "digit"))
		if d == good[i] {
			return
		}
		if wrong := good[:i] + string(d) + good[i+1:]; ident.CheckPatent(wrong) == nil {
			t.Fatalf("%s and %s are both taken", good, wrong)
		}
	})
}

// TestOrgCodesAndORCIDs: the organisation code is the inner part of known credit codes (GB 11714), the iDs are ORCID's own examples.
func TestOrgCodesAndORCIDs(t *testing.T) {
	for _, uscc := range []string{"12100000400000624D", "914403001922038216", "91330100799655058B"} {
		n := uscc[8:16] + "-" + uscc[16:17]
		if err := ident.CheckOrgCode(n); err != nil {
			t.Error(err)
		}
	}
	for _, n := range []string{"0000-0002-1825-0097", "0000-0001-5109-3700", "0000-0002-1694-233X"} {
		if err := ident.CheckORCID(n); err != nil {
			t.Error(err)
		}
	}
	for _, n := range []string{"0000-0002-1825-0098", "0000000218250097", "0000-0002-1825-009", "a000-0002-1825-0097"} {
		if ident.CheckORCID(n) == nil {
			t.Errorf("%s is taken for an iD", n)
		}
	}
	for _, n := range []string{"40000062-5", "400000624", "4000006é-4"} {
		if ident.CheckOrgCode(n) == nil {
			t.Errorf("%s is taken for an organisation code", n)
		}
	}
}

// TestResident: the standard's own example, and one wrong place is always found.
func TestResident(t *testing.T) {
	t.Parallel()
	for n, says := range map[string]string{"11010519491231002X": "", "11010519491231002x": "校验码", "11010519491331002X": "日期", "01010519491231002X": "18 位", "1101051949123100": "18 位"} {
		if err := ident.CheckResident(n); (err == nil) != (says == "") || err != nil && !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", n, err)
		}
		if err := ident.CheckResident(n); err != nil && strings.Contains(err.Error(), n) {
			t.Errorf("the refusal tells the number: %v", err)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		i, d := rapid.IntRange(14, 16).Draw(t, "place"), byte('0'+rapid.IntRange(0, 9).Draw(t, "digit"))
		wrong := []byte("11010519491231002X")
		if d == wrong[i] {
			return
		}
		if wrong[i] = d; ident.CheckResident(string(wrong)) == nil {
			t.Fatalf("%s is taken", wrong)
		}
	})
	if got := ident.Hide("11010519491231002X"); got != "110*************2X" {
		t.Error(got)
	}
}
