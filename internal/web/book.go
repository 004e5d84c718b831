package web

import (
	"cmp"
	"slices"
	"strings"

	"kechuang/internal/casework"
	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/policy"
	"kechuang/internal/policy/draw"
	"kechuang/internal/policy/prove"
)

// book is the pack in words, worked out once when the server starts and never changed after.
type book struct {
	pack       *policy.Pack
	mechanisms map[string]*Mechanism
	params     []Param
}

// newBook writes the pack out. The proofs are those that serve made before it let the pack in.
func newBook(p *policy.Pack, proofs map[string][]prove.Verdict) *book {
	b := &book{pack: p, mechanisms: map[string]*Mechanism{}}
	used := map[string][]UsedBy{}
	for _, m := range p.Mechanisms {
		for _, name := range paramsOf(m, p) {
			used[name] = append(used[name], UsedBy{m.Name, m.Title})
		}
	}
	for _, v := range sorted(p.Params, func(v *policy.Param) string { return v.Name }) {
		b.params = append(b.params, b.param(v, used[v.Name]))
	}
	for _, m := range p.Mechanisms {
		b.mechanisms[m.Name] = b.mechanism(m, proofs[m.Name])
	}
	return b
}

func (b *book) param(v *policy.Param, used []UsedBy) Param {
	out := Param{Name: v.Name, Title: v.Title, Type: string(v.Type), Text: policy.Show(v.Value), Value: v.Value, Basis: v.Basis,
		Clause: v.Clause, Trust: v.Trust, Note: v.Note, File: v.Pos.File, Line: v.Pos.Line, UsedBy: used}
	if src := b.pack.Basis[v.Basis]; src != nil {
		out.Cite, out.Source = src.Cite(v.Clause), src
	}
	return out
}

// items is the list of mechanisms as one actor sees it: for which of their parties they could open one.
func (b *book) items(who identity.Actor) []MechanismItem {
	list := make([]MechanismItem, 0, len(b.pack.Mechanisms))
	for _, m := range b.pack.Mechanisms {
		item := MechanismItem{Name: m.Name, Version: m.Version, Title: m.Title, Purpose: m.Purpose, Proved: true}
		if at := b.groupPlace(m.Group); at < len(b.pack.Groups) {
			item.Group = b.pack.Groups[at]
		}
		for _, p := range b.mechanisms[m.Name].Proofs {
			item.Proved = item.Proved && p.OK
		}
		if seat := m.Seat(m.Opener); seat != nil {
			item.Opener = *seat
			item.Parties, item.Open = openersOf(m, who)
		}
		list = append(list, item)
	}
	slices.SortStableFunc(list, func(x, y MechanismItem) int {
		return cmp.Compare(b.groupPlace(x.Group.Name), b.groupPlace(y.Group.Name))
	})
	return list
}

// openersOf is for which of their parties somebody could open a case of a mechanism, and whether they could at all.
func openersOf(m *policy.Mechanism, who identity.Actor) (parties []PartyTitle, may bool) {
	seat := m.Seat(m.Opener)
	switch {
	case seat == nil:
	case seat.Kind == policy.OfficeSeat:
		return nil, who.InOffice(seat.Office)
	case seat.Kind == policy.PartySeat:
		for _, hat := range casework.SitsAs(who, seat) {
			parties = append(parties, PartyTitle{hat.Party, hat.Name})
		}
	}
	return parties, len(parties) > 0
}

// opens tells whether there is anything that somebody may open.
func (b *book) opens(who identity.Actor) bool {
	return slices.ContainsFunc(b.pack.Mechanisms, func(m *policy.Mechanism) bool {
		_, may := openersOf(m, who)
		return may
	})
}

// groupPlace is where a group stands in the pack's order; what has none comes last.
func (b *book) groupPlace(name string) int {
	at := slices.IndexFunc(b.pack.Groups, func(g policy.Group) bool { return g.Name == name })
	if at < 0 {
		return len(b.pack.Groups)
	}
	return at
}

func (b *book) mechanism(m *policy.Mechanism, proofs []prove.Verdict) *Mechanism {
	w := words{b.pack, m}
	out := &Mechanism{Name: m.Name, Version: m.Version, Title: m.Title, Purpose: m.Purpose, Opener: m.Opener, Seats: m.Seats, Forms: m.Forms,
		Source: string(m.Source)}
	for _, key := range m.Basis {
		if d := b.pack.Basis[key]; d != nil {
			out.Basis = append(out.Basis, *d)
		}
	}
	for _, x := range append([]*policy.Machine{m.Case}, m.Parts...) {
		out.Machines = append(out.Machines, b.machine(w, x))
	}
	for _, r := range m.Rules {
		out.Rules = append(out.Rules, RuleLine{r.Kind, r.Names, w.rule(r)})
	}
	for _, name := range paramsOf(m, b.pack) {
		if i := slices.IndexFunc(b.params, func(p Param) bool { return p.Name == name }); i >= 0 {
			out.Params = append(out.Params, b.params[i])
		}
	}
	for _, v := range proofs {
		for _, p := range prove.Proofs {
			if p.Name == v.Proof {
				out.Proofs = append(out.Proofs, Proof{Name: v.Proof, Title: p.Title, Tells: p.Means, OK: v.OK, Findings: v.Findings})
			}
		}
	}
	return out
}

func (b *book) machine(w words, x *policy.Machine) Machine {
	out := Machine{Name: x.Name, Title: x.Title, Of: x.Of, Seats: x.Seats}
	if x.Name == "" {
		out.Title = w.m.Title
	}
	for _, st := range x.States {
		s := State{Name: st.Name, Title: st.Title, End: st.End, Good: st.Good, Public: st.Public}
		for _, step := range st.Steps {
			s.Steps = append(s.Steps, b.step(w, x, step))
		}
		if st.Deadline != nil {
			s.Deadline = b.deadline(w, x, st.Deadline)
		}
		out.States = append(out.States, s)
	}
	return out
}

func (b *book) step(w words, x *policy.Machine, step *policy.Step) Step {
	out := Step{Name: step.Name, Title: step.Title, Tells: w.sentence(step.Tells), By: step.By, All: step.All, Form: step.Fill, Say: step.Say,
		While: step.While, To: b.ways(w, x, step.To), Do: b.effects(w, step.Do)}
	if f := w.m.Form(step.Fill); f != nil {
		for _, g := range f.Checks {
			out.When = append(out.When, b.condition(w, g))
		}
	}
	for _, g := range step.When {
		out.When = append(out.When, b.condition(w, g))
	}
	return out
}

func (b *book) condition(w words, g *policy.Guard) Condition {
	c := Condition{Because: w.sentence(g.Because), Way: w.sentence(g.Way), Field: g.Field}
	if g.Expr != nil {
		c.Source = g.Expr.Source
	}
	if d := b.pack.Basis[g.Basis]; d != nil {
		c.Rule = d.Cite(g.Clause)
	}
	return c
}

func (b *book) ways(w words, x *policy.Machine, to []*policy.Branch) []Way {
	var out []Way
	for _, br := range to {
		way := Way{State: br.State, Title: w.state(x, br.State), Else: br.Else}
		if br.When != nil && br.When.Expr != nil {
			way.When = w.expr(br.When.Expr)
		}
		out = append(out, way)
	}
	return out
}

func (b *book) effects(w words, do []policy.Effect) []lang.Text {
	var out []lang.Text
	for _, e := range do {
		out = append(out, w.effect(e))
	}
	return out
}

func (b *book) deadline(w words, x *policy.Machine, d *policy.Deadline) *Deadline {
	out := &Deadline{To: b.ways(w, x, d.To), Escalate: d.Escalate, Do: b.effects(w, d.Do)}
	long := policy.Show(d.After)
	switch {
	case d.Param != "":
		if v := b.pack.Params[strings.TrimPrefix(d.Param, "param.")]; v != nil {
			long = policy.Show(v.Value)
		}
	case d.At != "":
		long = w.path(d.At)
	}
	if d.Every != nil {
		zh, en := draw.EveryText(d.Every)
		if out.Text = lang.T(zh, en); d.Until != "" {
			out.Text = say("%s，至%s日终", "%s, until the end of %s", out.Text, w.path(d.Until))
		}
	} else if d.Escalate != "" {
		out.Text = say("%s内未办，提醒%s", "if not done within %s, %s is told", long, w.seat(d.Escalate))
	} else if d.At != "" {
		out.Text = say("至%s日终", "until the end of %s", long)
	} else {
		out.Text = say("%s内", "within %s", long)
	}
	return out
}

// rule is one promise in words.
func (w words) rule(r *policy.Rule) lang.Text {
	names := joined(r.Names, w.act)
	switch r.Kind {
	case "before":
		return say("任何路径上，次序均为：%s", "on every path, in this order: %s", names)
	case "separate":
		return say("不得由同一人办理：%s", "never by the same person: %s", names)
	case "money":
		return lang.T("办结时，每一笔预留资金都已支付或退回", "at every end, what was held is paid or released")
	case "answered":
		return lang.T("每个环节都有人办理，并有时限", "in every state somebody has to act, by a deadline")
	}
	return lang.T(r.Kind+":"+names.ZH, r.Kind+": "+names.In(lang.EN))
}

// act is the title of a step or the word for an effect that a rule names.
func (w words) act(name string) lang.Text {
	if t, ok := map[string]lang.Text{"pay": lang.T("支付", "pay"), "hold": lang.T("预留", "hold"), "release": lang.T("退回余额", "release"), "stands": lang.T("公示无异议", "the notice stood")}[name]; ok {
		return t
	}
	state, step, dotted := strings.Cut(name, ".")
	for _, x := range append([]*policy.Machine{w.m.Case}, w.m.Parts...) {
		for _, st := range x.States {
			for _, s := range st.Steps {
				if (!dotted && s.Name == name) || (dotted && st.Name == state && s.Name == step) {
					return s.Title
				}
			}
		}
	}
	return lang.T(name, name)
}

// paramsOf is the parameters that a mechanism reads anywhere, sorted.
func paramsOf(m *policy.Mechanism, p *policy.Pack) []string {
	text := string(m.Source)
	var names []string
	for name := range p.Params {
		if containsWord(text, "param."+name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// containsWord tells whether the text has the dotted name, not merely as the beginning of a longer one.
func containsWord(text, word string) bool {
	for i := strings.Index(text, word); i >= 0; {
		end := i + len(word)
		if end == len(text) || !strings.ContainsRune("abcdefghijklmnopqrstuvwxyz0123456789_", rune(text[end])) {
			return true
		}
		next := strings.Index(text[end:], word)
		if next < 0 {
			return false
		}
		i = end + next
	}
	return false
}
