package prove_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"kechuang/internal/policy"
	"kechuang/internal/policy/play"
	"kechuang/internal/policy/prove"
)

// TestWhatIsAcceptedNeverGoesWrong makes up small mechanisms, right and wrong ones. What the proofs accept is played: no case of it
// may get stuck, pay before its notice, or strand money. What they refuse tells nothing here; the corpus is for that.
func TestWhatIsAcceptedNeverGoesWrong(t *testing.T) {
	base := baseFiles(t)
	made, accepted, paid, refused, ended := 0, 0, 0, map[string]int{}, map[bool]int{}
	endless := 0
	rapid.Check(t, func(rt *rapid.T) {
		for range 12 {
			source := invent(rt)
			made++
			pack, why := accept(base, source)
			if why != "" {
				refused[why]++
				continue
			}
			accepted++
			m := pack.Mechanisms[0]
			for seed := range uint64(6) {
				r, err := play.Random(play.NewInterpreter(), play.DefaultStage(pack, m), seed)
				var f *play.Failure
				if errors.As(err, &f) && f.Rule == "endless" {
					endless++ // a player who never feels like the way out; that there always is one is proved
					continue
				}
				if errors.As(err, &f) {
					rt.Fatalf("accepted, and yet %s: %s\n%v\n%s", f.Rule, f.Detail, f.Report.Trail, source)
				}
				if err != nil {
					rt.Fatalf("%v\n%s", err, source)
				}
				ended[m.Case.State(r.End).Good]++
			}
			if strings.Contains(source, "{pay: ") {
				paid++
			}
			return
		}
	})
	t.Logf("%d made up, %d accepted, %d of them with payments; refused by %v; cases ended well: %v", made, accepted, paid, refused, ended)
	if endless*50 > accepted {
		t.Errorf("%d cases of %d mechanisms went on for ever", endless, accepted)
	}
	if !testing.Short() && (accepted < 20 || paid < 2 || ended[true] < 20) {
		t.Errorf("only %d accepted and %d paid: the test tests little", accepted, paid)
	}
}

func baseFiles(t *testing.T) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{}
	err := fs.WalkDir(os.DirFS("testdata/base"), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join("testdata/base", name))
		out[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func accept(base fstest.MapFS, source string) (*policy.Pack, string) {
	files := fstest.MapFS{"mechanisms/made.yaml": &fstest.MapFile{Data: []byte(source)}}
	for name, f := range base {
		files[name] = f
	}
	pack, typed := policy.Load(files)
	if len(typed) > 0 {
		return nil, "typed: " + typed[0].Code
	}
	for _, v := range prove.Prove(pack, pack.Mechanisms[0]) {
		if !v.OK {
			return nil, v.Proof
		}
	}
	return pack, ""
}

// inventor writes one mechanism; it declares what it used.
type inventor struct {
	*rapid.T
	n       int // states
	fund    string
	seats   []string
	ends    []string
	notice  int // the state that is a notice, 0 for none
	opinion bool
	part    bool
}

func (v *inventor) one(what string, of ...string) string {
	return rapid.SampledFrom(of).Draw(v.T, what)
}

func (v *inventor) chance(what string, percent int) bool {
	return rapid.IntRange(0, 99).Draw(v.T, what) < percent
}

func (v *inventor) seat() string {
	s := v.one("seat", "applicant", "officer", "leader", "finance")
	if !slices.Contains(v.seats, s) {
		v.seats = append(v.seats, s)
	}
	return s
}

// target is a state or an end, mostly further on.
func (v *inventor) target(from int) string {
	switch {
	case v.chance("to an end", 30):
		e := v.one("end", "good", "bad", "bad", "gone")
		if !slices.Contains(v.ends, e) {
			v.ends = append(v.ends, e)
		}
		return e
	case v.chance("back", 20):
		return fmt.Sprintf("s%d", rapid.IntRange(0, from).Draw(v.T, "state"))
	}
	return fmt.Sprintf("s%d", min(v.n-1, from+rapid.IntRange(1, 2).Draw(v.T, "ahead")))
}

// money is a few effects on the one pot.
func (v *inventor) money(percent int) string {
	const show = "{freeze: {content: [need]}}" // wherever it leads, a notice has something to show
	if !v.chance("effects", percent) {
		return ", do: [" + show + "]"
	}
	hold := "{hold: {fund: " + v.fund + ", pot: grant, amount: param.start}}"
	return ", do: [" + show + ", " + v.one("what", hold, hold+", {pay: {pot: grant, to: applicant}}", hold+", {release: grant}", "{release: grant}", "{release: grant}",
		"{pay: {pot: grant, to: applicant}}", "{pay: {pot: grant, to: applicant, amount: param.start}}",
		"{release: grant}, {claim: {pot: grant, from: applicant}}", "{collect: {pot: grant, from: applicant}}", "{forgive: {pot: grant, from: applicant}}") + "]"
}

// last is the effects of a state's main step: in the last state often the payment that all this is for.
func (v *inventor) last(i int) string {
	if i < v.n-1 || v.chance("no payment", 30) {
		return v.money(40)
	}
	return ", do: [{freeze: {content: [need]}}, {hold: {fund: " + v.fund + ", pot: grant, amount: param.start}}, {pay: {pot: grant, to: applicant}}]"
}

func (v *inventor) guard() string {
	if !v.chance("guard", 25) {
		return ""
	}
	is := v.one("condition", "need.urgent", "need.total >= param.floor", "need.total < param.cap", "pot.held('grant') > money('0元')",
		"pot.held('grant') == money('0元')", "pot.owed('grant') == money('0元')", "need.kind == '整机'")
	return `, when: [{is: "` + is + `", because: {zh: 不行, en: No}, basis: rule}]`
}

func (v *inventor) to(from int) string {
	if !v.chance("branches", 20) {
		return v.target(from)
	}
	a, b := v.target(from), v.target(from)
	is := v.one("split", "need.urgent", "need.total >= param.floor", "need.kind == '整机'")
	second := v.one("second", "else: "+b, "else: "+b, `when: "!(`+is+`)", state: `+b, `when: need.total <= param.floor, state: `+b)
	return `[{when: "` + is + `", state: ` + a + `}, {` + second + `}]`
}

func (v *inventor) deadline(i int) string {
	switch {
	case v.chance("moves", 40):
		return fmt.Sprintf("    deadline: {after: 10 days, to: %s%s}\n", v.target(i), v.money(15))
	case v.chance("none", 3):
		return ""
	}
	if !slices.Contains(v.seats, "leader") {
		v.seats = append(v.seats, "leader")
	}
	return "    deadline: {after: param.work_days, escalate: leader}\n"
}

func (v *inventor) state(i int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "  s%d:\n    zh: 状态%d\n    en: State %d\n", i, i, i)
	if i > 0 && i == v.notice {
		if !slices.Contains(v.seats, "leader") {
			v.seats = append(v.seats, "leader")
		}
		fmt.Fprintf(&b, "    use: notice\n    with: {days: param.notice_days, ruler: leader}\n    exits: {stands: %s, upheld: %s, dropped: %s}\n",
			v.ahead(i), v.target(i), v.target(i))
		return b.String()
	}
	if i == 0 {
		fmt.Fprintf(&b, "    submit: {zh: 提交, en: Submit, by: applicant, fill: need, to: %s%s}\n", v.ahead(0), v.money(20))
	} else {
		fmt.Fprintf(&b, "    go%d: {zh: 推进, en: Go on, by: %s, to: %s%s%s}\n", i, v.seat(), v.ahead(i), v.guard(), v.last(i))
	}
	for k := range rapid.IntRange(0, 2).Draw(v.T, "more steps") {
		if i == 0 { // need is not filled yet
			fmt.Fprintf(&b, "    quit%d: {zh: 放弃, en: Quit, by: applicant, to: %s}\n", k, v.end("gone"))
			break
		}
		fill := ""
		if v.chance("opinion", 20) {
			fill, v.opinion = ", fill: opinion", true
		}
		fmt.Fprintf(&b, "    step%d_%d: {zh: 办理, en: Act, by: %s, to: %s%s%s%s}\n", i, k, v.seat(), v.to(i), fill, v.guard(), v.money(35))
	}
	if i == 0 {
		return b.String() + "    deadline: {after: 30 days, to: " + v.end("gone") + "}\n"
	}
	return b.String() + v.deadline(i)
}

// ahead is the next state, or the good end after the last.
func (v *inventor) ahead(i int) string {
	if i+1 < v.n {
		return fmt.Sprintf("s%d", i+1)
	}
	return v.end("good")
}

func (v *inventor) end(name string) string {
	if !slices.Contains(v.ends, name) {
		v.ends = append(v.ends, name)
	}
	return name
}

func invent(t *rapid.T) string {
	v := &inventor{T: t, n: rapid.IntRange(2, 5).Draw(t, "states"), seats: []string{"applicant"}}
	v.fund = v.one("fund", "quick", "quick", "own", "public")
	if v.chance("notice", 50) {
		v.notice = rapid.IntRange(1, v.n-1).Draw(t, "which")
	}
	var flow strings.Builder
	for i := range v.n {
		flow.WriteString(v.state(i))
	}
	part := ""
	if v.part = v.chance("part", 30); v.part {
		window := func() string {
			return fmt.Sprintf("[s%d]", rapid.IntRange(1, v.n-1).Draw(t, "window"))
		}
		part = "parts:\n  notes:\n    zh: 报告\n    en: Notes\n    seats: {writer: {zh: 报告人, en: Writer, party: any}}\n    starts: {by: writer, while: " + window() + ", limit: 1}\n    on_close: shut\n    flow:\n" +
			"      writing:\n        zh: 填写\n        en: Writing\n        send: {zh: 报送, en: Send, by: writer, while: " + window() + ", to: sent}\n" +
			"      sent:\n        zh: 已报送\n        en: Sent\n        settle: {zh: 核定, en: Settle, by: " + v.seat() + ", while: " + window() + ", to: done" + v.money(70) + "}\n" +
			"    ends:\n      done: {zh: 已核定, en: Done}\n      shut: {zh: 终止, en: Shut}\n"
	}
	seats := map[string]string{"applicant": "{zh: 申请人, en: Applicant, party: enterprise}", "officer": "{zh: 经办人, en: Officer, office: bureau}",
		"leader": "{zh: 领导, en: Leader, office: leaders}", "finance": "{zh: 财务, en: Finance, office: finance}"}
	var b strings.Builder
	b.WriteString("mechanism: made\nversion: \"1\"\ntitle: {zh: 随机, en: Made up}\npurpose: {zh: 供检验, en: To be checked}\nbasis: [rule]\nabout: need.title\nopener: applicant\nseats:\n")
	for _, s := range v.seats {
		fmt.Fprintf(&b, "  %s: %s\n", s, seats[s])
	}
	b.WriteString("forms:\n  need:\n    zh: 申请表\n    en: Application\n    fields:\n      title: {zh: 名称, en: Title, type: text, max: 80}\n      total: {zh: 总投入, en: Total, type: money}\n" +
		"      urgent: {zh: 加急, en: Urgent, type: flag}\n      kind: {zh: 类别, en: Kind, type: choice, choices: {整机: {zh: 整机, en: Machine}, 部件: {zh: 部件, en: Part}}}\n")
	if v.opinion {
		b.WriteString("  opinion:\n    zh: 意见\n    en: Opinion\n    fields:\n      note: {zh: 意见, en: Note, type: text, max: 80}\n")
	}
	b.WriteString(part + "flow:\n" + flow.String() + "ends:\n")
	for _, e := range v.ends {
		good := ""
		if e == "good" {
			good = ", good: true"
		}
		fmt.Fprintf(&b, "  %s: {zh: 终点%s, en: The end %s%s}\n", e, e, e, good)
	}
	if v.chance("rule", 30) && v.notice > 0 && strings.Contains(flow.String()+part, "{pay: ") {
		b.WriteString("rules:\n  - before: [stands, pay]\n")
	}
	return b.String()
}
