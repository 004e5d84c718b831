package trial_test

import (
	"io/fs"
	"strings"
	"testing"

	"kechuang/internal/policy/trial"
	"kechuang/internal/refusal"
	"kechuang/packs"
)

func file(t *testing.T, name string) string {
	t.Helper()
	b, err := fs.ReadFile(packs.Shenyang(), name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// swap is a file of the reference pack with one text in the place of another, which must be there.
func swap(t *testing.T, name string, pairs ...string) trial.Edit {
	t.Helper()
	text := file(t, name)
	for i := 0; i < len(pairs); i += 2 {
		if !strings.Contains(text, pairs[i]) {
			t.Fatalf("%s does not hold %q", name, pairs[i])
		}
		text = strings.Replace(text, pairs[i], pairs[i+1], 1)
	}
	return trial.Edit{File: name, Text: text}
}

func try(t *testing.T, edits ...trial.Edit) *trial.Trial {
	t.Helper()
	edited, _, err := trial.Apply(packs.Shenyang(), edits)
	if err != nil {
		t.Fatal(err)
	}
	out, err := trial.Try(packs.Shenyang(), edited)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

const jiebang = "mechanisms/jiebang.yaml"

func TestASoundEditMayComeInForce(t *testing.T) {
	got := try(t, swap(t, jiebang, `version: "2024.1"`, `version: "2024.2"`, "每项指标都要能够测量", "每项指标都必须能够测量"))
	if !got.OK() {
		t.Fatalf("findings %v, failed %v, stale %v", got.Findings, got.Failed, got.Stale)
	}
	if len(got.Mechanisms) != 1 || got.Mechanisms[0].Name != "jiebang" || got.Played == 0 {
		t.Errorf("an edit of one mechanism proves and plays that one: %v, %d stories", got.Mechanisms, got.Played)
	}
	if len(got.Differences) != 2 || !strings.Contains(got.Differences[1].Was, "都要能够") || !strings.Contains(got.Differences[1].Where.ZH, "需求指标") {
		t.Errorf("differences: %+v", got.Differences)
	}
}

func TestWhatIsWrongIsSaid(t *testing.T) {
	for name, c := range map[string]struct {
		edit trial.Edit
		look func(*trial.Trial) bool
	}{
		"not typed": {swap(t, jiebang, "opener:  poster", "opener:  nobody"), func(x *trial.Trial) bool { return len(x.Findings) > 0 && len(x.Mechanisms) == 0 }},
		"a proof breaks": {swap(t, jiebang, `version: "2024.1"`, `version: "2024.2"`, "    deadline:  {after: param.district_days, escalate: officer}\n", ""), func(x *trial.Trial) bool {
			return len(x.Mechanisms) == 1 && !x.Mechanisms[0].OK
		}},
		"the old version": {swap(t, jiebang, "zh: 推荐单位,", "zh: 推荐部门,"), func(x *trial.Trial) bool { return len(x.Stale) == 1 && x.Stale[0].Version == "2024.1" }},
		"nothing changed": {trial.Edit{File: jiebang, Text: "# 只加一行注\n" + file(t, jiebang)}, func(x *trial.Trial) bool { return len(x.Differences) == 0 }},
		"not YAML":        {trial.Edit{File: jiebang, Text: "flow: [\n"}, func(x *trial.Trial) bool { return len(x.Findings) > 0 }},
		"dropped":         {trial.Edit{File: "blocks/notice.yaml", Drop: true}, func(x *trial.Trial) bool { return len(x.Findings) > 0 }},
	} {
		t.Run(name, func(t *testing.T) {
			if got := try(t, c.edit); got.OK() || !c.look(got) {
				t.Errorf("OK %v, findings %d, mechanisms %+v, stale %v, differences %d", got.OK(), len(got.Findings), got.Mechanisms, got.Stale, len(got.Differences))
			}
		})
	}
}

// TestAStoryThatNoLongerHolds: a parameter changes a rule's outcome, and the story that knew it says so.
func TestAStoryThatNoLongerHolds(t *testing.T) {
	got := try(t, swap(t, "pack.yaml", `version: "2024.1"`, `version: "2024.2"`), swap(t, "parameters.yaml", "value: 300万元", "value: 100万元"))
	if len(got.Findings) > 0 || len(got.Failed) == 0 || got.OK() {
		t.Errorf("findings %v, failed %d", got.Findings, len(got.Failed))
	}
}

func TestHostileFilesAreRefused(t *testing.T) {
	for _, name := range []string{"../etc/passwd.yaml", "/pack.yaml", "mechanisms/a/b/c.yaml", "run.sh", "", "mechanisms/../pack.yaml"} {
		_, _, err := trial.Apply(packs.Shenyang(), []trial.Edit{{File: name, Text: "x"}})
		if !refusal.Is(err, "trial.file") {
			t.Errorf("%q: %v", name, err)
		}
	}
	if _, _, err := trial.Apply(packs.Shenyang(), []trial.Edit{{File: "a.yaml", Text: strings.Repeat("x", 5<<20)}}); !refusal.Is(err, "trial.file") {
		t.Errorf("a file of 5 MB: %v", err)
	}
}

func TestTheSamePackHasTheSameBytes(t *testing.T) {
	_, a, err := trial.Apply(packs.Shenyang(), nil)
	if err != nil {
		t.Fatal(err)
	}
	_, b, err := trial.Apply(packs.Shenyang(), []trial.Edit{{File: jiebang, Text: file(t, jiebang)}})
	if err != nil || string(a) != string(b) {
		t.Errorf("%v, %d and %d bytes", err, len(a), len(b))
	}
}
