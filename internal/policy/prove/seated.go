package prove

import (
	"slices"
	"strings"

	"kechuang/internal/lang"
	"kechuang/internal/policy"
)

// fact is something that must be true before an act: one of some seats of the case is filled, or a form is, or a thing is there.
type fact struct {
	seats []string
	form  string
	thing string
}

func (f fact) key() string { return strings.Join(f.seats, "|") + "/" + f.form + "/" + f.thing }

// The moments inside an act at which something is needed: by whom, then the form is filled, the conditions, the effects one by one,
// and on entering the next state.
const (
	atBy = iota
	atGuard
	atEffect
	atEntry = 1 << 20
)

// need is a fact that an act needs at a moment of it.
type need struct {
	fact
	at  int
	pos policy.Pos
	why lang.Text
}

func (w *world) seated(rep *report) {
	needs := map[*act][]need{}
	var facts []fact
	for _, a := range w.all {
		needs[a] = w.needs(a)
		for _, n := range needs[a] {
			if !slices.ContainsFunc(facts, func(f fact) bool { return f.key() == n.key() }) {
				facts = append(facts, n.fact)
			}
		}
	}
	w.entry(&facts, rep)
	for _, f := range facts {
		if owners := w.ownersOf(f.form); len(owners) > 0 {
			w.seatedInParts(rep, f, owners, needs)
			continue
		}
		w.seatedFact(rep, f, needs)
	}
	for _, p := range w.mech.Parts {
		w.ownSeats(rep, p)
	}
	w.noOffice(rep)
}

// noOffice checks that no effect puts an office where a party sits: an office can be related to nobody and be paid nothing.
func (w *world) noOffice(rep *report) {
	for _, a := range w.all {
		for _, e := range a.do {
			h, ok := e.(policy.SeatHolder)
			if !ok {
				continue
			}
			if from, _ := w.seat(a.machine, h.From); from != nil && from.Kind == policy.OfficeSeat {
				rep.found(h.Pos, "office_as_party", say("%s让%s坐上%s，那是主体的席位", "%s puts the office %s into %s, a seat for parties", w.actText(a), w.seatText(h.From), w.seatText(h.Seat)),
					say("换成一个主体的席位，或表单中的主体", "take the seat of a party, or a party of a form"), nil)
			}
		}
	}
}

// entry checks what the first state of the case needs at once.
func (w *world) entry(facts *[]fact, rep *report) {
	for _, n := range w.entryNeeds(w.mech.Case, w.mech.Case.States[0]) {
		rep.found(n.pos, "not_filled_at_start", say("事项一开始就要用%s，那时还没有", "%s is needed when the case begins, before anything can fill it", w.factText(n.fact)),
			say("换一个开始时就有的席位或日期", "use a seat or date that is there from the start"), []string{w.mech.Case.States[0].Name})
	}
}

func (w *world) seatedFact(rep *report, f fact, needs map[*act][]need) {
	wants := func(a *act) bool {
		return slices.ContainsFunc(needs[a], func(n need) bool { return n.key() == f.key() }) ||
			slices.ContainsFunc(a.do, func(e policy.Effect) bool { return empties(e, f) })
	}
	proves := once(func(a *act) bool { return w.provesFilled(a, f) })
	said := map[string]bool{}
	w.explore(0, wants, func(x *walk, at int, a *act) (uint64, bool) {
		memo := x.visits[at].memo
		if memo == 0 && proves(a) {
			memo = 1
		}
		lacks := func(moment int) bool {
			for _, n := range needs[a] {
				if n.at != moment || n.key() != f.key() || memo != 0 {
					continue
				}
				if k := a.machine.Name + a.full() + n.why.ZH; !said[k] {
					said[k] = true
					rep.found(n.pos, "not_filled", say("%s，但走到这里时%s可能还没有就位", "%s, but %s may not be filled when it gets there", n.why, w.factText(f)),
						w.factHint(f), x.path(at, a))
				}
				return true
			}
			return false
		}
		if lacks(atBy) {
			return 0, false
		}
		if a.machine.Name == "" && w.formFills(a.fills(), f) {
			memo = 1
		}
		if lacks(atGuard) {
			return 0, false
		}
		lasting := memo
		for i, e := range a.do {
			if lacks(atEffect + i) {
				return 0, false
			}
			if w.effectFills(e, f) {
				memo = 1 // for the rest of this act at least; another part may not have done the same
				if a.machine.Name == "" {
					lasting = 1
				}
			}
			if empties(e, f) {
				memo, lasting = 0, 0
			}
		}
		if lacks(atEntry) {
			return 0, false
		}
		return lasting, true
	})
}

// provesFilled tells whether an act can only happen when the fact is true: its conditions count the seat's holders, or the parts that
// fill it.
func (w *world) provesFilled(a *act, f fact) bool {
	if f.thing != "" {
		return len(a.conds) > 0 && w.implies(policy.True{Term: term(f.thing+".filled()", policy.FlagType)}, a.conds...)
	}
	for _, s := range f.seats {
		if len(a.conds) > 0 && (w.implies(policy.True{Term: term(s+".filled()", policy.FlagType)}, a.conds...) ||
			w.implies(policy.Compare{Left: term(s+".count()", policy.CountType), Op: ">=", Value: 1}, a.conds...)) {
			return true
		}
		for _, p := range w.mech.Parts {
			filled := w.past(p, func(b *act) bool {
				return b.cause == nil && slices.ContainsFunc(b.do, func(e policy.Effect) bool { h, ok := e.(policy.SeatHolder); return ok && h.Seat == s })
			})
			if w.implied(a, p.Name, filled) {
				return true
			}
		}
	}
	return false
}

func (w *world) formFills(form string, f fact) bool {
	if form == "" {
		return false
	}
	if form == f.form {
		return true
	}
	if t := w.mech.Thing(f.thing); t != nil && strings.HasPrefix(t.From, form+".") {
		field := w.field(t.From)
		return field != nil && !field.Optional
	}
	return slices.ContainsFunc(f.seats, func(n string) bool {
		s := w.mech.Seat(n)
		if s == nil || !strings.HasPrefix(s.From, form+".") {
			return false
		}
		field := w.field(s.From)
		return field != nil && !field.Optional
	})
}

func (w *world) effectFills(e policy.Effect, f fact) bool {
	switch e := e.(type) {
	case policy.SeatHolder:
		return slices.Contains(f.seats, e.Seat)
	case policy.Choose:
		return e.Seat != "" && slices.Contains(f.seats, e.Seat)
	case policy.Enter:
		return f.thing != "" && e.Thing == f.thing
	}
	return false
}

func (w *world) factText(f fact) lang.Text {
	if f.form != "" {
		if form := w.mech.Form(f.form); form != nil {
			return lang.T("表单"+titled(form.Title, f.form).ZH, "the form "+f.form)
		}
		return lang.T("表单"+f.form, "the form "+f.form)
	}
	if t := w.mech.Thing(f.thing); t != nil {
		title := titled(t.Title, f.thing)
		return lang.T(title.ZH, title.EN)
	}
	var zh []string
	for _, s := range f.seats {
		zh = append(zh, w.seatText(s).ZH)
	}
	return lang.T("席位"+strings.Join(zh, "或"), "the seat "+strings.Join(f.seats, " or "))
}

func (w *world) factHint(f fact) lang.Text {
	if f.form != "" {
		return say("在此之前的每条路径上填写 %s，或换一个已经填写的数", "fill %s on every path before it, or read something that is filled", f.form)
	}
	if f.thing != "" {
		return say("在此之前的每条路径上用 enter 登记或在表单中选定%s，或先用 %s.filled() 判断", "enter or choose %s on every path before it, or ask %[2]s.filled() first", w.factText(f), f.thing)
	}
	return say("在此之前的每条路径上用 choose、seat 或表单确定%s；评审组要有写明人数的条件", "fill %s on every path before it, by choose, seat or a form; for a panel a condition that counts who accepted", w.factText(f))
}

// seatFact is what must hold for somebody to sit in one of the seats; ok is false where nothing need be proved.
func (w *world) seatFact(m *policy.Machine, names []string) (fact, bool) {
	var f fact
	for _, n := range names {
		s, owner := w.seat(m, n)
		for depth := 0; s != nil && owner == nil && s.Kind == policy.OfficeSeat && s.Of != "" && depth < 5; depth++ {
			s, owner = w.seat(m, s.Of)
		}
		if s == nil || owner != nil || s.Kind == policy.OfficeSeat || s.Name == w.mech.Opener {
			return fact{}, false
		}
		f.seats = append(f.seats, s.Name)
	}
	return f, len(f.seats) > 0
}

// needs lists what an act needs, moment by moment.
func (w *world) needs(a *act) []need {
	var out []need
	seats := func(at int, pos policy.Pos, why lang.Text, names ...string) {
		if f, ok := w.seatFact(a.machine, names); ok {
			out = append(out, need{f, at, pos, why})
		}
	}
	reads := func(at int, e *policy.Expr, why lang.Text) {
		out = append(out, w.reads(a.machine, at, e, why)...)
	}
	if a.step != nil {
		if why := say("%s由%s办理", "%s is by %s", w.actText(a), w.byText(a)); a.step.All {
			for _, s := range a.by() {
				seats(atBy, a.pos(), why, s)
			}
		} else if len(a.by()) > 0 {
			seats(atBy, a.pos(), why, a.by()...)
		}
		for _, g := range a.step.When {
			reads(atGuard, g.Expr, say("%s的条件要读“%s”", "a condition of %s reads %q", w.actText(a), source0(g.Expr)))
		}
		if f := w.mech.Form(a.fills()); f != nil {
			for _, g := range f.Checks {
				reads(atGuard, g.Expr, say("%s所填表单的检查要读“%s”", "a check of the form of %s reads %q", w.actText(a), source0(g.Expr)))
			}
		}
	}
	if a.branch != nil && a.branch.When != nil {
		reads(atGuard, a.branch.When.Expr, say("%s的分支条件要读“%s”", "a branch of %s reads %q", w.actText(a), source0(a.branch.When.Expr)))
	}
	for i, e := range a.do {
		for _, s := range effectSeats(e) {
			seats(atEffect+i, effectPos(e), say("%s的 do 要用%s", "an effect of %s needs %s", w.actText(a), w.seatText(s)), s)
		}
		for _, x := range effectExprs(e) {
			reads(atEffect+i, x, say("%s的 do 要读“%s”", "an effect of %s reads %q", w.actText(a), source0(x)))
		}
		for _, t := range effectThings(e) {
			if w.mech.Thing(t) != nil {
				out = append(out, need{fact{thing: t}, atEffect + i, effectPos(e), say("%s的 do 要用%s", "an effect of %s needs %s", w.actText(a), w.factText(fact{thing: t}))})
			}
		}
		if o, ok := e.(policy.Open); ok && o.Rows != "" {
			if f, _, _ := strings.Cut(o.Rows, "."); w.mech.Form(f) != nil {
				out = append(out, need{fact{form: f}, atEffect + i, o.Pos, say("%s要按 %s 逐行打开", "%s opens one for each of %s", w.actText(a), o.Rows)})
			}
		}
		if o, ok := e.(policy.Open); ok && o.Pairs != nil {
			if f, _, _ := strings.Cut(o.Pairs.Rows, "."); w.mech.Form(f) != nil {
				out = append(out, need{fact{form: f}, atEffect + i, o.Pos, say("%s要按 %s 打开", "%s opens by %s", w.actText(a), o.Pairs.Rows)})
			}
		}
		if o, ok := e.(policy.Draw); ok && o.Named != "" {
			if f, _, _ := strings.Cut(o.Named, "."); w.mech.Form(f) != nil {
				out = append(out, need{fact{form: f}, atEffect + i, o.Pos, say("%s要邀请 %s 中的人", "%s invites those of %s", w.actText(a), o.Named)})
			}
		}
	}
	own := a.fills()
	out = append(out, w.entryNeeds(a.machine, a.to)...)
	return slices.DeleteFunc(out, func(n need) bool { return n.form != "" && n.form == own })
}

// entryNeeds is what a state's deadline needs when the state is entered.
func (w *world) entryNeeds(m *policy.Machine, s *policy.State) []need {
	var out []need
	for _, b := range w.mech.Books {
		if m.Name == "" && slices.Contains(b.While, s.Name) {
			why := say("在%s时要占用%s", "%s takes %s", w.stateText(m, s), w.factText(fact{thing: b.Thing}))
			out = append(out, need{fact{thing: b.Thing}, atEntry, b.Pos, why})
			for _, path := range []string{b.From, b.Until} {
				form, _, _ := strings.Cut(path, ".")
				out = append(out, need{fact{form: form}, atEntry, b.Pos, why})
			}
		}
	}
	d := s.Deadline
	if d == nil {
		return out
	}
	if form, _, ok := strings.Cut(d.At+d.Until, "."); ok && w.mech.Form(form) != nil {
		out = append(out, need{fact{form: form}, atEntry, d.Pos, say("%s的期限取自 %s", "the deadline of %s is %s", w.stateText(m, s), d.At+d.Until)})
	}
	if d.Escalate != "" {
		if f, ok := w.seatFact(m, []string{d.Escalate}); ok {
			out = append(out, need{f, atEntry, d.Pos, say("%s到期要提醒%s", "the deadline of %s tells %s", w.stateText(m, s), w.seatText(d.Escalate))})
		}
	}
	return out
}

func (w *world) reads(m *policy.Machine, at int, e *policy.Expr, why lang.Text) []need {
	if e == nil {
		return nil
	}
	var out []need
	for _, r := range e.Refs {
		root, _, _ := strings.Cut(r.Path, ".")
		if form := w.mech.Form(root); form != nil {
			// An expression that asks has(form) itself reads nothing where it is not filled.
			if !form.Made && !slices.ContainsFunc(e.Refs, func(o policy.Ref) bool { return o.Path == root }) {
				out = append(out, need{fact{form: root}, at, e.Pos, why})
			}
			continue
		}
		if w.mech.Thing(root) != nil {
			// An expression that asks patent.filled() itself reads nothing where it is not.
			if !slices.ContainsFunc(e.Refs, func(o policy.Ref) bool { return o.Path == root+".filled()" }) {
				out = append(out, need{fact{thing: root}, at, e.Pos, why})
			}
			continue
		}
		if s, _ := w.seat(m, root); s != nil {
			if f, ok := w.seatFact(m, []string{root}); ok {
				out = append(out, need{f, at, e.Pos, why})
			}
		}
	}
	return out
}

func source0(e *policy.Expr) string {
	if e == nil {
		return ""
	}
	return e.Source
}

func (w *world) byText(a *act) lang.Text {
	var zh, en []string
	for _, s := range a.by() {
		seat, _ := w.seat(a.machine, s)
		if seat == nil {
			continue
		}
		zh, en = append(zh, seat.Title.ZH), append(en, s)
	}
	return lang.T(strings.Join(zh, "、"), strings.Join(en, ", "))
}

// ownersOf lists the parts whose steps fill the form; none when a step of the case does.
func (w *world) ownersOf(form string) []*policy.Machine {
	if form == "" {
		return nil
	}
	var out []*policy.Machine
	for _, a := range w.all {
		if a.fills() != form {
			continue
		}
		if a.machine.Name == "" {
			return nil
		}
		if !slices.Contains(out, a.machine) {
			out = append(out, a.machine)
		}
	}
	return out
}

// seatedInParts checks a form of a part: whoever reads it inside the part comes after it was filled; parts inside the part are opened
// only where it is, and so are the parts that a choice ranks.
func (w *world) seatedInParts(rep *report, f fact, owners []*policy.Machine, needs map[*act][]need) {
	filled := func(p *policy.Machine) []string {
		return w.past(p, func(a *act) bool { return a.cause == nil && a.fills() == f.form })
	}
	for _, a := range w.all {
		for _, n := range needs[a] {
			if n.key() != f.key() {
				continue
			}
			for _, p := range owners {
				bad := w.unfilledAt(a, p, filled(p))
				if bad == "" {
					continue
				}
				rep.found(n.pos, "not_filled", say("%s，但处于 %s 的%s可能还没有填写%s", "%s, but %[3]s in %[2]s may not have filled %[4]s", n.why, bad, titled(p.Title, p.Name), w.factText(f)),
					w.factHint(f), w.route(p, bad))
				break
			}
		}
	}
}

// unfilledAt gives a state of the part in which an act would read it unfilled, "" if there is none.
func (w *world) unfilledAt(a *act, p *policy.Machine, filled []string) string {
	if a.machine == p {
		if !slices.Contains(filled, a.from.Name) {
			return a.from.Name
		}
		return ""
	}
	var in []string
	for _, e := range a.do {
		if c, ok := e.(policy.Choose); ok && c.Part == p.Name {
			in = append(in, c.In...)
		}
	}
	if a.machine.Of == p.Name {
		for _, b := range w.all {
			for _, e := range b.do {
				if o, ok := e.(policy.Open); ok && o.Part == a.machine.Name && o.Each == p.Name {
					in = append(in, o.In...)
				}
			}
		}
	}
	for _, s := range in {
		if !slices.Contains(filled, s) {
			return s
		}
	}
	return ""
}

// ownSeats checks that a part's seats are filled when it begins: by who starts it, by who it is opened or drawn for, by an office or
// by a field of the row it is opened from.
func (w *world) ownSeats(rep *report, p *policy.Machine) {
	for _, s := range p.Seats {
		if s.Kind == policy.OfficeSeat || s.From != "" || !w.uses(p, s.Name) {
			continue
		}
		ways, missing := 0, false
		if p.Starts != nil && p.Starts.By != "" {
			ways++
			missing = p.Starts.By != s.Name
		}
		for _, a := range w.all {
			for _, e := range a.do {
				as, ok := "", false
				switch e := e.(type) {
				case policy.Open:
					as, ok = e.As, e.Part == p.Name
				case policy.Draw:
					as, ok = e.As, e.Part == p.Name
				}
				if ok {
					ways++
					missing = missing || as != s.Name
				}
			}
		}
		if ways > 0 && missing {
			rep.found(s.Pos, "part_seat_not_filled", say("%s开始时，席位%s可能没有人", "when %s begins nobody may sit in %s", titled(p.Title, p.Name), titled(s.Title, s.Name)),
				say("用 starts.by 或 open、draw 的 as 确定它", "fill it by starts.by, or by the as of open or draw"), nil)
		}
	}
}

func (w *world) uses(p *policy.Machine, seat string) bool {
	for _, a := range w.all {
		if a.machine.Name == "" {
			continue
		}
		for _, n := range a.by() {
			s, owner := w.seat(a.machine, n)
			if s != nil && owner == p && s.Name == seat {
				return true
			}
		}
	}
	return false
}
