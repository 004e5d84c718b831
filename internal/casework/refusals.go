package casework

import (
	"strings"

	"kechuang/internal/caldate"
	"kechuang/internal/lang"
	"kechuang/internal/policy"
	"kechuang/internal/refusal"
)

// stale is the answer to the loser of a race: who did what meanwhile, and where the record stands now.
func (d *docket) stale(n *namer, s *sight, r *policy.Record) error {
	state := d.state(r).Title
	zh, en := "您打开页面之后，事项已有变化", "The case has changed since you opened the page"
	for i := len(d.steps) - 1; i >= 0; i-- {
		st := d.steps[i]
		if st.record != r.ID {
			continue
		}
		who, title := n.who(s, d, st), d.stepTitle(st)
		at := st.at.In(caldate.Shanghai).Format("2006-01-02 15:04")
		zh = who.ZH + "已于 " + at + " 办理“" + title.ZH + "”"
		en = who.EN + " did “" + title.EN + "” at " + at
		break
	}
	return refusal.New(refusal.Conflict, "casework.stale", lang.T(zh+"，现处于“"+state.ZH+"”", en+"; it is now "+state.EN)).
		Mend(lang.T("请刷新页面后再决定；您填写的内容已保留为草稿", "Reload and decide anew; what you typed is kept as a draft"))
}

// closed says that the step does not begin where the record stands.
func (d *docket) closed(r *policy.Record, step string) error {
	st := d.state(r)
	title := d.titleOfStep(d.machine(r), r.State, step)
	if st.End {
		return refusal.New(refusal.Closed, "casework.ended",
			lang.T("本事项已结束（"+st.Title.ZH+"），不能再办理“"+title.ZH+"”", "This has ended ("+st.Title.EN+"); “"+title.EN+"” cannot be done any more"))
	}
	return refusal.New(refusal.Closed, "casework.closed",
		lang.T("现处于“"+st.Title.ZH+"”，不能办理“"+title.ZH+"”", "It is “"+st.Title.EN+"” now; “"+title.EN+"” cannot be done here")).
		Mend(lang.T("请刷新页面查看现在可以办理的事", "Reload the page to see what can be done now"))
}

// notYours names the seats that may do the step.
func (d *docket) notYours(r *policy.Record, step *policy.Step) error {
	var zh, en []string
	for _, by := range step.By {
		if seat, _ := d.seatOf(r, by); seat != nil {
			zh, en = append(zh, seat.Title.ZH), append(en, seat.Title.EN)
		}
	}
	return refusal.New(refusal.Forbidden, "casework.not_yours",
		lang.T("“"+step.Title.ZH+"”由"+strings.Join(zh, "、")+"办理", "“"+step.Title.EN+"” is done by "+strings.Join(en, ", ")))
}

// stepTitle is the title of a step that was done.
func (d *docket) stepTitle(s stepRow) lang.Text {
	if t, ok := ownSteps[s.step]; ok {
		return t
	}
	if r := d.byID[s.record]; r != nil {
		return d.titleOfStep(d.machine(r.Record), s.from, s.step)
	}
	return lang.T(s.step, s.step)
}

// ownSteps are what the system calls what no mechanism writes.
var ownSteps = map[string]lang.Text{policy.ClockStep: lang.T("到期处理", "Deadline"), openStep: lang.T("发起", "Opened")}

// stepTitleIn is the title of a step that was done in some case of a mechanism, found by the state that it left: another part may have
// a step of the same name.
func stepTitleIn(m *policy.Mechanism, s stepRow) lang.Text {
	if t, ok := ownSteps[s.step]; ok {
		return t
	}
	some := lang.T(s.step, s.step)
	for _, machine := range append([]*policy.Machine{m.Case}, m.Parts...) {
		for _, st := range machine.States {
			step := st.Step(s.step)
			if step != nil && st.Name == s.from {
				return step.Title
			}
			if step != nil && some.ZH == s.step {
				some = step.Title
			}
		}
	}
	return some
}

// titleOfStep finds a step's title, in its state first: another state may have a step of the same name and another title.
func (d *docket) titleOfStep(m *policy.Machine, state, step string) lang.Text {
	if st := m.State(state); st != nil {
		if sp := st.Step(step); sp != nil {
			return sp.Title
		}
	}
	for _, st := range m.States {
		if sp := st.Step(step); sp != nil {
			return sp.Title
		}
	}
	return lang.T(step, step)
}
