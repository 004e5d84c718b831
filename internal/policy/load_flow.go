package policy

import (
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"kechuang/internal/caldate"
	"kechuang/internal/lang"
)

var stateWords = []string{"zh", "en", "public", "deadline", "use", "with", "exits"}

// state reads one state that is written out: its titles, its deadline and its steps. The state that a block begins with may leave its
// titles to the state that uses the block.
func (ml *mechLoader) state(name string, key, n node, m *Machine) *State {
	t := ml.entries(n)
	var title lang.Text
	if n.env == nil || name != n.env.host || t.has("zh") || t.has("en") {
		title = t.title()
	}
	s := &State{Name: name, Title: title, Public: t.flag("public"), Pos: key.pos()}
	if n.env != nil {
		s.Block = n.env.block
	}
	for _, e := range t.list {
		switch {
		case e.name == "deadline":
			s.Deadline = ml.deadline(e.value, m)
		case slices.Contains(stateWords, e.name):
		default:
			s.Steps = append(s.Steps, ml.step(e, m))
		}
	}
	return s
}

var stepWords = []string{"zh", "en", "tells", "by", "fill", "say", "while", "when", "to", "do"}

func (ml *mechLoader) step(e entry, m *Machine) *Step {
	if e.value.Node == nil || e.value.Kind != yaml.MappingNode {
		ml.problem(e.key, "unknown_key", lang.T("“"+e.name+"”既不是状态的属性，也不是一个步骤", "“"+e.name+"” is neither a word of a state nor a step"), meant(e.name, stateWords))
		return &Step{Name: e.name, Pos: e.key.pos()}
	}
	t := ml.table(e.value, stepWords...)
	s := &Step{Name: e.name, Title: t.title(), Tells: t.both("tells"), Fill: t.text("fill"), Say: t.flag("say"), Pos: e.key.pos()}
	by, ok := t.get("by")
	switch {
	case !ok:
		ml.problem(e.key, "missing_key", lang.T("没有写明由谁做", "it is not said who does it"), lang.T("加 by: 席位", "add by: a seat"))
	case by.Kind == yaml.MappingNode:
		all, _ := ml.table(by, "all").get("all")
		s.By, s.All = ml.names(all), true
	default:
		s.By = ml.names(by)
	}
	for _, w := range ml.itemsOf(t, "while") {
		s.While = append(s.While, ml.caseStateName(w))
	}
	look := sight{at: m, step: s}
	for _, g := range ml.itemsOf(t, "when") {
		s.When = append(s.When, ml.guard(g, look, true))
	}
	if !t.has("to") {
		ml.problem(e.key, "missing_key", lang.T("没有写明去哪个状态", "it is not said which state it leads to"), lang.T("加 to: 状态；不移动的步骤写自己所在的状态", "add to: a state; a step that stays names its own"))
	}
	to, _ := t.get("to")
	s.To = ml.branches(to, m, look)
	do, _ := t.get("do")
	s.Do = ml.effects(do, look)
	if !s.Tells.IsZero() {
		ml.sentence(s.Tells, t.pos("tells"), look, e.value.env, func(c *sentence) { s.tells = c })
	}
	return s
}

func (l *loader) itemsOf(t table, name string) []node {
	n, ok := t.get(name)
	if !ok {
		return nil
	}
	return l.items(n)
}

// caseStateName reads the name of a state of the case; inside a block, of one of the block's own.
func (ml *mechLoader) caseStateName(n node) string {
	s := ml.scalar(n)
	if n.env != nil {
		return n.env.state(s)
	}
	return s
}

// branches reads a state's name or a list of {when, state} and {else}.
func (ml *mechLoader) branches(n node, m *Machine, look sight) []*Branch {
	name := func(n node) string {
		if m == ml.m.Case {
			return ml.caseStateName(n)
		}
		return ml.scalar(n)
	}
	if n.Node == nil {
		return nil
	}
	if n.Kind == yaml.ScalarNode {
		return []*Branch{{State: name(n), Exit: n.exit(), Pos: n.pos()}}
	}
	var out []*Branch
	for _, c := range ml.items(n) {
		t := ml.table(c, "when", "state", "else")
		b := &Branch{Pos: c.pos()}
		if e, ok := t.get("else"); ok {
			b.Else, b.State, b.Exit = true, name(e), e.exit()
		} else {
			w, ok := t.get("when")
			if !ok {
				ml.problem(c, "missing_key", lang.T("分支没有 when 或 else", "the branch has neither when nor else"), lang.Text{})
				continue
			}
			b.When = ml.guard(w, look, false)
			st, ok := t.get("state")
			if !ok {
				ml.problem(c, "missing_key", lang.T("分支没有写去哪个状态", "the branch does not say which state"), lang.T("加 state:", "add state:"))
			}
			b.State, b.Exit = name(st), st.exit()
		}
		out = append(out, b)
	}
	if len(out) == 0 {
		ml.problem(n, "no_branch", lang.T("没有一个分支", "there is no branch"), lang.Text{})
	}
	return out
}

func (ml *mechLoader) deadline(n node, m *Machine) *Deadline {
	t := ml.table(n, "zh", "en", "after", "at", "every", "until", "to", "escalate", "do")
	if t.has("every") {
		return ml.repeating(n, t, m)
	}
	if t.has("until") {
		ml.finding(t.pos("until"), "deadline_when", lang.T("until 只与 every 一起写", "until belongs to every"), lang.Text{})
	}
	d := &Deadline{At: t.text("at"), Escalate: t.text("escalate"), Pos: n.pos()}
	if t.has("after") == t.has("at") {
		ml.problem(n, "deadline_when", lang.T("期限要写 after（多久之后）或 at（到哪一天），且只写一个", "a deadline has exactly one of after and at"), lang.Text{})
	}
	if s := t.text("after"); s != "" {
		if name, ok := strings.CutPrefix(s, "param."); ok {
			d.Param = name
		} else if v, ok := period(s); ok {
			d.After = v
		} else {
			ml.finding(t.pos("after"), "period", lang.T("“"+s+"”不是期间", "“"+s+"” is not a period"),
				lang.T("写成 90 days、15 workdays、6 months、3 years 或 param.名称", "write 90 days, 15 workdays, 6 months, 3 years or param.name"))
			d.After = Days(1)
		}
	}
	if d.Period = d.After; d.Param != "" && ml.pack.Params[d.Param] != nil {
		d.Period = ml.pack.Params[d.Param].Value
	}
	look := sight{at: m, clock: true}
	to, ok := t.get("to")
	if ok {
		d.To = ml.branches(to, m, look)
	}
	if ok == (d.Escalate != "") {
		ml.problem(n, "deadline_then", lang.T("期限要写到期后去哪里(to)或提醒谁(escalate)，且只写一个", "a deadline has exactly one of to and escalate"), lang.Text{})
	}
	do, _ := t.get("do")
	d.Do = ml.effects(do, look)
	return d
}

// repeating reads a deadline that comes again: every so often, and to the end at a date.
func (ml *mechLoader) repeating(n node, t table, m *Machine) *Deadline {
	d := &Deadline{Every: ml.every(t), Until: t.text("until"), Escalate: t.text("escalate"), Pos: n.pos()}
	if t.has("after") || t.has("at") {
		ml.problem(n, "deadline_when", lang.T("every 不与 after、at 一起写", "every stands alone, without after and at"), lang.Text{})
	}
	look := sight{at: m, clock: true}
	to, ok := t.get("to")
	if ok {
		d.To = ml.branches(to, m, look)
	}
	do, _ := t.get("do")
	if d.Do = ml.effects(do, look); ok != (d.Until != "") {
		ml.problem(n, "deadline_until", lang.T("until（到哪一天为止）与 to（然后去哪里）要一起写", "until and to go together: up to which day, and where it leads then"), lang.Text{})
	}
	if len(d.Do) == 0 && d.Escalate == "" {
		ml.problem(n, "deadline_then", lang.T("没有写明每次做什么", "it is not said what happens each time"), lang.T("加 do: 或 escalate:", "add do: or escalate:"))
	}
	return d
}

// every reads "1 year", "6 months", "30 days", "03-31" and param.name (days or months).
func (ml *mechLoader) every(t table) *Every {
	s := t.text("every")
	bad := func() *Every {
		ml.finding(t.pos("every"), "period", lang.T("“"+s+"”不是周期", "“"+s+"” is no period that repeats"), lang.T("写成 1 year、6 months、30 days、每年的日子 03-31 或 param.名称（日数或月数）", "write 1 year, 6 months, 30 days, a day of each year such as 03-31, or param.name (days or months)"))
		return &Every{Days: 1}
	}
	if name, ok := strings.CutPrefix(s, "param."); ok {
		p := ml.pack.Params[name]
		if p == nil {
			ml.unknown(t.pos("every"), "unknown_param", "参数", "parameter", name, keys(ml.pack.Params))
			return &Every{Days: 1}
		}
		if v, ok := p.Value.(Days); ok && v >= 1 && v <= 36500 {
			return &Every{Days: int(v)}
		}
		if v, ok := p.Value.(Months); ok && v >= 1 && v <= 1200 {
			return &Every{Months: int(v)}
		}
		return bad()
	}
	if len(s) == 5 && s[2] == '-' {
		if _, err := caldate.Parse("2001-" + s); err == nil { // every year has it
			return &Every{On: s}
		}
		return bad()
	}
	for unit, months := range map[string]int{"years": 12, "year": 12, "年": 12, "months": 1, "month": 1, "个月": 1} {
		if num, ok := strings.CutSuffix(s, unit); ok {
			if n, err := strconv.Atoi(digits(num)); err == nil && n >= 1 && n <= 100 {
				return &Every{Months: n * months}
			}
		}
	}
	if v, ok := period(s); ok {
		if days, ok := v.(Days); ok {
			return &Every{Days: int(days)}
		}
	}
	return bad()
}

// period reads "90 days", "15 workdays", "6 months", "3 years", "90日", "15个工作日", "6个月", "3年".
func period(s string) (Value, bool) {
	for _, u := range []struct {
		unit   string
		t      Type
		months int64
	}{
		{"workdays", WorkdaysType, 0}, {"workday", WorkdaysType, 0}, {"个工作日", WorkdaysType, 0}, {"工作日", WorkdaysType, 0},
		{"days", DaysType, 0}, {"day", DaysType, 0}, {"日", DaysType, 0}, {"天", DaysType, 0},
		{"months", MonthsType, 1}, {"month", MonthsType, 1}, {"个月", MonthsType, 1},
		{"years", MonthsType, 12}, {"year", MonthsType, 12}, {"年", MonthsType, 12},
	} {
		if num, ok := strings.CutSuffix(s, u.unit); ok {
			n, err := strconv.ParseInt(digits(num), 10, 32)
			if u.months > 0 {
				n *= u.months
			}
			if err != nil || n < 1 || n > 36500 || (u.months > 0 && n > 1200) {
				return nil, false
			}
			return fromInt(u.t, n), true
		}
	}
	return nil, false
}

// part reads one part's machine.
func (ml *mechLoader) part(e entry) {
	name := e.name
	if env := e.value.env; env != nil {
		name = env.part(name)
	}
	if ml.m.Part(name) != nil {
		ml.problem(e.key, "repeated_part", lang.T("部分“"+name+"”有两个", "there are two parts “"+name+"”"), lang.Text{})
		return
	}
	t := ml.table(e.value, "zh", "en", "seats", "of", "starts", "on_close", "offices", "sealed", "veiled", "reveal", "flow", "ends")
	p := &Machine{Name: name, Title: t.title(), Of: t.text("of"), OnClose: t.text("on_close"), Offices: t.flag("offices"), Pos: e.key.pos()}
	if env := e.value.env; env != nil && p.Of != "" {
		p.Of = env.part(p.Of)
	}
	seats, _ := t.get("seats")
	p.Seats = ml.seats(seats)
	for _, s := range ml.itemsOf(t, "sealed") {
		p.Sealed = append(p.Sealed, ml.caseStateName(s))
	}
	if v, ok := t.get("veiled"); ok {
		p.Veil = ml.veil(v)
	}
	if st, ok := t.get("starts"); ok {
		x := ml.table(st, "by", "while", "limit", "despite_bans")
		p.Starts = &Starts{By: x.need("by"), Limit: x.count("limit"), DespiteBans: x.flag("despite_bans"), Pos: st.pos()}
		for _, w := range ml.itemsOf(x, "while") {
			p.Starts.While = append(p.Starts.While, ml.caseStateName(w))
		}
	}
	for _, r := range ml.itemsOf(t, "reveal") {
		x := ml.table(r, "form", "to", "when", "without")
		rv := Reveal{Form: x.need("form"), To: partPath(e.value.env, x.need("to")), Without: x.names("without")}
		for _, w := range ml.itemsOf(x, "when") {
			rv.When = append(rv.When, ml.caseStateName(w))
		}
		p.Reveal = append(p.Reveal, rv)
		ml.pending = append(ml.pending, func() { ml.checkReveal(p, rv, r.pos()) })
	}
	flow, _ := t.get("flow")
	for _, s := range ml.entries(flow).list {
		p.States = append(p.States, ml.state(s.name, s.key, s.value, p))
	}
	ends, _ := t.get("ends")
	p.States = append(p.States, ml.ends(ends)...)
	if len(p.States) == 0 || p.States[0].End {
		ml.problem(e.key, "no_state", lang.T("部分“"+name+"”没有状态", "the part “"+name+"” has no state"), lang.Text{})
		return
	}
	ml.m.Parts = append(ml.m.Parts, p)
}
