package prove

import (
	"maps"
	"regexp"
	"slices"

	"kechuang/internal/policy"
	"kechuang/internal/policy/diag"
)

var paramName = regexp.MustCompile(`param\.(\w+)`)

// Idle finds what a pack declares and no mechanism uses: a parameter that no rule reads is a rule of the document that nobody carries
// out, or one carried out with a number written elsewhere. It is advice about a pack, not a proof of a mechanism.
func Idle(pack *policy.Pack) diag.List {
	u := &used{map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}, nil}
	for _, m := range pack.Mechanisms {
		u.mechanism(newWorld(pack, m))
	}
	for _, k := range pack.Kinds {
		for _, c := range k.Counts {
			u.facts[c.Fact] = true
		}
	}
	r := &report{proof: Typed}
	for _, n := range slices.Sorted(maps.Keys(pack.Params)) {
		if !u.params[n] && pack.Params[n].Adviser == "" {
			r.found(pack.Params[n].Pos, "idle_param", say("参数%s没有一条规则用到", "no rule uses the parameter %s", titled(pack.Params[n].Title, n)),
				say("让规则读它，或删去它", "let a rule read it, or drop it"), nil)
		}
	}
	for _, n := range slices.Sorted(maps.Keys(pack.Facts)) {
		if !u.facts[n] {
			r.found(pack.Facts[n].Pos, "idle_fact", say("事实%s没有一个步骤记录，也没有登记项计数", "neither a step nor a record counts the fact %s", titled(pack.Facts[n].Title, n)),
				say("在步骤的 do 中加 record: %s，或删去它", "add record: %s to the do of a step, or drop it", n), nil)
		}
	}
	for _, n := range slices.Sorted(maps.Keys(pack.Funds)) {
		if !u.funds[n] {
			r.found(pack.Funds[n].Pos, "idle_fund", say("资金%s没有一个步骤动用", "no step holds from the fund %s", titled(pack.Funds[n].Title, n)),
				say("删去它，或让步骤从中 hold", "drop it, or hold from it"), nil)
		}
	}
	for _, n := range slices.Sorted(maps.Keys(pack.Offices)) {
		if !u.offices[n] {
			r.found(pack.Offices[n].Pos, "idle_office", say("处室%s不坐任何席位", "the office %s fills no seat", titled(pack.Offices[n].Title, n)),
				say("删去它，或给它一个席位", "drop it, or give it a seat"), nil)
		}
	}
	if len(pack.Mechanisms) == 0 {
		r.found(policy.Pos{File: "mechanisms", Line: 1, Col: 1}, "no_mechanism", say("政策包里没有机制", "the pack has no mechanism"),
			say("在文件夹 mechanisms 里写一个 .yaml 文件；kechuang pack new 写出一个可以照着改的", "write a .yaml file into the folder mechanisms; kechuang pack new writes one to begin with"), nil)
	}
	if p := u.workdays; p != nil && pack.Calendar.Empty() {
		r.found(*p, "no_calendar", say("期限按工作日计算，而政策包里没有工作日历：节假日会当作工作日", "a period counts working days, and the pack has no calendar: holidays count as worked"),
			say("加 calendar/年份.yaml（国务院办公厅的放假通知全国一致，可以照抄 kechuang pack new 写出的）", "add calendar/YEAR.yaml; the notices are national, those that kechuang pack new writes will do"), nil)
	}
	r.list.Sort()
	return r.list
}

// used is what mechanisms name of their pack.
type used struct {
	params, facts, funds, offices map[string]bool
	workdays                      *policy.Pos // a deadline that counts working days
}

func (u *used) read(texts ...string) {
	for _, t := range texts {
		for _, m := range paramName.FindAllStringSubmatch(t, -1) {
			u.params[m[1]] = true
		}
	}
}

func (u *used) expr(list ...*policy.Expr) {
	for _, e := range list {
		if e != nil {
			u.read(e.Source)
		}
	}
}

func (u *used) guards(list []*policy.Guard) {
	for _, g := range list {
		u.expr(g.Expr)
		u.read(g.Because.ZH, g.Way.ZH)
	}
}

// mechanism reads the source, and what blocks brought into it.
func (u *used) mechanism(w *world) {
	u.read(string(w.mech.Source))
	for _, s := range w.mech.Seats {
		u.offices[s.Office] = true
	}
	for _, f := range w.mech.Forms {
		u.guards(f.Checks)
	}
	for _, machine := range append([]*policy.Machine{w.mech.Case}, w.mech.Parts...) {
		for _, s := range machine.States {
			if d := s.Deadline; d != nil {
				u.params[d.Param] = true
				if _, ok := d.Period.(policy.Workdays); ok {
					u.workdays = &d.Pos
				}
			}
		}
	}
	for _, a := range w.all {
		if a.step != nil {
			u.read(a.step.Tells.ZH)
			u.guards(a.step.When)
		}
		for _, e := range a.do {
			u.expr(effectExprs(e)...)
			switch e := e.(type) {
			case policy.NoteFact:
				u.facts[e.Fact] = true
			case policy.Hold:
				u.funds[e.Fund] = true
			}
		}
	}
}
