package policy_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"kechuang/internal/policy"
)

// TestVeil lays a veil over the offers of the small pack, and then does to the pack what would let somebody see or need to see through it.
func TestVeil(t *testing.T) {
	t.Parallel()
	const file = "mechanisms/aid.yaml"
	const judging = "  judging:\n    zh: 评审\n    en: Judging\n"
	for _, c := range []struct{ name, veil, old, new, code, says string }{
		{"sound", "{from: [judging], until: [notice]}", "", "", "", ""},
		{"a state that is none", "{from: [judging], until: [notic]}", "", "", "unknown_state", "notic"},
		{"from nowhere", "{until: [notice]}", "", "", "missing_key", "from"},
		{"begins where it ends", "{from: [judging, notice], until: [notice]}", "", "", "veil_both", "notice"},
		{"never lifts for who signs", "{from: [judging]}", "", "", "veil", "要办理“签约”"},
		{"a notice of what is hidden", "{from: [judging], until: [signing]}", "", "", "veil_notice", "公示了"},
		{"the offerer may still act", "{from: [judging], until: [notice]}", "by: offerer, while: [open], to: withdrawn", "by: offerer, while: [open, decided], to: withdrawn", "veil", "报价方要办理“撤回”"},
		{"the winner may give up", "{from: [judging], until: [notice]}", "    zh: 待审定\n    en: Decided\n", "    zh: 待审定\n    en: Decided\n    give_up: {zh: 放弃, en: Give up, by: winner, to: withdrawn}\n", "veil", "要办理“放弃”"},
		{"a condition tells the asker", "{from: [judging], until: [notice]}", judging, judging + "    ask_on: {zh: 催办, en: Hurry, by: asker, to: judging, when: [{is: offers.any('best'), because: {zh: 还没有入选, en: None yet}, basis: rule}]}\n", "veil", "会从“催办”的条件或说明看到 offers"},
		{"words tell the asker", "{from: [judging], until: [notice]}", judging, judging + "    ask_on: {zh: 催办, en: Hurry, by: asker, to: judging, tells: {zh: \"入选 {offers.count('best')} 件\", en: \"{offers.count('best')}\"}}\n", "veil", "看到 offers"},
		{"the asker may hurry", "{from: [judging], until: [notice]}", judging, judging + "    ask_on: {zh: 催办, en: Hurry, by: asker, to: judging}\n", "", ""},
		{"the winner is told", "{from: [judging], until: [notice]}", "best: best, others: lost, seat: winner, from: offerer}}]", "best: best, others: lost, seat: winner, from: offerer}}, {notify: {seats: [winner], zh: 您入选了, en: You won}}]", "veil", "会收到通知"},
		{"the asker is told of the count", "{from: [judging], until: [notice]}", "best: best, others: lost, seat: winner, from: offerer}}]", "best: best, others: lost, seat: winner, from: offerer}}, {notify: {seats: [asker], zh: \"{offers.count('lost')} 件落选\", en: \"{offers.count('lost')} lost\"}}]", "veil", "会收到通知"},
		{"the asker is told that it is done", "{from: [judging], until: [notice]}", "best: best, others: lost, seat: winner, from: offerer}}]", "best: best, others: lost, seat: winner, from: offerer}}, {notify: {seats: [asker], zh: 已排序, en: Ranked}}]", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			files := small(t)
			text := string(files[file].Data)
			for _, change := range [][2]string{{"    reveal: [{form: offer,", "    veiled: " + c.veil + "\n    reveal: [{form: offer,"}, {c.old, c.new}} {
				if !strings.Contains(text, change[0]) {
					t.Fatalf("%q is not in %s", change[0], file)
				}
				text = strings.Replace(text, change[0], change[1], 1)
			}
			files[file] = &fstest.MapFile{Data: []byte(text)}
			pack, list := policy.Load(files)
			if c.code == "" {
				if len(list) > 0 {
					t.Fatal(list)
				}
				m := pack.Mechanism("aid")
				if under := m.Veiled(m.Part("offers")); !slices.Equal(under, []string{"judging", "decided"}) {
					t.Errorf("the veil can lie in %v", under)
				}
			} else if !says(list, c.code, c.says) {
				t.Errorf("no finding %s with “%s” in:\n%s", c.code, c.says, list)
			}
		})
	}
}
