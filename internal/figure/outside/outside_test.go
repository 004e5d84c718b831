package outside

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kechuang/internal/refusal"
)

func sample() *Series {
	return &Series{Name: "s", Columns: Columns{"area", "year", "item", "value", "unit"}, Nation: "全国", Totals: map[string][]string{"all": {"a", "b"}},
		Nations: []string{"all"}, Growths: map[string]string{"growth": "all"}}
}

func table(t *testing.T, s *Series, rows string) *Table {
	t.Helper()
	var out Table
	if err := s.Read(&out, "x.tsv", strings.NewReader("area\tyear\titem\tvalue\tunit\n"+rows)); err != nil {
		t.Fatal(err)
	}
	return &out
}

const good = "辽 宁\t2020\ta\t1.2\n辽宁\t2020\tb\t2.3\n辽宁\t2020\tall\t3.5\n全   国\t2020\tall\t3.5\n"

func TestIdentitiesHoldWithinRounding(t *testing.T) {
	s := sample()
	r := s.Check(table(t, s, good+"辽宁\t2021\ta\t1.25\n辽宁\t2021\tb\t2.31\n辽宁\t2021\tall\t3.6\n全国\t2021\tall\t3.6\n辽宁\t2021\tgrowth\t2.9\n"))
	if r.Held != 5 || len(r.Findings) != 0 {
		t.Errorf("%+v", r)
	}
}

func TestWhatFails(t *testing.T) {
	for _, c := range []struct {
		name, rows string
		verdict    Verdict
		identity   string
		says       string
	}{
		{"an error that stands alone", "辽宁\t2021\ta\t1\n辽宁\t2021\tb\t2\n辽宁\t2021\tall\t30\n全国\t2021\tall\t30\n", Error, "total", "差错"},
		{"given twice", "辽宁\t2020\ta\t9.9\n", Twice, "twice", "两次"},
		{"no areas", "全国\t2021\tall\t30\n", Missing, "nation", "分地区"},
		{"a printed growth", "辽宁\t2021\ta\t1\n辽宁\t2021\tb\t2\n辽宁\t2021\tall\t3\n全国\t2021\tall\t3\n辽宁\t2021\tgrowth\t14.3\n", Error, "growth", "差错"},
	} {
		s := sample()
		r := s.Check(table(t, s, good+c.rows))
		if len(r.Findings) != 1 || r.Findings[0].Verdict != c.verdict || r.Findings[0].Identity != c.identity || !strings.Contains(r.Findings[0].Text.ZH, c.says) || len(r.Findings[0].Cells) == 0 {
			t.Errorf("%s: %+v", c.name, r.Findings)
		}
	}
	if r := sample().Check(table(t, sample(), good+"辽宁\t2021\ta\t600000\n辽宁\t2021\tb\t400000\n辽宁\t2021\tall\t1000007\n全国\t2021\tall\t1000007\n")); len(r.Findings) != 1 || r.Findings[0].Verdict != Rounding {
		t.Errorf("rounded elsewhere: %+v", r.Findings)
	}
	s := sample() // the nation counts every year what no area does
	rows := ""
	for _, y := range []string{"2018", "2019", "2020", "2021"} {
		rows += "辽宁\t" + y + "\tall\t3\n全国\t" + y + "\tall\t5\n"
	}
	r := s.Check(table(t, s, rows))
	if len(r.Findings) != 4 || r.Findings[3].Verdict != Definition {
		t.Errorf("a definition: %+v", r.Findings)
	}
}

// TestTheWrongCellIsNamed: a total and the nation are off by the same, so the cell that both share is wrong.
func TestTheWrongCellIsNamed(t *testing.T) {
	s := sample()
	r := s.Check(table(t, s, good+"辽宁\t2021\ta\t1\n辽宁\t2021\tb\t2\n辽宁\t2021\tall\t13\n全国\t2021\tall\t3\n"))
	if len(r.Findings) != 2 || !strings.Contains(r.Findings[0].Text.ZH, "辽宁 all 2021 = 13") {
		t.Errorf("%+v", r.Findings)
	}
}

func TestNumbers(t *testing.T) {
	for in, want := range map[string]Number{"1,637,219.2": {16372192000, 1}, "-0.5": {-5000, 1}, "4203989.2999999998": {42039893000, 1}, "12": {120000, 0}} {
		if got, ok := ParseNumber(in); !ok || got != want {
			t.Errorf("%s: %+v, want %+v", in, got, want)
		}
	}
	for _, in := range []string{"", "-", "…", "1.2.3", "abc", "=1+1"} {
		if _, ok := ParseNumber(in); ok {
			t.Errorf("%q is a number", in)
		}
	}
}

func TestBadTables(t *testing.T) {
	s := sample()
	for id, c := range map[string][2]string{"outside.column": {"x.csv", "area,year,item\n"}, "outside.kind": {"x.pdf", ""}, "outside.empty": {"x.csv", ""}, "outside.year": {"x.csv", "area,year,item,value\n辽宁,二〇二〇,a,1\n"}, "outside.workbook": {"x.xlsx", "no"}} {
		if err := s.Read(&Table{}, c[0], strings.NewReader(c[1])); !refusal.Is(err, id) {
			t.Errorf("%s: %v", id, err)
		}
	}
}

// TestRealTables checks the yearbook's R&D spending (source: China Statistical Yearbook on Science and Technology, tidied by the techme
// project): almost every identity holds, and no area is read under two names.
func TestRealTables(t *testing.T) {
	const name = "../../../../shared/data/figures/tech-yearbook__part01-over__03-spend-inner__01-activity.tsv"
	f, err := os.Open(name)
	if err != nil {
		t.Skip("the real tables are not here: ", filepath.Base(name))
	}
	defer f.Close()
	s := &Series{Columns: Columns{"province", "year", "variables", "value", "units"}, Nation: "全国",
		Totals: map[string][]string{"v4_zh_nbzc_hj": {"v4_zh_nbzc_jcyj", "v4_zh_nbzc_yyyj", "v4_zh_nbzc_syfz"}}, Nations: []string{"v4_zh_nbzc_hj", "v4_zh_nbzc_jcyj"}}
	var tab Table
	if err := s.Read(&tab, name, f); err != nil {
		t.Fatal(err)
	}
	areas := map[string]bool{}
	for p := range tab.cells {
		areas[p.area] = true
	}
	r := s.Check(&tab)
	t.Logf("%d cells, %d areas, %d identities hold, %d fail", r.Cells, len(areas), r.Held, len(r.Findings))
	if len(areas) != 32 || r.Held < 400 {
		t.Errorf("%d areas, %d identities hold", len(areas), r.Held)
	}
}
