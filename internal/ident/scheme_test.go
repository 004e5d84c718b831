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
