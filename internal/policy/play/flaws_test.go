package play_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"kechuang/internal/policy"
	"kechuang/internal/policy/play"
)

// TestRandomFindsFlaws: a player that found nothing would prove nothing. Each flaw is put into the small mechanism, which is still
// typed, and the player must come upon it.
func TestRandomFindsFlaws(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, old, new, rule string }{
		{"money stranded", "say: true, to: spared, do: [{release: grant}]", "say: true, to: spared", "settled"},
		{"a debt forgotten", "by: leader, say: true, to: spared, do: [{forgive: {pot: grant, from: winner}}]", "by: leader, say: true, to: spared", "settled"},
		{"paid before the notice", "by: leader, to: notice, do:", "by: leader, to: signing, do:", "notice"},
		{"nobody can go on", "    deadline: {after: param.wait, escalate: leader}\n  open:", "  open:", "stuck"},
		{"a branch that nothing takes", "        - {else: judging}", "        - {when: \"offers.count('handed') > 2\", state: judging}", "clock"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			files := fstest.MapFS{}
			for _, f := range []string{"pack.yaml", "basis.yaml", "parameters.yaml", "funds.yaml", "offices.yaml", "facts.yaml", "calendar/2025.yaml", "taxonomies/chains.yaml", "blocks/notice.yaml", "mechanisms/aid.yaml"} {
				data, err := os.ReadFile("../testdata/small/" + f)
				if err != nil {
					t.Fatal(err)
				}
				files[f] = &fstest.MapFile{Data: data}
			}
			text := string(files["mechanisms/aid.yaml"].Data)
			if c.rule == "stuck" { // the district's seat is nobody's, so that only the reminder was left
				text = strings.Replace(text, "by: district, to: open", "by: experts, to: open", 1)
				text = strings.Replace(text, "by: district, say: true, to: draft", "by: experts, say: true, to: draft", 1)
			}
			changed := strings.Replace(text, c.old, c.new, 1)
			if changed == text {
				t.Fatalf("%q is not there", c.old)
			}
			files["mechanisms/aid.yaml"] = &fstest.MapFile{Data: []byte(changed)}
			p, list := policy.Load(files)
			if len(list) > 0 {
				t.Fatal(list)
			}
			for seed := range uint64(600) {
				_, err := play.Random(play.NewInterpreter(), play.DefaultStage(p, p.Mechanisms[0]), seed)
				if f, ok := errors.AsType[*play.Failure](err); ok {
					if f.Rule != c.rule || len(f.Report.Trail) == 0 {
						t.Errorf("found %v", err)
					}
					return
				}
			}
			t.Errorf("600 cases found nothing")
		})
	}
}

// TestReplay: a seed is a whole case; it is played the same way again.
func TestReplay(t *testing.T) {
	t.Parallel()
	p, list := policy.Load(os.DirFS("../testdata/small"))
	if len(list) > 0 {
		t.Fatal(list)
	}
	for seed := range uint64(30) {
		var first string
		for range 2 {
			r, err := play.Random(play.NewInterpreter(), play.DefaultStage(p, p.Mechanisms[0]), seed)
			if err != nil {
				t.Fatal(err)
			}
			if got := fmt.Sprint(r); first == "" {
				first = got
			} else if got != first {
				t.Fatalf("seed %d is played\n%s\nand then\n%s", seed, first, got)
			}
		}
	}
}

// TestScenarioSaysWhereItFails: a scenario that does not go as it was written names its line and what is so instead.
func TestScenarioSaysWhereItFails(t *testing.T) {
	t.Parallel()
	p, list := policy.Load(os.DirFS("../testdata/small"))
	if len(list) > 0 {
		t.Fatal(list)
	}
	head := "-- world --\nopener: 甲厂\nparties: {甲厂: {kind: enterprise, region: \"210112\"}, 乙所: {kind: institute}}\n-- forms --\nask: {total: 100万元, own: 50万元}\n-- 一 --\n"
	for _, c := range []struct{ lines, says string }{
		{"asker submit → open", "it stands in submitted and not in open"},
		{"asker submit ask{own: 1元} → submitted", "不足总额"},
		{"asker submit ✗ 不行", "it was done"},
		{"asker submit ask{own: 1元} ✗ 不在本市", "refused, but not with"},
		{"asker submit offer{own: 1元} → submitted", "fills the form ask"},
		{"asker fly → submitted", "不能办理这一步"},
		{"officer submit → submitted", "由申请方办理"},
		{"asker", "is not"},
		{"asker submit ask{own: → submitted", "brace"},
		{"乙所 offers.hand_in → handed", "现在不能发起"},
		{"乙所 bids.hand_in → handed", "no parts"},
		{"officer offers#3.hand_in → handed", "no part offers#3"},
		{"clock +90 days → draft", "stands in withdrawn"},
		{"clock soon", "neither"},
		{"money fund.city -1元", "is 0元 and not -1元"},
		{"money grant 1元", "none of"},
		{"facts deals 1", "is 0 and not 1"},
		{"facts dealz 1", "no fact"},
		{"parts offers handed 1", "0 stand in handed"},
		{"seat asker 乙所", "held by"},
		{"state open", "stands in draft"},
	} {
		f, err := play.Parse("x.txtar", []byte(head+"# a comment\n"+c.lines+"\n"), p, "aid")
		if err != nil {
			t.Fatal(err)
		}
		r := play.Run(f, func() play.World { return play.NewInterpreter() })
		if len(r) != 1 || r[0].Err == nil || r[0].Line != 8 || !strings.Contains(r[0].String(), c.says) {
			t.Errorf("%s: got %v, want “%s” on line 8", c.lines, r, c.says)
		}
	}
	for text, says := range map[string]string{"-- world --\ntoday: soon\n": "不是日期", "-- world --\nparties: {甲: {colour: red}}\n": "colour", "-- world --\nfunds: {city: much}\n": "不是金额", "-- world --\nweather: fine\n": "weather", "-- forms --\n[\n": "yaml"} {
		if _, err := play.Parse("x.txtar", []byte(text), p, "aid"); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: got %v, want %s", text, err, says)
		}
	}
	if _, err := play.Parse("x.txtar", nil, p, "none"); err == nil {
		t.Error("a mechanism that is not there")
	}
}

// One scenario is played on the interpreter.
func Example() {
	pack, _ := policy.Load(os.DirFS("../testdata/small"))
	file, err := play.Parse("whole.txtar", []byte(`Nobody makes an offer.
-- world --
opener: 甲厂
parties:
  甲厂: {kind: enterprise, region: "210112"}
-- 无人报价 --
asker submit ask{total: 100万元, own: 10万元} ✗ 第六条
asker submit ask{total: 100万元, own: 20万元} → submitted
district receive → open
clock +10 days → withdrawn
money fund.city unchanged
asker submit ✗ 本事项已结束
`), pack, "aid")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range play.Run(file, func() play.World { return play.NewInterpreter() }) {
		fmt.Println(r)
	}
	// Output: whole.txtar: 无人报价: ok
}

func BenchmarkRandom(b *testing.B) {
	p, list := policy.Load(os.DirFS("../testdata/small"))
	if len(list) > 0 {
		b.Fatal(list)
	}
	seed := uint64(0)
	for b.Loop() {
		seed++
		if _, err := play.Random(play.NewInterpreter(), play.DefaultStage(p, p.Mechanisms[0]), seed); err != nil {
			b.Fatal(err)
		}
	}
}
