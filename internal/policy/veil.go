package policy

import (
	"slices"
	"strings"

	"kechuang/internal/lang"
)

// Veil says between which states of the case what is decided of a part is known to the case's offices and auditors only (YAML:
// veiled: {from: […], until: […]}). It falls where the case enters a state of From and lifts where it enters one of Until, or ends;
// in between it stays, whichever way the case goes: what was decided and then thrown away is no more to be known than what stands.
//
// Under it everybody else sees the parts as they were when it fell, and neither the ranking that choose has filled since nor who
// took a seat by it. checkVeil proves that nobody can act on what they are not shown.
type Veil struct {
	From, Until []string
	Pos         Pos
}

// Lifts tells whether the veil lifts where the case comes to stand in a state.
func (v *Veil) Lifts(s *State) bool { return s.End || slices.Contains(v.Until, s.Name) }

// Falls tells whether it falls there.
func (v *Veil) Falls(s *State) bool { return slices.Contains(v.From, s.Name) }

// Veiled is the states of the case in which the veil over a part can lie: those where it falls and all that are reached from there
// before one in which it lifts, in the order of the file.
func (m *Mechanism) Veiled(p *Machine) []string {
	if p.Veil == nil {
		return nil
	}
	seen := map[string]bool{}
	queue := slices.Clone(p.Veil.From)
	for len(queue) > 0 {
		s := m.Case.State(queue[0])
		queue = queue[1:]
		if s == nil || seen[s.Name] || p.Veil.Lifts(s) {
			continue
		}
		seen[s.Name] = true
		for _, b := range s.ways() {
			queue = append(queue, b.State)
		}
	}
	var out []string
	for _, s := range m.Case.States {
		if seen[s.Name] {
			out = append(out, s.Name)
		}
	}
	return out
}

// ways is every branch that leads out of a state.
func (s *State) ways() []*Branch {
	var out []*Branch
	for _, st := range s.Steps {
		out = append(out, st.To...)
	}
	if s.Deadline != nil {
		out = append(out, s.Deadline.To...)
	}
	return out
}

// ChosenSeats is the seats of the case that are taken by a choice among the parts of a kind.
func (m *Mechanism) ChosenSeats(part string) []string {
	var out []string
	m.EachEffect(func(_ *Machine, _ *State, _ *Step, e Effect) {
		if c, ok := e.(Choose); ok && c.Part == part && c.Seat != "" && !slices.Contains(out, c.Seat) {
			out = append(out, c.Seat)
		}
	})
	return out
}

func (ml *mechLoader) veil(n node) *Veil {
	t := ml.table(n, "from", "until")
	v := &Veil{Pos: n.pos()}
	for _, s := range ml.itemsOf(t, "from") {
		v.From = append(v.From, ml.caseStateName(s))
	}
	for _, s := range ml.itemsOf(t, "until") {
		v.Until = append(v.Until, ml.caseStateName(s))
	}
	if len(v.From) == 0 {
		ml.problem(n, "missing_key", lang.T("没有写明从哪个状态起不公开", "it is not said from which state on it is veiled"), lang.T("加 from: [状态]", "add from: [state]"))
	}
	return v
}

// checkVeil refuses what would make the veil useless or somebody helpless: whoever is not an office neither acts under it on what they
// are not shown, nor is told of it by the words of a refusal, a consequence or a message.
func (ml *mechLoader) checkVeil(p *Machine) {
	for _, s := range append(slices.Clone(p.Veil.From), p.Veil.Until...) {
		ml.caseState2(s, p.Veil.Pos)
	}
	for _, s := range p.Veil.From {
		if slices.Contains(p.Veil.Until, s) {
			ml.finding(p.Veil.Pos, "veil_both", lang.T("状态“"+s+"”既开始又结束不公开", "“"+s+"” both begins and ends it"), lang.T("只留一处", "name it once"))
		}
	}
	u := &unveiled{ml: ml, part: p, under: ml.m.Veiled(p), chosen: ml.m.ChosenSeats(p.Name)}
	for _, x := range append([]*Machine{ml.m.Case}, ml.m.Parts...) {
		for _, s := range x.States {
			for _, st := range s.Steps {
				if u.lies(x, s, st.While) {
					u.step(x, st)
				}
				u.tells(x, s, st.While, st.To, st.Do)
			}
			if d := s.Deadline; d != nil && (x == p || x.Name == "") { // where other parts run, their while says; a deadline has none
				if d.Escalate != "" && u.lies(x, s, nil) && (x == p || slices.Contains(u.chosen, d.Escalate)) && !ml.isOffice(x, d.Escalate) {
					u.found(d.Pos, d.Escalate, lang.T("得到到期提醒", "is told of a deadline"))
				}
				u.tells(x, s, nil, d.To, d.Do)
			}
		}
	}
}

// unveiled looks for what shows through the veil over one kind of part.
type unveiled struct {
	ml     *mechLoader
	part   *Machine
	under  []string // states of the case in which it can lie
	chosen []string // seats that are taken by the choice
}

// lies tells whether the veil can lie while a machine stands in a state and a step of it may be done.
func (u *unveiled) lies(x *Machine, s *State, while []string) bool {
	if x.Name == "" {
		return slices.Contains(u.under, s.Name)
	}
	return len(while) == 0 || slices.ContainsFunc(while, func(w string) bool { return slices.Contains(u.under, w) })
}

// step looks at a step that can be done under the veil.
func (u *unveiled) step(x *Machine, st *Step) {
	for _, by := range st.By {
		switch {
		case slices.Contains(u.chosen, by):
			u.found(st.Pos, by, lang.T("要办理“"+st.Title.ZH+"”", "is to do “"+st.Title.In(lang.EN)+"”"))
		case u.ml.isOffice(x, by):
		case x == u.part:
			u.found(st.Pos, by, lang.T("要办理“"+st.Title.ZH+"”", "is to do “"+st.Title.In(lang.EN)+"”"))
		default:
			for _, e := range u.ml.spoken(st) {
				if path := u.hidden(e); path != "" {
					u.found(e.Pos, by, lang.T("会从“"+st.Title.ZH+"”的条件或说明看到 "+path, "reads "+path+" from the conditions or words of “"+st.Title.In(lang.EN)+"”"))
				}
			}
		}
	}
}

// tells looks at the messages of what is done under the veil, or lets it fall.
func (u *unveiled) tells(x *Machine, s *State, while []string, to []*Branch, do []Effect) {
	stays := u.lies(x, s, while)
	if x.Name == "" {
		stays = slices.ContainsFunc(to, func(b *Branch) bool {
			return slices.Contains(u.part.Veil.From, b.State) || stays && slices.Contains(u.under, b.State)
		})
	}
	if !stays {
		return
	}
	for _, e := range do {
		if f, ok := e.(Freeze); ok {
			u.ml.finding(f.Pos, "veil_notice", lang.T("公示了，“"+u.part.Title.ZH+"”的结果却还不公开", "notice is given while what is decided of “"+u.part.Title.In(lang.EN)+"” is veiled"),
				lang.T("把公示的状态写进 veiled 的 until", "name the state of the notice in until of veiled"))
		}
		if p, ok := e.(Pay); ok && slices.Contains(u.chosen, p.To) {
			u.found(p.Pos, p.To, lang.T("会收到款项", "is paid"))
		}
		n, ok := e.(Notify)
		if !ok {
			continue
		}
		for _, seat := range n.Seats {
			if u.ml.isOffice(x, seat) {
				continue
			}
			reads := slices.ContainsFunc(n.text.exprs(), func(e *Expr) bool { return u.hidden(e) != "" })
			if reads || x == u.part || slices.Contains(u.chosen, seat) {
				u.found(n.Pos, seat, lang.T("会收到通知", "is sent a message"))
			}
		}
	}
}

// hidden is the first thing that an expression reads and the veil hides, "" for none.
func (u *unveiled) hidden(e *Expr) string {
	for _, r := range e.Refs {
		head, _, _ := strings.Cut(r.Path, ".")
		if head == u.part.Name || head == Ranking || slices.Contains(u.chosen, head) {
			return r.Path
		}
	}
	return ""
}

func (u *unveiled) found(at Pos, seat string, what lang.Text) {
	title := lang.T(seat, seat)
	for _, x := range append([]*Machine{u.part}, u.ml.m.Parts...) {
		if s := findSeat(u.ml.m.seatsAt(x), seat); s != nil {
			title = s.Title
			break
		}
	}
	u.ml.finding(at, "veil", lang.T("“"+u.part.Title.ZH+"”的结果还不公开时，"+title.ZH+what.ZH, "while what is decided of “"+u.part.Title.In(lang.EN)+"” is veiled, "+title.In(lang.EN)+" "+what.EN),
		lang.T("用 while 限定到不受限的状态，改由处室办理，或把要走到的状态写进 veiled 的 until", "restrict it by while, leave it to an office, or name the state that is reached in until of veiled"))
}

// isOffice tells whether a seat, as a machine names it, is an office's.
func (ml *mechLoader) isOffice(x *Machine, seat string) bool {
	s := findSeat(ml.m.seatsAt(x), seat)
	return s != nil && s.Kind == OfficeSeat
}

// spoken is every expression by which whoever may do a step is told something: guards with their words, checks, consequences.
func (ml *mechLoader) spoken(st *Step) []*Expr {
	guards := slices.Clone(st.When)
	if f := ml.m.Form(st.Fill); f != nil {
		guards = append(guards, f.Checks...)
	}
	out := st.tells.exprs()
	for _, g := range guards {
		if g != nil && g.Expr != nil {
			out = append(append(append(out, g.Expr), g.because.exprs()...), g.way.exprs()...)
		}
	}
	return out
}

// exprs is the expressions in a sentence.
func (s *sentence) exprs() []*Expr {
	if s == nil {
		return nil
	}
	var out []*Expr
	for _, p := range append(slices.Clone(s.zh), s.en...) {
		if p.expr != nil {
			out = append(out, p.expr)
		}
	}
	return out
}
