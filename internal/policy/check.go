package policy

import (
	"slices"
	"strconv"
	"strings"

	"kechuang/internal/lang"
)

// check resolves every reference of a mechanism that is not inside an expression.
func (ml *mechLoader) check() {
	m := ml.m
	if s := m.Seat(m.Opener); s == nil {
		ml.unknown(m.Pos, "unknown_seat", "席位(opener)", "seat (opener)", m.Opener, names(m.Seats))
	} else if s.Kind != PartySeat || s.From != "" {
		ml.finding(s.Pos, "opener_kind", lang.T("“"+m.Opener+"”开启事项，应是 party 席位", "“"+m.Opener+"” opens the case and must be a party seat"), lang.Text{})
	}
	if m.fieldAt(m.About) == nil {
		ml.unknown(m.Pos, "unknown_field", "字段(about)", "field (about)", m.About, ml.fieldPaths(""))
	}
	for _, s := range m.Seats {
		ml.checkSeat(s, m.Case)
	}
	for _, x := range m.Things {
		ml.checkThing(x)
	}
	for _, f := range m.Forms {
		ml.checkForm(f)
	}
	ml.checkMachine(m.Case)
	for _, p := range m.Parts {
		ml.checkPart(p)
		ml.checkMachine(p)
	}
	ml.checkOffices()
	for _, p := range m.Parts {
		if p.Veil != nil {
			ml.checkVeil(p)
		}
	}
	for _, b := range m.Books {
		ml.checkBooking(b)
	}
	for _, r := range m.Rules {
		ml.checkRule(r)
	}
}

func names(list []*Seat) []string {
	var out []string
	for _, s := range list {
		out = append(out, s.Name)
	}
	return out
}

// fieldPaths is every "form.field" of a type, of any type for "".
func (ml *mechLoader) fieldPaths(t Type) []string {
	var out []string
	for _, f := range ml.m.Forms {
		for _, x := range f.Fields {
			if t == "" || x.Type == t {
				out = append(out, f.Name+"."+x.Name)
			}
		}
	}
	return out
}

func (ml *mechLoader) stateNames(m *Machine) []string {
	var out []string
	for _, s := range m.States {
		out = append(out, s.Name)
	}
	return out
}

func (ml *mechLoader) checkSeat(s *Seat, at *Machine) {
	m := ml.m
	if s.Name == ClockSeat {
		ml.finding(s.Pos, "reserved", lang.T("clock 是系统的席位", "clock is the system's own seat"), lang.T("换一个名称", "choose another name"))
	}
	if at != m.Case && m.Seat(s.Name) != nil {
		ml.finding(s.Pos, "repeated_seat", lang.T("席位“"+s.Name+"”与事项的席位同名", "the case has a seat “"+s.Name+"” already"), lang.T("换一个名称", "choose another name"))
	}
	if s.Kind == OfficeSeat {
		o := ml.pack.Offices[s.Office]
		if o == nil {
			ml.unknown(s.Pos, "unknown_office", "处室", "office", s.Office, keys(ml.pack.Offices))
		} else if o.District != (s.Of != "") {
			ml.finding(s.Pos, "district_of", lang.T("区级处室要写 of（哪个席位所在的区），市级的不写", "a district office says of whom (of: seat), a city office does not"), lang.Text{})
		}
	}
	if s.Of != "" && findSeat(m.seatsAt(at), s.Of) == nil {
		ml.unknown(s.Pos, "unknown_seat", "席位", "seat", s.Of, names(m.seatsAt(at)))
	}
	if s.From != "" {
		ml.checkFrom(s, at)
	}
	if s.SameAs != "" {
		if as := m.Seat(s.SameAs); at == m.Case || as == nil || as.Kind == OfficeSeat || as.Kind == PanelSeat {
			ml.finding(s.Pos, "same_as", lang.T("same_as 写在部分的席位上，指事项里由一个主体坐的席位", "same_as belongs to a part's seat and names a seat of the case that one party holds"), lang.Text{})
			s.SameAs = ""
		}
	}
	for _, other := range s.ApartFrom {
		ml.checkSeatPath(other, s.Pos, at)
	}
	ml.checkBlind(s, at)
	ml.checkKnown(s)
}

// checkFrom resolves the field that names who takes a seat: of a form of the case, or of the row that a part is opened from.
func (ml *mechLoader) checkFrom(s *Seat, at *Machine) {
	f := ml.m.fieldAt(s.From)
	if form, column := cutPath(s.From); at != ml.m.Case {
		if f = nil; at.Row != nil && form == at.Name {
			f = at.Row.Field(column)
		}
		if len(s.ApartFrom) > 0 || s.Party != "any" || len(s.Except) > 0 {
			ml.finding(s.Pos, "row_seat", lang.T("部分的席位由它自己那一行确定，不另问关系和类别", "a part's seat is named by the part's own row, and nothing else is asked of it"),
				lang.T("写 party: any，不写 apart_from；要问的在填表时用 checks 问", "write party: any and no apart_from; ask in the checks of the form"))
		}
	}
	if f == nil || f.Type != PartyType {
		ml.unknown(s.Pos, "unknown_field", "类型为 party 的字段", "field of type party", s.From, ml.fieldPaths(PartyType))
	}
}

// checkSeatPath looks for a seat, or for "part.seat".
func (ml *mechLoader) checkSeatPath(path string, pos Pos, at *Machine) bool {
	known := names(ml.m.seatsAt(at))
	if slices.Contains(known, path) {
		return true
	}
	for _, p := range ml.m.Parts {
		for _, s := range p.Seats {
			if p.Name+"."+s.Name == path {
				return true
			}
			known = append(known, p.Name+"."+s.Name)
		}
	}
	ml.unknown(pos, "unknown_seat", "席位", "seat", path, known)
	return false
}

func (ml *mechLoader) checkForm(f *Form) {
	at := ml.machineOf(sight{form: f})
	for _, x := range f.Fields {
		for _, y := range append([]*Field{x}, x.Rows...) {
			if y.Owner != "" && findSeat(ml.m.seatsAt(at), y.Owner) == nil {
				ml.unknown(y.Pos, "unknown_seat", "席位(owner)", "seat (owner)", y.Owner, names(ml.m.seatsAt(at)))
			}
		}
		if x.Fill != "" {
			base, word, _ := strings.Cut(x.Fill, ".")
			if findSeat(ml.m.seatsAt(at), base) != nil {
				if _, ok := FillAttributes[word]; !ok {
					ml.unknown(x.Pos, "unknown_attribute", "主体的属性", "attribute of a party", word, keys(FillAttributes))
				}
			} else if from := ml.m.fieldAt(x.Fill); from == nil {
				ml.unknown(x.Pos, "unknown_field", "席位属性或字段(fill)", "attribute or field (fill)", x.Fill, ml.fieldPaths(x.Type))
			} else if from.Type != x.Type && x.Type != TextType {
				ml.finding(x.Pos, "wrong_type", lang.T("不能用"+typeWord(from.Type).ZH+"填"+typeWord(x.Type).ZH, "a "+typeWord(from.Type).EN+" cannot fill a "+typeWord(x.Type).EN), lang.Text{})
			}
		}
	}
	for _, g := range f.Checks {
		ml.checkGuardField(g)
	}
}

func (ml *mechLoader) checkGuardField(g *Guard) {
	if g == nil || g.Field == "" {
		return
	}
	form, rest, _ := strings.Cut(g.Field, ".")
	field, _, _ := strings.Cut(rest, ".")
	if f := ml.m.Form(form); f == nil || f.Field(field) == nil {
		ml.unknown(g.Pos, "unknown_field", "字段", "field", g.Field, ml.fieldPaths(""))
	}
}

func (ml *mechLoader) checkPart(p *Machine) {
	m := ml.m
	if p.Of != "" && m.Part(p.Of) == nil {
		ml.unknown(p.Pos, "unknown_part", "部分", "part", p.Of, ml.partNames())
	}
	for q, n := m.Part(p.Of), 0; q != nil; q, n = m.Part(q.Of), n+1 {
		if q == p || n > 4 {
			ml.finding(p.Pos, "part_inside_itself", lang.T("部分“"+p.Name+"”套在自己里面，或套得太深", "the part “"+p.Name+"” is inside itself, or too deep"), lang.Text{})
			p.Of = ""
			break
		}
	}
	for _, s := range p.Seats {
		ml.checkSeat(s, p)
	}
	if s := p.State(p.OnClose); s == nil || !s.End {
		var ends []string
		for _, st := range p.States {
			if st.End {
				ends = append(ends, st.Name)
			}
		}
		ml.unknown(p.Pos, "on_close", "终点（on_close：事项结束时未完的去哪里）", "end (on_close: where the unfinished go when the case ends)", p.OnClose, ends)
	}
	for _, s := range p.Sealed {
		ml.caseState2(s, p.Pos)
	}
	if p.Starts != nil {
		if findSeat(p.Seats, p.Starts.By) == nil {
			ml.unknown(p.Starts.Pos, "unknown_seat", "这一部分自己的席位", "seat of the part's own", p.Starts.By, names(p.Seats))
		}
		if len(p.Starts.While) == 0 {
			ml.finding(p.Starts.Pos, "missing_key", lang.T("没有写明在事项的哪些状态可以发起", "it is not said in which states of the case it may start"), lang.T("加 while: [状态]", "add while: [state]"))
		}
		for _, s := range p.Starts.While {
			ml.caseState2(s, p.Starts.Pos)
		}
		ml.checkSeen(p)
	}
}

// checkSeen looks that whoever may start a part can know of the case: it is theirs already, or it is public while they may.
func (ml *mechLoader) checkSeen(p *Machine) {
	own := findSeat(p.Seats, p.Starts.By)
	if own == nil || own.SameAs != "" {
		return
	}
	for _, name := range p.Starts.While {
		if s := ml.m.Case.State(name); s != nil && !s.Public {
			ml.finding(p.Starts.Pos, "starts_unseen", lang.T("“"+p.Title.ZH+"”由事项之外的主体发起，而状态“"+name+"”不公开，他们看不到这个事项", "“"+p.Name+"” is started by parties from outside, and the state “"+name+"” is not public: they cannot know of the case"),
				lang.T("给这个状态加 public: true，或者给席位加 same_as: 事项的席位", "add public: true to the state, or same_as: a seat of the case to the seat"))
		}
	}
}

// checkOffices looks at forms that are for offices: nothing of them is public.
func (ml *mechLoader) checkOffices() {
	m := ml.m
	for _, f := range m.Forms {
		for _, x := range f.Fields {
			if f.Offices && x.Public {
				ml.finding(x.Pos, "offices", lang.T("“"+f.Name+"”只有经办处室可以看，其中的字段不能公开", "“"+f.Name+"” is for the case's offices only: none of its fields is public"), lang.T("去掉 public: true", "drop public: true"))
			}
		}
	}
}

func (ml *mechLoader) checkReveal(p *Machine, r Reveal, at Pos) {
	m := ml.m
	if f := m.FormIn(p.Name, r.Form); f != nil && f.Offices || p.Offices {
		ml.finding(at, "offices", lang.T("只有经办处室可以看的，不能展示给别人", "what is for the case's offices only is revealed to nobody"), lang.Text{})
	}
	if m.FormIn(p.Name, r.Form) == nil {
		ml.unknown(at, "unknown_form", "表单", "form", r.Form, ml.formNames())
	}
	if r.To != "public" {
		ml.checkSeatPath(r.To, at, p)
	}
	for _, s := range r.When {
		ml.caseState2(s, at)
	}
	form := m.FormIn(p.Name, r.Form)
	for _, w := range r.Without {
		if form != nil && form.Field(w) == nil && p.Seat(w) == nil {
			ml.unknown(at, "unknown_field", "字段或席位（without）", "field or seat (without)", w, names(p.Seats))
		}
	}
}

func (ml *mechLoader) partNames() []string {
	var out []string
	for _, p := range ml.m.Parts {
		out = append(out, p.Name)
	}
	return out
}

func (ml *mechLoader) formNames() []string {
	var out []string
	for _, f := range ml.m.Forms {
		out = append(out, f.Name)
	}
	return out
}

// caseState2 resolves the name of a state of the case.
func (ml *mechLoader) caseState2(name string, at Pos) bool {
	if ml.m.Case.State(name) == nil {
		ml.unknown(at, "unknown_state", "事项的状态", "state of the case", name, ml.stateNames(ml.m.Case))
		return false
	}
	return true
}

func (ml *mechLoader) partState(p *Machine, name string, at Pos) {
	if p != nil && p.State(name) == nil {
		ml.unknown(at, "unknown_state", "状态(部分“"+p.Name+"”)", "state of the part “"+p.Name+"”", name, ml.stateNames(p))
	}
}

func (ml *mechLoader) checkMachine(x *Machine) {
	for _, s := range x.States {
		seen := map[string]bool{}
		for _, st := range s.Steps {
			if seen[st.Name] || st.Name == ClockStep {
				ml.finding(st.Pos, "repeated_step", lang.T("步骤“"+st.Name+"”有两个", "there are two steps “"+st.Name+"”"), lang.Text{})
			}
			seen[st.Name] = true
			ml.checkStep(x, s, st)
		}
		if s.Deadline != nil {
			ml.checkDeadline(x, s.Deadline)
		}
	}
	ml.checkClockLoops(x)
}

// checkClockLoops refuses deadlines at dates that lead from one to the other in a circle: once the dates are past, the clock alone
// would go round for ever.
func (ml *mechLoader) checkClockLoops(x *Machine) {
	for _, s := range x.States {
		if s.Deadline == nil || s.Deadline.At+s.Deadline.Until == "" {
			continue
		}
		seen := map[string]bool{}
		queue := []*State{s}
		for len(queue) > 0 {
			at := queue[0]
			queue = queue[1:]
			if at == nil || at.Deadline == nil || at.Deadline.At+at.Deadline.Until == "" {
				continue
			}
			for _, b := range at.Deadline.To {
				if b.State == s.Name {
					ml.finding(s.Deadline.Pos, "deadline_loop", lang.T("到期后又回到“"+s.Name+"”，日期已过时会无休止地重复", "the deadline leads back to “"+s.Name+"”: once the date is past, it never ends"),
						lang.T("让它去别的状态，或用 after 写期间", "lead elsewhere, or write a period with after"))
					return
				}
				if !seen[b.State] {
					seen[b.State] = true
					queue = append(queue, x.State(b.State))
				}
			}
		}
	}
}

func (ml *mechLoader) checkStep(x *Machine, s *State, st *Step) {
	m := ml.m
	for _, by := range st.By {
		if findSeat(m.seatsAt(x), by) == nil {
			ml.unknown(st.Pos, "unknown_seat", "席位", "seat", by, names(m.seatsAt(x)))
		}
	}
	if st.All && len(st.By) < 2 {
		ml.finding(st.Pos, "joint", lang.T("共同签署至少要两个席位", "a joint step takes at least two seats"), lang.Text{})
	}
	if st.Fill != "" {
		if f := m.Form(st.Fill); f == nil || f.Made {
			ml.unknown(st.Pos, "unknown_form", "表单", "form", st.Fill, ml.formNames())
		}
	}
	if x == m.Case && len(st.While) > 0 {
		ml.finding(st.Pos, "while", lang.T("while 只写在部分的步骤里", "while is for the steps of parts"), lang.Text{})
	}
	for _, w := range st.While {
		ml.caseState2(w, st.Pos)
	}
	for _, g := range st.When {
		ml.checkGuardField(g)
	}
	ml.checkBranches(x, st.To)
	for _, e := range st.Do {
		ml.checkEffect(x, e)
	}
}

func (ml *mechLoader) checkBranches(x *Machine, to []*Branch) {
	for i, b := range to {
		if x.State(b.State) == nil {
			ml.unknown(b.Pos, "unknown_state", "状态", "state", b.State, ml.stateNames(x))
		}
		if b.Else && i != len(to)-1 {
			ml.finding(b.Pos, "else_last", lang.T("else 应写在最后", "else stands last"), lang.Text{})
		}
		if b.When != nil {
			ml.checkGuardField(b.When)
		}
	}
}

func (ml *mechLoader) checkDeadline(x *Machine, d *Deadline) {
	if d.Param != "" {
		p := ml.pack.Params[d.Param]
		if p == nil {
			ml.unknown(d.Pos, "unknown_param", "参数", "parameter", d.Param, keys(ml.pack.Params))
		} else if n := Units(p.Value); p.Value != nil && p.Type.period() && (n < 1 || n > p.Type.longest()) {
			ml.finding(d.Pos, "period", lang.T("参数“"+d.Param+"”作期限应在 1 到 "+strconv.FormatInt(p.Type.longest(), 10)+" 之间", "the parameter “"+d.Param+"” is a period: 1 to "+strconv.FormatInt(p.Type.longest(), 10)), lang.Text{})
		} else if !p.Type.period() {
			ml.finding(d.Pos, "wrong_type", lang.T("参数“"+d.Param+"”是"+typeWord(p.Type).ZH+"，期限要日数、工作日数或月数", "the parameter “"+d.Param+"” is a "+typeWord(p.Type).EN+": a deadline takes days, workdays or months"), lang.Text{})
		}
	}
	if at := d.At + d.Until; at != "" { // one of them
		form, field, _ := strings.Cut(at, ".")
		f := ml.formAt(x, form)
		if f == nil || f.Field(field) == nil || f.Field(field).Type != DateType {
			ml.unknown(d.Pos, "unknown_field", "日期字段", "date field", at, ml.fieldPaths(DateType))
		} else if f.Field(field).Optional {
			ml.finding(d.Pos, "optional_read", lang.T("“"+at+"”可以不填，不能作期限", "“"+at+"” is optional and cannot be a deadline"), lang.T("去掉 optional", "drop optional"))
		}
	}
	if d.Escalate != "" && findSeat(ml.m.seatsAt(x), d.Escalate) == nil {
		ml.unknown(d.Pos, "unknown_seat", "席位", "seat", d.Escalate, names(ml.m.seatsAt(x)))
	}
	ml.checkBranches(x, d.To)
	for _, e := range d.Do {
		ml.checkEffect(x, e)
	}
}

// checkRule resolves the names of one rule.
func (ml *mechLoader) checkRule(r *Rule) {
	var known []string
	for _, x := range append([]*Machine{ml.m.Case}, ml.m.Parts...) {
		for _, s := range x.States {
			for _, st := range s.Steps {
				known = append(known, st.Name, s.Name+"."+st.Name)
				if x.Name != "" {
					known = append(known, x.Name+"."+st.Name, x.Name+"."+s.Name+"."+st.Name)
				}
				known = append(known, exits(s.Name, st.To)...)
			}
			if s.Deadline != nil {
				known = append(known, exits(s.Name, s.Deadline.To)...)
			}
		}
	}
	switch r.Kind {
	case "before":
		known = append(known, RuleEffects()...)
		if len(r.Names) != 2 {
			ml.finding(r.Pos, "rule", lang.T("before 要两个名称：先、后", "before takes two names: the earlier and the later"), lang.Text{})
		}
	case "separate":
		if len(r.Names) < 2 {
			ml.finding(r.Pos, "rule", lang.T("separate 至少要两个步骤", "separate takes at least two steps"), lang.Text{})
		}
	case "money":
		known = []string{"settled"}
	case "answered":
		known = []string{"everywhere"}
	}
	for _, n := range r.Names {
		if !slices.Contains(known, n) {
			ml.unknown(r.Pos, "unknown_step", "步骤、动作或出口", "step, effect or exit", n, known)
		}
	}
}

func exits(state string, to []*Branch) []string {
	var out []string
	for _, b := range to {
		if b.Exit != "" {
			out = append(out, b.Exit, state+"."+b.Exit)
		}
	}
	return out
}
