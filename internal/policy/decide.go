package policy

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"kechuang/internal/caldate"
	"kechuang/internal/equity"
	"kechuang/internal/lang"
	"kechuang/internal/money"
	"kechuang/internal/refusal"
	"kechuang/internal/rights"
)

// Decide answers whether an intent may be done now and what follows from it. It changes nothing: the snapshot is copied before
// any effect is worked out. In this order:
//
//  1. the case and the record are open, the step begins where the record stands, the case is in a state that allows it
//  2. the actor's seat may do it and the actor's holder sits there; nobody does two acts that the rules keep separate
//  3. a reason is given where one is asked for; the form is complete, and its checks and the step's guards hold (all refusals at once)
//  4. a joint step gathers its signatures, and goes no further until the last
//  5. the branch is chosen, then the effects are worked out in order, then the record moves, and what is unfinished inside it closes
//
// Errors are refusals; any other error is a fault of the caller (a snapshot that does not fit its mechanism, an Ask without answer).
func Decide(s *Snapshot, in Intent) (*Outcome, error) {
	r, err := newRun(s, in)
	if err != nil {
		return nil, err
	}
	if st := r.caseState(); st.End {
		return nil, ended(st)
	}
	if in.Record == "" && in.Part != "" {
		return r.start()
	}
	rec := r.s.Record(in.Record)
	if rec == nil || (in.Part != "" && rec.Part != in.Part) {
		return nil, refusal.New(refusal.NotFound, "record.unknown", lang.T("没有这一项", "there is no such record"))
	}
	machine, state, err := r.standing(rec)
	if err != nil {
		return nil, err
	}
	if state.End {
		return nil, refusal.New(refusal.Closed, "record.ended", lang.T("“"+machine.titleOf(r.m).ZH+"”已结束（"+state.Title.ZH+"）", "“"+machine.titleOf(r.m).In(lang.EN)+"” has ended ("+state.Title.In(lang.EN)+")"))
	}
	if in.Step == ClockStep {
		return r.clock(rec, machine, state)
	}
	step := state.Step(in.Step)
	if step == nil {
		return nil, notHere(state)
	}
	return r.act(rec, machine, state, step)
}

func (m *Machine) titleOf(x *Mechanism) lang.Text {
	if m.Name == "" {
		return x.Title
	}
	return m.Title
}

func ended(st *State) error {
	return refusal.New(refusal.Closed, "case.ended", lang.T("本事项已结束（"+st.Title.ZH+"）", "this case has ended ("+st.Title.In(lang.EN)+")"))
}

func notHere(st *State) error {
	var zh, en []string
	for _, x := range st.Steps {
		zh, en = append(zh, x.Title.ZH), append(en, x.Title.In(lang.EN))
	}
	r := refusal.New(refusal.Closed, "step.not_here", lang.T("现在处于“"+st.Title.ZH+"”，不能办理这一步", "it stands in “"+st.Title.In(lang.EN)+"”, where this step does not begin"))
	if len(zh) > 0 {
		r.Mend(lang.T("现在可以办理："+strings.Join(zh, "、"), "what can be done now: "+strings.Join(en, ", ")))
	}
	return r
}

// run is one decision: a copy of the snapshot on which effects are worked out, and what has come of it.
type run struct {
	s    *Snapshot
	m    *Mechanism
	in   Intent
	out  *Outcome
	mine map[*Record]bool // records that are copies already
	made int              // terms, pledges and licences of this decision, which have no id yet
}

func newRun(s *Snapshot, in Intent) (*run, error) {
	if s == nil || s.Pack == nil || s.Mechanism == nil || s.Case == nil {
		return nil, fmt.Errorf("policy: an incomplete snapshot")
	}
	c := *s
	c.Parts = slices.Clone(s.Parts)
	c.Seats, c.Pots = maps.Clone(s.Seats), maps.Clone(s.Pots)
	c.Things, c.Asked = maps.Clone(s.Things), maps.Clone(s.Asked)
	if c.Things == nil {
		c.Things = map[string]string{}
	}
	if c.Asked == nil {
		c.Asked = map[string]Value{}
	}
	if c.Seats == nil {
		c.Seats = map[string][]Holder{}
	}
	c.Rights, c.Tables = maps.Clone(s.Rights), maps.Clone(s.Tables)
	if c.Rights == nil {
		c.Rights = map[string]rights.State{}
	}
	if c.Tables == nil {
		c.Tables = map[string]equity.Table{}
	}
	if c.Pots == nil {
		c.Pots = map[string]Pot{}
	}
	r := &run{s: &c, m: s.Mechanism, in: in, out: &Outcome{Reason: in.Reason}, mine: map[*Record]bool{}}
	if _, _, err := r.standing(s.Case); err != nil {
		return nil, err
	}
	return r, nil
}

// standing is the machine and state of a record; a record that its mechanism does not know is a fault of the caller.
func (r *run) standing(rec *Record) (*Machine, *State, error) {
	m := r.m.Machine(rec.Part)
	if m == nil {
		return nil, nil, fmt.Errorf("policy: record %s is of a part %q that %s does not have", rec.ID, rec.Part, r.m.Name)
	}
	st := m.State(rec.State)
	if st == nil {
		return nil, nil, fmt.Errorf("policy: record %s stands in a state %q that %s does not have", rec.ID, rec.State, r.m.Name)
	}
	return m, st, nil
}

func (r *run) caseState() *State { return r.m.Case.State(r.s.Case.State) }

// own is a copy of the record that may be changed.
func (r *run) own(rec *Record) *Record {
	if r.mine[rec] {
		return rec
	}
	c := *rec
	c.Forms, c.Seats = maps.Clone(rec.Forms), maps.Clone(rec.Seats)
	if c.Forms == nil {
		c.Forms = map[string]Values{}
	}
	if c.Seats == nil {
		c.Seats = map[string][]Holder{}
	}
	if rec == r.s.Case {
		r.s.Case = &c
	} else if i := slices.Index(r.s.Parts, rec); i >= 0 {
		r.s.Parts[i] = &c
	}
	r.mine[&c] = true
	return &c
}

// act is one step by one seat.
func (r *run) act(rec *Record, machine *Machine, state *State, step *Step) (*Outcome, error) {
	rec = r.own(rec)
	if err := r.maySit(rec, step); err != nil {
		return nil, err
	}
	if err := r.whileOpen(machine, step); err != nil {
		return nil, err
	}
	if err := separated(r.s, r.in.Account, r.in.Seat, state, step, rec); err != nil {
		return nil, err
	}
	values, err := r.filled(rec, machine, step)
	if err != nil {
		return nil, err
	}
	if step.All {
		pending, err := r.sign(rec, step, values)
		if err != nil || pending {
			return r.out, err
		}
	}
	if step.Fill != "" {
		r.fill(rec, step.Fill, values)
		if err := r.named(rec, step.Fill, step.Fill, values); err != nil {
			return nil, err
		}
	}
	sc := &Scope{Snapshot: r.s, Record: rec, Form: step.Fill, Values: values}
	to, err := branch(sc, step.To)
	if err != nil {
		return nil, err
	}
	if err := r.effects(rec, step.Do, to); err != nil {
		return nil, err
	}
	if err := r.move(rec, to.State, step.Name, false); err != nil {
		return nil, err
	}
	return r.out, r.retime()
}

// maySit refuses who does not hold the seat, or holds one that may not do this.
func (r *run) maySit(rec *Record, step *Step) error {
	if r.in.Seat == ClockSeat || !slices.Contains(step.By, r.in.Seat) {
		var zh, en []string
		for _, by := range step.By {
			if s := findSeat(r.m.seatsAt(r.m.Machine(rec.Part)), by); s != nil {
				zh, en = append(zh, s.Title.ZH), append(en, s.Title.In(lang.EN))
			}
		}
		return refusal.New(refusal.Forbidden, "step.seat", lang.T("“"+step.Title.ZH+"”由"+strings.Join(zh, "、")+"办理", "“"+step.Title.In(lang.EN)+"” is done by: "+strings.Join(en, ", ")))
	}
	if !slices.Contains(r.s.Holders(rec, r.in.Seat), r.in.Holder) {
		title := lang.T(r.in.Seat, r.in.Seat)
		if s := findSeat(r.m.seatsAt(r.m.Machine(rec.Part)), r.in.Seat); s != nil {
			title = s.Title
		}
		return refusal.New(refusal.Forbidden, "seat.holder", lang.T("您不是本事项的"+title.ZH, "you do not sit here as "+title.In(lang.EN)))
	}
	return nil
}

// whileOpen refuses a part's step where the case stands in a state that does not allow it.
func (r *run) whileOpen(machine *Machine, step *Step) error {
	now := r.caseState()
	if machine.Name == "" || len(step.While) == 0 || slices.Contains(step.While, now.Name) {
		return nil
	}
	var zh, en []string
	for _, w := range step.While {
		if st := r.m.Case.State(w); st != nil && !slices.Contains(zh, st.Title.ZH) {
			zh, en = append(zh, st.Title.ZH), append(en, st.Title.In(lang.EN))
		}
	}
	return refusal.New(refusal.Closed, "step.while", lang.T("事项处于“"+now.Title.ZH+"”，不能“"+step.Title.ZH+"”", "the case stands in “"+now.Title.In(lang.EN)+"”, where “"+step.Title.In(lang.EN)+"” cannot be done")).
		Mend(lang.T("只能在“"+strings.Join(zh, "”“")+"”时办理", "it can be done in: "+strings.Join(en, ", ")))
}

// separated refuses a second act of a person whom a rule lets do only one of them.
func separated(s *Snapshot, account, seat string, state *State, step *Step, rec *Record) error {
	if account == "" {
		return nil
	}
	for _, rule := range s.Mechanism.Rules {
		if rule.Kind != "separate" {
			continue
		}
		here := ruleName(rule, rec.Part, step.Name, state.Name)
		if here == "" {
			continue
		}
		for _, a := range s.Acts {
			there := ruleName(rule, a.Part, a.Step, a.State)
			if a.Account != account || there == "" || there == here {
				continue
			}
			done := s.Mechanism.stepTitle(a.Part, a.State, a.Step)
			return refusal.New(refusal.Forbidden, "rule.separate", lang.T("您已办理“"+done.ZH+"”，按不相容岗位分离的规则，不能再办理“"+step.Title.ZH+"”",
				"you have done “"+done.In(lang.EN)+"”; the rules keep it separate from “"+step.Title.In(lang.EN)+"”")).
				Mend(lang.T("请由其他人员办理", "somebody else has to do it"))
		}
	}
	if step.All {
		for _, a := range s.Acts {
			// In the same seat they may change what they signed: then it is to be signed anew by all.
			if a.Record == rec.ID && a.Step == step.Name && a.Account == account && a.Seat != seat && !a.At.Before(rec.Since) && slices.Contains(rec.Signed, a.Seat) && !s.oneParty(rec, a.Seat, seat) {
				return refusal.New(refusal.Forbidden, "joint.same_person", lang.T("您已签署，其他各方须由其他人员签署", "you have signed; the others sign through other people")).
					Mend(lang.T("请等待其他各方签署", "wait for the others to sign"))
			}
		}
	}
	return nil
}

// oneParty tells whether the same party sits in two seats: an investor who also holds the warrant signs as both, by whoever signs for it.
func (s *Snapshot) oneParty(rec *Record, seat, other string) bool {
	return slices.ContainsFunc(s.Holders(rec, seat), func(h Holder) bool {
		return h.Party != "" && slices.ContainsFunc(s.Holders(rec, other), func(o Holder) bool { return o.Party == h.Party })
	})
}

// ruleName is the name by which a rule knows a step — of a part also part.step and part.state.step —, "" where it does not.
func ruleName(rule *Rule, part, step, state string) string {
	for _, n := range rule.Names {
		own, of := strings.CutPrefix(n, part+".")
		if n == step || state != "" && n == state+"."+step || of && part != "" && (own == step || state != "" && own == state+"."+step) {
			return n
		}
	}
	return ""
}

func (m *Mechanism) stepTitle(part, state, step string) lang.Text {
	if x := m.Machine(part); x != nil {
		if st := x.State(state); st != nil && st.Step(step) != nil {
			return st.Step(step).Title
		}
		for _, st := range x.States {
			if s := st.Step(step); s != nil {
				return s.Title
			}
		}
	}
	return lang.T(step, step)
}

// filled is the values of the step's form, after everything that may refuse them has been looked at: reason, structure, checks, guards.
func (r *run) filled(rec *Record, machine *Machine, step *Step) (Values, error) {
	var list refusal.List
	if step.Say && strings.TrimSpace(r.in.Reason) == "" {
		list.Add(refusal.New(refusal.Invalid, "reason.missing", lang.T("请写明理由", "a reason is to be given")).At("reason"))
	}
	if utf8.RuneCountInString(r.in.Reason) > maxText {
		list.Add(refusal.New(refusal.Invalid, "reason.too_long", lang.T("理由最多 2000 字", "a reason has 2000 characters at most")).At("reason"))
	}
	values := r.in.Values
	if step.Fill != "" && values == nil && step.All && rec.Joint != nil && rec.Joint.Step == step.Name {
		values = rec.Joint.Values
	}
	sc := &Scope{Snapshot: r.s, Record: rec, Form: step.Fill, Values: values}
	if f := r.m.Form(step.Fill); f != nil {
		if values == nil {
			list.Add(refusal.New(refusal.Invalid, "form.missing", lang.T("请填写"+f.Title.ZH, f.Title.In(lang.EN)+" is to be filled in")).At(f.Name))
			return nil, list
		}
		d := decoder{list: &list, pack: r.s.Pack}
		d.verify(f.Fields, values, f.Name+".", "")
		more, err := f.runChecks(sc, list)
		if err != nil {
			return nil, err
		}
		list = append(list, more...)
	}
	if len(list) > 0 && step.Fill != "" {
		return nil, list // guards may read the form, which is not right yet
	}
	for i, g := range step.When {
		no, err := g.refused(sc, fmt.Sprintf("%s.%s.%d", r.m.Name, step.Name, i+1))
		if err != nil {
			return nil, err
		}
		if no != nil {
			list = append(list, no)
		}
	}
	return values, list.Err()
}

// sign adds a signature to a joint step; pending says that more are needed.
func (r *run) sign(rec *Record, step *Step, values Values) (pending bool, err error) {
	signed := rec.Signed
	if rec.Joint == nil || rec.Joint.Step != step.Name || !bytes.Equal(EncodeValues(rec.Joint.Values), EncodeValues(values)) {
		signed = nil // what the others signed is not this
	}
	if slices.Contains(signed, r.in.Seat) {
		return true, refusal.New(refusal.Conflict, "joint.signed", lang.T("您已签署，正在等待其他各方", "you have signed; it waits for the others"))
	}
	signed = append(slices.Clone(signed), r.in.Seat)
	for _, by := range step.By {
		if !slices.Contains(signed, by) {
			if step.Fill != "" {
				r.out.Fills = append(r.out.Fills, Fill{Record: rec.ID, Form: step.Fill, Values: values})
			}
			r.out.Pending = signed
			return true, nil
		}
	}
	return false, nil
}

func (r *run) fill(rec *Record, form string, values Values) {
	rec.Forms[form] = values
	r.out.Fills = append(r.out.Fills, Fill{Record: rec.ID, Form: form, Values: values})
}

// named seats whom a form of the case names: at once, and as anybody else who is about to sit down. They were asked about by what was
// entered: the form itself, or the one that amends it.
func (r *run) named(rec *Record, form, entered string, values Values) error {
	if rec.Part != "" {
		return nil
	}
	for _, s := range r.m.seatsFrom(form) {
		_, field := cutPath(s.From)
		party, _ := values[field].(string)
		if party == "" {
			continue
		}
		h := Holder{Party: party}
		if slices.Contains(r.s.Holders(rec, s.Name), h) {
			continue // sits there already: an amendment of something else
		}
		if err := mayTake(r.s, rec, s, h, entered+"."+field); err != nil {
			return err
		}
		r.take(s.Name, h)
	}
	return nil
}

// seatsFrom are the seats that a form names.
func (m *Mechanism) seatsFrom(form string) (out []*Seat) {
	for _, s := range m.Seats {
		if from, _ := cutPath(s.From); s.From != "" && from == form {
			out = append(out, s)
		}
	}
	return out
}

// branch is the first whose condition holds; the proof decided shows that there is exactly one.
func branch(sc *Scope, to []*Branch) (*Branch, error) {
	for _, b := range to {
		if b.When == nil {
			return b, nil
		}
		v, err := b.When.Expr.Eval(sc)
		if err != nil {
			return nil, asRefusal(err)
		}
		if truth(v) {
			return b, nil
		}
	}
	return nil, refusal.New(refusal.Closed, "branch.none", lang.T("没有一个去向的条件成立", "no branch of this step holds")).
		Mend(lang.T("请联系政策管理员核对机制定义", "ask the policy administrator to look at the mechanism"))
}

// clock is a deadline that has come.
func (r *run) clock(rec *Record, machine *Machine, state *State) (*Outcome, error) {
	if r.in.Seat != ClockSeat {
		return nil, refusal.New(refusal.Forbidden, "step.seat", lang.T("到期由系统办理", "deadlines are the system's own"))
	}
	d := state.Deadline
	if d == nil || rec.Due.IsZero() || r.s.Now.Before(rec.Due) {
		return nil, refusal.New(refusal.Closed, "deadline.not_due", lang.T("还没有到期", "it is not due yet"))
	}
	rec = r.own(rec)
	if sc := (&Scope{Snapshot: r.s, Record: rec}); d.Every != nil && !ends(sc, d, rec.Due) {
		if err := r.effects(rec, d.Do, &Branch{State: state.Name}); err != nil {
			return nil, err
		}
		r.out.Escalate = d.Escalate
		rec.Due = nextTime(sc, caldate.On(rec.Due).AddDays(-1), d) // a deadline is the first instant after its day
		r.out.Moves = append(r.out.Moves, Transition{Record: rec.ID, From: state.Name, To: state.Name, Step: ClockStep, Since: rec.Since, Due: rec.Due})
		return r.out, nil
	}
	if d.Escalate != "" && d.Every == nil {
		if err := r.effects(rec, d.Do, &Branch{State: state.Name}); err != nil {
			return nil, err
		}
		r.out.Escalate = d.Escalate
		rec.Due = r.again(d)
		r.out.Moves = append(r.out.Moves, Transition{Record: rec.ID, From: state.Name, To: state.Name, Step: ClockStep, Since: rec.Since, Due: rec.Due})
		return r.out, nil
	}
	to, err := branch(&Scope{Snapshot: r.s, Record: rec}, d.To)
	if err != nil {
		return nil, err
	}
	do := d.Do
	if d.Every != nil { // is what it does each time, and not at the end
		do = nil
	}
	if err := r.effects(rec, do, to); err != nil {
		return nil, err
	}
	if err := r.move(rec, to.State, ClockStep, true); err != nil {
		return nil, err
	}
	return r.out, r.retime()
}

// addMoney moves an amount inside a pot's map of parties, on a copy.
func addMoney(m map[string]money.Fen, party string, amount money.Fen) map[string]money.Fen {
	c := maps.Clone(m)
	if c == nil {
		c = map[string]money.Fen{}
	}
	c[party] += amount
	if c[party] == 0 {
		delete(c, party)
	}
	return c
}
