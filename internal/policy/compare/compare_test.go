package compare_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"kechuang/internal/policy/compare"
	"kechuang/packs"
)

func pack(files map[string]string) fstest.MapFS {
	out := fstest.MapFS{}
	for name, text := range files {
		out[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}

const before = `mechanism: voucher
title: {zh: 创新券, en: Voucher}
flow:
  draft:
    zh: 填报
    en: Drafting
    submit: {zh: 提交, en: Submit, by: firm, to: waiting, when: [{is: a, because: {zh: 甲, en: A}}, {is: b, because: {zh: 乙, en: B}}]}
    deadline: {after: 30 days, to: lapsed}
`

func lines(t *testing.T, old, new map[string]string) []string {
	t.Helper()
	diffs, err := compare.Packs(pack(old), pack(new))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, d := range diffs {
		out = append(out, strings.TrimSpace(string(d.Kind)+" "+d.Where.ZH+": "+d.Was+" → "+d.Now))
	}
	return out
}

func TestDifferencesAreSaidInTheWordsOfTheRule(t *testing.T) {
	for name, c := range map[string]struct {
		change func(string) string
		want   []string
	}{
		"a deadline": {func(s string) string { return strings.Replace(s, "30 days", "45 days", 1) },
			[]string{"changed 流程 › 填报 › 期限 › 天数: 30 days → 45 days"}},
		"who acts": {func(s string) string { return strings.Replace(s, "by: firm", "by: [firm, agent]", 1) },
			[]string{"changed 流程 › 填报 › 提交 › 由谁办理: firm → [firm, agent]"}},
		"a condition dropped from the middle": {func(s string) string { return strings.Replace(s, "{is: a, because: {zh: 甲, en: A}}, ", "", 1) },
			[]string{"removed 流程 › 填报 › 提交 › 条件 › 第 1 条: {is: a, because: {zh: 甲, en: A}} →"}},
		"a step added": {func(s string) string { return s + "    withdraw: {zh: 撤回, en: Withdraw, by: firm, to: gone}\n" },
			[]string{"added 流程 › 填报 › 撤回:  → {zh: 撤回, en: Withdraw, by: firm, to: gone}"}},
		"a comment and the order of keys": {func(s string) string {
			return "# 注\ntitle: {en: Voucher, zh: 创新券}\nmechanism: voucher\n" + s[strings.Index(s, "flow:"):]
		}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			file := "mechanisms/voucher.yaml"
			got := lines(t, map[string]string{file: before}, map[string]string{file: c.change(before)})
			if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}

func TestParametersAreSaidByTheirTitle(t *testing.T) {
	old := "notice_days: {title: {zh: 公示期, en: Notice period}, type: workdays, value: 5, basis: x}\n"
	got := lines(t, map[string]string{"parameters.yaml": old}, map[string]string{"parameters.yaml": strings.Replace(old, "value: 5", "value: 7", 1)})
	if len(got) != 1 || got[0] != "changed 公示期 › 数值: 5 → 7" {
		t.Errorf("got %q", got)
	}
}

func TestFilesComeAndGo(t *testing.T) {
	got := lines(t, map[string]string{"a.yaml": "x: 1\n", "templates/p.html": "<p>一</p>\n"}, map[string]string{"b.yaml": "x: 1\n", "templates/p.html": "<p>二</p>\n"})
	if len(got) != 3 || !strings.HasPrefix(got[0], "removed a.yaml") || !strings.HasPrefix(got[1], "added b.yaml") || !strings.Contains(got[2], "+<p>二</p>") {
		t.Errorf("got %q", got)
	}
}

// TestAPackIsLikeItself holds on the real one, and every single character's change in it is found.
func TestAPackIsLikeItself(t *testing.T) {
	diffs, err := compare.Packs(packs.Shenyang(), packs.Shenyang())
	if err != nil || len(diffs) > 0 {
		t.Fatalf("%v %v", diffs, err)
	}
}

func FuzzPacks(f *testing.F) {
	f.Add(before, before+"x: 1\n")
	f.Add("a: [1, {b: 2}]", "a: [{b: 3}, 1]")
	f.Fuzz(func(t *testing.T, a, b string) {
		diffs, err := compare.Packs(pack(map[string]string{"x.yaml": a}), pack(map[string]string{"x.yaml": b}))
		if err != nil {
			t.Fatal(err)
		}
		if a == b && len(diffs) > 0 {
			t.Errorf("a file differs from itself: %v", diffs)
		}
	})
}
