package policy_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"kechuang/internal/caldate"
	"kechuang/internal/lang"
	"kechuang/internal/policy"
)

// figures of the small pack: of every way.
const figures = `
deals:
  title: {zh: 签约数, en: Deals}
  unit: 项
  means: {zh: 当年签约, en: Deals of the year}
  count: deals
  period: year
  breakdown: {chain: {taxonomy: chains}, mechanism: {title: {zh: 机制, en: Mechanism}}}
  baseline: {value: 4, at: 2023-12-31}
  targets: [{value: 12, at: 2025-12-31, basis: rule}]
  version: "2"
  from: 2025-01-01
  was: [{version: "1", count: deals, where: {chain: [C1]}, late: next}]
  basis: rule
chains_served:
  title: {zh: 涉及产业链, en: Chains}
  unit: 条
  means: {zh: 去重, en: Each once}
  distinct: deals
  by: chain
  period: cumulative
  since: 2024-01-01
  breakdown: {mechanism: {title: {zh: 机制, en: Mechanism}, overlap: {zh: 一条链可用多个机制, en: one chain may use several}}}
  version: "1"
  basis: rule
paid:
  title: {zh: 拨付额, en: Paid}
  unit: 元
  means: {zh: 当年拨付, en: Paid in the year}
  sum: paid
  parts: [paid_again]
  version: "1"
  basis: rule
paid_again:
  title: {zh: 另一口径, en: Paid again}
  unit: 元
  means: {zh: 同上, en: The same}
  sum: paid
  overlaps: {paid: {zh: 同一笔钱, en: the same money}}
  version: "1"
  basis: rule
per_deal:
  title: {zh: 比率, en: Ratio}
  unit: "%"
  means: {zh: 比, en: Ratio}
  ratio: {of: deals, to: chains_served}
  version: "1"
  basis: rule
growth:
  title: {zh: 同比, en: Growth}
  unit: "%"
  means: {zh: 同比, en: Year on year}
  growth: paid
  version: "1"
  basis: rule
`

const reference = `
X1: {title: {zh: 例, en: Example}, figure: deals, unit: 项, value: 4, at: 2024-12-31}
X2: {title: {zh: 例, en: Example}, unit: "%", value: 37.19%, at: 2024-12-31, awaits: {zh: 事项, en: cases}}
`

func withFigures(t testing.TB, text string) fstest.MapFS {
	files := small(t)
	files["figures/all.yaml"] = &fstest.MapFile{Data: []byte(text)}
	files["reference.yaml"] = &fstest.MapFile{Data: []byte(reference)}
	return files
}

func TestFiguresLoad(t *testing.T) {
	t.Parallel()
	p, list := policy.Load(withFigures(t, figures))
	if len(list) > 0 {
		t.Fatal(list)
	}
	f := p.Figures["deals"]
	for day, want := range map[caldate.Date]string{"2024-12-31": "1", "2025-01-01": "2", "2026-01-01": "2"} {
		if got := f.Rule(day).Version; got != want {
			t.Errorf("on %s version %s is in force, want %s", day, got, want)
		}
	}
	if f.Breakdown[0].Title.ZH != "产业链" || f.Targets[0].Value != 12 || f.Rules[0].Where["chain"][0] != "C1" {
		t.Errorf("deals: %+v", f)
	}
	if len(p.Reference) != 2 || p.Reference[1].Value != 371_900 {
		t.Errorf("reference: %+v", p.Reference)
	}
}

// TestFiguresAreChecked breaks the figures in one place each and looks for the finding.
func TestFiguresAreChecked(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, old, new, code, says string }{
		{"two ways", "  count: deals\n  period", "  count: deals\n  sum: paid\n  period", "one_way", "一种算法"},
		{"no way", "  count: deals\n  period", "  period", "one_way", "一种算法"},
		{"unknown fact", "  count: deals\n  period", "  count: dael\n  period", "unknown_fact", "deals"},
		{"unknown figure", "growth: paid\n", "growth: piad\n", "unknown_figure", "paid"},
		{"unknown taxonomy", "{taxonomy: chains}", "{taxonomy: chians}", "unknown_taxonomy", "chains"},
		{"a dimension nobody records", "breakdown: {chain: {taxonomy: chains}", "breakdown: {district: {title: {zh: 区, en: District}}, chain: {taxonomy: chains}", "missing_dim", "mechanisms/aid.yaml:225"},
		{"a filter nobody records", "where: {chain: [C1]}", "where: {level: [national]}", "missing_dim", "level"},
		{"sum of what is no money", "sum: paid\n  parts", "sum: deals\n  parts", "unit", "单位"},
		{"a count in yuan", "unit: 项\n  means: {zh: 当年签约", "unit: 元\n  means: {zh: 当年签约", "unit", "加总金额"},
		{"distinct by nothing", "  by: chain\n", "", "distinct_by", "by"},
		{"by without distinct", "  sum: paid\n  parts", "  sum: paid\n  by: chain\n  parts", "distinct_by", "by"},
		{"an overlap not said", ", overlap: {zh: 一条链可用多个机制, en: one chain may use several}", "", "distinct_overlap", "apart"},
		{"parts that overlap", "parts: [paid_again]", "parts: [paid_again, growth]", "added_unlike", "growth"},
		{"adding what overlaps", "growth: paid\n", "total: [paid, paid_again]\n", "added_overlap", "同一笔钱"},
		{"a growth of itself", "growth: paid\n", "growth: growth\n", "figure_cycle", "自己"},
		{"a growth not in percent", "unit: \"%\"\n  means: {zh: 同比", "unit: 元\n  means: {zh: 同比", "unit", "%"},
		{"since in the middle of a month", "since: 2024-01-01", "since: 2024-01-15", "since", "1 日"},
		{"since of a year's figure", "period: year\n", "period: year\n  since: 2024-01-01\n", "since", "累计"},
		{"unknown period", "period: year\n", "period: yearly\n", "unknown_period", "year"},
		{"unknown way with what is late", "late: next", "late: never", "unknown_late", "restate"},
		{"a version without its day", "  from: 2025-01-01\n", "", "versions", "from"},
		{"two versions of one name", `{version: "1", count`, `{version: "2", count`, "versions", "版本号"},
		{"a target in the past", "at: 2025-12-31, basis: rule}]", "at: 2023-06-30, basis: rule}]", "target_past", "2023-12-31"},
		{"two targets of one day", "targets: [", "targets: [{value: 1, at: 2025-12-31}, ", "target_order", "先后"},
		{"a bad value", "value: 12,", "value: 十二,", "bad_value", "整数"},
		{"unknown document", "basis: rule}]", "basis: rulle}]", "unknown_basis", "rule"},
		{"no definition in words", "  means: {zh: 当年签约, en: Deals of the year}\n", "", "missing_key", "means"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if !strings.Contains(figures, c.old) {
				t.Fatalf("no %q", c.old)
			}
			_, list := policy.Load(withFigures(t, strings.Replace(figures, c.old, c.new, 1)))
			if !says(list, c.code, c.says) {
				t.Errorf("no finding %s with “%s” in:\n%s", c.code, c.says, list)
			}
			for _, f := range list {
				if f.Message.ZH == "" || f.Message.EN == "" || f.Line < 1 || f.Col < 1 {
					t.Errorf("an incomplete finding: %s", f.In(lang.EN))
				}
			}
		})
	}
}

func TestReferenceIsChecked(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ old, new, code string }{
		{"figure: deals, unit: 项", "figure: dales, unit: 项", "unknown_figure"},
		{"figure: deals, unit: 项", "figure: deals, unit: 家", "unit"},
		{", awaits: {zh: 事项, en: cases}", "", "reference"},
	} {
		files := withFigures(t, figures)
		files["reference.yaml"] = &fstest.MapFile{Data: []byte(strings.Replace(reference, c.old, c.new, 1))}
		if _, list := policy.Load(files); !says(list, c.code, "") {
			t.Errorf("%s: %s", c.code, list)
		}
	}
}
