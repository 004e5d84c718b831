package casework

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/panel/assign"
	"kechuang/internal/panel/conflict"
	"kechuang/internal/policy"
	"kechuang/internal/refusal"
	"kechuang/internal/register"
	"kechuang/internal/share"
	"kechuang/internal/store"
)

// Many proposals and many experts at once. The adviser proposes who judges what; nothing is written. What it proposes is done case by
// case, by a step that invites those who are named (draw: {named: …}), through the same door as everything else.
type (
	// AssignQuestion is what is to be assigned.
	AssignQuestion struct {
		Cases        []string     `json:"cases" minItems:"1" maxItems:"500"`
		Inside       bool         `json:"inside,omitempty" doc:"the parts of the one case that its panel reviews, among those who accepted; case of a pair is then a part's id"`
		Objective    string       `json:"objective" enum:"total,fair,random"`
		Cap          share.PPM    `json:"cap,omitempty" minimum:"0" maximum:"1000000" doc:"random: the greatest chance of a pair"`
		Reviews      int          `json:"reviews,omitempty" minimum:"0" maximum:"100" doc:"experts for each case; 0: as many as it still wants"`
		Least        int          `json:"least,omitempty" minimum:"0" maximum:"1000"`
		Most         int          `json:"most" minimum:"1" maximum:"1000" doc:"cases for each expert, with what they have elsewhere"`
		UnitMost     int          `json:"unitMost,omitempty" minimum:"0" maximum:"100"`
		OutsideLeast int          `json:"outsideLeast,omitempty" minimum:"0" maximum:"100"`
		Pins         []AssignPair `json:"pins,omitempty" maxItems:"1000"`
		Forbids      []AssignPair `json:"forbids,omitempty" maxItems:"1000"`
	}
	// AssignPair is an expert and a case.
	AssignPair struct {
		Case  string `json:"case"`
		Party string `json:"party"`
	}
	// AssignAnswer is the plan with its proof, or why there is none.
	AssignAnswer struct {
		Cases      []AssignCase      `json:"cases"`
		Experts    []AssignExpert    `json:"experts"`
		Total      string            `json:"total,omitempty"`
		Worst      string            `json:"worst,omitempty"`
		Bound      string            `json:"bound,omitempty"`
		Proved     bool              `json:"proved"`
		Deciles    []string          `json:"deciles,omitempty"`
		Costs      []AssignCost      `json:"costs,omitempty"`
		Impossible *AssignImpossible `json:"impossible,omitempty"`
		File       string            `json:"file,omitempty"` // what kechuang panel verify reads
	}
	// AssignCase is one case with its experts.
	AssignCase struct {
		Case   string `json:"case"` // or the part, where the parts of one case are asked about
		Title  string `json:"title"`
		Step   string `json:"step"` // which invites them
		Form   string `json:"form"`
		Rows   string `json:"rows"` // the field of the form, and its column
		Column string `json:"column"`
		// Of is who sits in the part, for the column ColumnOf.
		Of       string         `json:"of,omitempty"`
		ColumnOf string         `json:"columnOf,omitempty"`
		Needs    int            `json:"needs"`
		Barred   int            `json:"barred"` // of the experts, who may not judge it
		Gets     []AssignedHere `json:"gets"`
	}
	// AssignedHere is one expert of a case.
	AssignedHere struct {
		Party  string            `json:"party"`
		Name   string            `json:"name"`
		Score  string            `json:"score"`
		Pinned bool              `json:"pinned,omitempty"`
		Kept   bool              `json:"kept,omitempty"` // reviews it already; what is missing is added to it
		Warn   conflict.Severity `json:"warn,omitempty"` // there is something to look at
	}
	// AssignExpert is one of all pools.
	AssignExpert struct {
		Party string `json:"party"`
		Name  string `json:"name"`
		Unit  string `json:"unit,omitempty"`
		Load  int    `json:"load"`
		Most  int    `json:"most"` // what is left of the load, elsewhere counted
	}
	// AssignCost is what a pin, a forbid or a limit takes from the total.
	AssignCost struct {
		What  string `json:"what" enum:"pin,forbid,unit,mix"`
		Case  string `json:"case,omitempty"`
		Party string `json:"party,omitempty"`
		Costs string `json:"costs"`
	}
	// AssignImpossible says why, and what would help.
	AssignImpossible struct {
		Why     lang.Text   `json:"why"`
		Changes []lang.Text `json:"changes"`
	}
)

// assignPairs is how many pairs of experts and cases one request may ask about.
const assignPairs = 500_000

// Assign proposes experts for cases whose panels the actor may bring together.
func (e *Engine) Assign(ctx context.Context, actor identity.Actor, q AssignQuestion) (a *AssignAnswer, err error) {
	if actor.Anonymous() {
		return nil, errSignIn
	}
	var as *assigning
	err = e.DB.Read(ctx, func(tx *store.Tx) error {
		as = &assigning{q: q, names: e.namer(tx), experts: map[string]int{}, warns: map[AssignPair]conflict.Severity{}, rivals: map[string]*docket{}}
		read := as.read
		if q.Inside {
			read = as.readInside
		}
		if err := read(tx, e, actor); err != nil {
			return err
		}
		return as.names.err
	})
	if err != nil {
		return nil, err
	}
	return as.answer()
}

// assigning is one question as it is worked on.
type assigning struct {
	q       AssignQuestion
	names   *namer
	cases   []AssignCase
	people  []register.Party
	experts map[string]int // their places
	p       assign.Problem
	warns   map[AssignPair]conflict.Severity
	rivals  map[string]*docket // other cases that were read on the way
	kept    []assign.Pair      // who reviews what already: pinned, beside what a person pins
}

// here is one case with its own pool.
type here struct {
	w     *viewer
	want  policy.DrawPanel
	free  map[string]bool
	found map[string][]conflict.Finding
	part  *policy.Record // nil: the case itself
	of    string
	work  []string // who reviews the part already
}

func (as *assigning) readInside(tx *store.Tx, e *Engine, actor identity.Actor) error {
	if len(as.q.Cases) != 1 {
		return refusal.New(refusal.Invalid, "panel.one_case", lang.T("一次只能安排一个事项内的分工", "The parts of one case at a time"))
	}
	return as.readParts(tx, e, actor, as.q.Cases[0])
}

func (as *assigning) read(tx *store.Tx, e *Engine, actor identity.Actor) error {
	var all []here
	seen := map[string]bool{}
	for _, id := range as.q.Cases {
		if seen[id] {
			continue
		}
		seen[id] = true
		h, err := as.readCase(tx, e, actor, id)
		if err != nil {
			return err
		}
		all = append(all, h)
	}
	if len(all)*len(as.people) > assignPairs {
		return refusal.New(refusal.TooLarge, "panel.too_large", lang.T("专家与事项的组合太多", "Too many pairs of experts and cases")).
			Mend(lang.T("请减少事项，或者改用命令行 kechuang panel assign", "Choose fewer cases, or use kechuang panel assign"))
	}
	return as.problem(tx, e, all)
}

// readCase reads who may be invited in one case.
func (as *assigning) readCase(tx *store.Tx, e *Engine, actor identity.Actor, id string) (h here, err error) {
	if h.w, err = e.panelist(tx, actor, id); err != nil {
		return h, err
	}
	h.w.n = as.names
	d := h.w.d
	draw, now := d.drawNow()
	if !now || !h.w.drawsNow(draw.Seat) {
		return h, refusal.New(refusal.Closed, "panel.not_now", lang.T("“"+d.row.title+"”现在不能邀请专家，或者不由您办理", "Experts cannot be invited for “"+d.row.title+"” now, or not by you")).
			Mend(lang.T("请从列表中去掉这个事项", "Take this case off the list"))
	}
	if h.want, err = policy.Wanted(d.snap, d.snap.Case, draw.Draw); err != nil {
		return h, err
	}
	row := AssignCase{Case: id, Title: d.row.title, Needs: h.want.Count}
	if x, has := d.byNames(draw); has {
		if row.Needs, err = as.asksFor(d, x, h.want.Count); err != nil {
			return h, err
		}
		row.Step = x.step.Name
		row.Form, row.Rows, _ = strings.Cut(x.Named, ".")
		row.Column = policy.NamedColumn(d.mech.Form(row.Form).Field(row.Rows))
	}
	as.cases = append(as.cases, row)
	c := &change{e: e, tx: tx, d: d, at: d.snap.Now, rivals: as.rivals}
	pool, excluded, err := c.pool(h.want)
	if err != nil {
		return h, err
	}
	h.free = map[string]bool{}
	for _, x := range pool {
		h.free[x.ID] = true
		if _, known := as.experts[x.ID]; !known {
			as.experts[x.ID] = len(as.people)
			as.people = append(as.people, as.names.party(x.ID))
		}
	}
	for _, x := range excluded {
		delete(h.free, x.Person)
	}
	h.found = c.found
	return h, nil
}

// asksFor is how many are to be invited by name: as many as the panel still wants, or as the question says, where the rule allows it.
func (as *assigning) asksFor(d *docket, x drawn, wanted int) (int, error) {
	most, err := policy.Wanted(d.snap, d.snap.Case, x.Draw)
	if as.q.Reviews > 0 {
		wanted = as.q.Reviews
	}
	return min(wanted, most.Count), err
}

// problem is the assignment's: experts with what is left of their loads, cases with what they want, how well they fit, who may not.
func (as *assigning) problem(tx *store.Tx, e *Engine, all []here) error {
	if len(as.people) == 0 {
		return refusal.New(refusal.Insufficient, "panel.no_pool", lang.T("专家库中没有这些事项所需领域的专家", "No expert has the fields that these cases ask for")).
			Mend(lang.T("请在登记库中补充专家", "Add experts to the register"))
	}
	p := &as.p
	p.UnitMost = as.q.UnitMost
	if as.q.OutsideLeast > 0 {
		p.Mix = []assign.Mix{{Kind: "outside", Least: as.q.OutsideLeast, Most: 1000}}
	}
	var ids []string
	for _, x := range as.people {
		ids = append(ids, x.ID)
	}
	vet, err := e.vet(tx, all[0].w.d.ed, all[0].w.d.snap.Now, ids, nil)
	if err != nil {
		return err
	}
	as.keep(all)
	for i, x := range as.people {
		if x.Employer != "" {
			as.names.party(x.Employer)
		}
		ex := assign.Expert{Name: x.Name, Unit: x.Employer, Most: max(as.q.Most-as.busy(vet, x), as.load(i)), Least: as.q.Least}
		if ex.Least = min(ex.Least, ex.Most); all[0].w.outside(x.Region, x.Employer) {
			ex.Kind = "outside"
		}
		p.Experts = append(p.Experts, ex)
	}
	p.Scores, p.Barred = make([]assign.Score, len(ids)*len(all)), make([]bool, len(ids)*len(all))
	for q, h := range all {
		p.Proposals = append(p.Proposals, assign.Proposal{Name: as.cases[q].Title, Needs: as.cases[q].Needs})
		as.fit(h, q, len(all))
	}
	return as.wishes()
}

// keep pins those who are at work already: their reviews stay, and count against loads and limits.
func (as *assigning) keep(all []here) {
	for q, h := range all {
		for _, x := range h.work {
			if i, known := as.experts[x]; known {
				as.kept = append(as.kept, assign.Pair{Expert: i, Proposal: q})
			}
		}
	}
	as.p.Pins = slices.Clone(as.kept)
}

// load is how many an expert has here already.
func (as *assigning) load(expert int) (n int) {
	for _, w := range as.kept {
		if w.Expert == expert {
			n++
		}
	}
	return n
}

// fit scores the experts for one case.
func (as *assigning) fit(h here, q, of int) {
	for i, x := range as.people {
		at := i*of + q
		if as.p.Barred[at] = !h.free[x.ID]; as.p.Barred[at] {
			as.cases[q].Barred++
		}
		as.p.Scores[at] = expertise(x.Expertise, h.want.Field)
	}
	for id, list := range h.found {
		if w := conflict.Worst(list); w != "" {
			as.warns[AssignPair{as.cases[q].Case, id}] = w
		}
	}
}

// expertise is how well somebody's fields fit the field that is asked for: what they name first is what they know best. A field above or
// below it counts half. Our own rule.
func expertise(fields []string, want string) assign.Score {
	best := assign.Score(0)
	for i, f := range fields {
		s := assign.One - assign.Score(min(i, 4))*assign.One*15/100
		switch {
		case want == "" || f == want:
		case f != "" && (strings.HasPrefix(want, f) || strings.HasPrefix(f, want)):
			s /= 2
		default:
			continue
		}
		best = max(best, s)
	}
	if best == 0 && want == "" {
		return assign.One / 2
	}
	return best
}

// wishes are what a person pinned and forbade.
func (as *assigning) wishes() error {
	var l refusal.List
	place := func(w AssignPair, into *[]assign.Pair) {
		q := slices.IndexFunc(as.cases, func(c AssignCase) bool { return c.Case == w.Case })
		x, known := as.experts[w.Party]
		if q < 0 || !known {
			l.Add(refusal.New(refusal.Invalid, "assign.nobody", lang.T("指定或者排除的专家、事项不在这次分配中", "An expert or case that was pinned or forbidden is not part of this assignment")))
			return
		}
		*into = append(*into, assign.Pair{Expert: x, Proposal: q})
	}
	for _, w := range as.q.Pins {
		place(w, &as.p.Pins)
	}
	for _, w := range as.q.Forbids {
		place(w, &as.p.Forbids)
	}
	return l.Err()
}

// answer solves, outside any transaction.
func (as *assigning) answer() (*AssignAnswer, error) {
	a := &AssignAnswer{Cases: as.cases, Experts: []AssignExpert{}}
	plan, sheet, proved, err := as.solve()
	var no *assign.Impossible
	if errors.As(err, &no) {
		a.Impossible = &AssignImpossible{Why: no.Why, Changes: []lang.Text{}}
		for _, c := range no.Changes {
			a.Impossible.Changes = append(a.Impossible.Changes, c.Text)
		}
		return a, nil
	}
	if err != nil {
		return nil, err
	}
	a.Total, a.Worst, a.Bound, a.Proved = plan.Total.String(), plan.Worst.String(), sheet.Bound.String(), proved
	for _, d := range plan.Deciles() {
		a.Deciles = append(a.Deciles, d.String())
	}
	as.spread(a, plan)
	if err := as.costs(a, sheet); err != nil {
		return nil, err
	}
	for i, x := range as.people {
		sheet.Experts[i].ID = x.ID
	}
	for q, c := range as.cases {
		sheet.Proposals[q].ID = c.Case
	}
	file, err := sheet.Encode()
	a.File = string(file)
	return a, err
}

func (as *assigning) solve() (plan *assign.Plan, sheet *assign.Sheet, proved bool, err error) {
	switch as.q.Objective {
	case "fair":
		if plan, proved, err = assign.Fair(&as.p, assign.FairOptions{}); err != nil {
			return nil, nil, false, err
		}
	case "random":
		l, err := assign.Random(&as.p, cmp.Or(as.q.Cap, share.Whole/2))
		if err != nil {
			return nil, nil, false, err
		}
		var seed [32]byte
		rand.Read(seed[:])
		plan = l.Draw(&as.p, seed)
		sheet = assign.NewSheet(&as.p, "random", plan)
		sheet.Cap, sheet.Seed, sheet.Bound = l.Cap, hex.EncodeToString(seed[:]), l.Bound
		return plan, sheet, true, sheet.Verify()
	default:
		if plan, err = assign.Total(&as.p); err != nil {
			return nil, nil, false, err
		}
		proved = plan.Gap() == 0
	}
	sheet = assign.NewSheet(&as.p, as.q.Objective, plan)
	if err := sheet.Verify(); err != nil {
		return nil, nil, false, fmt.Errorf("casework: an assignment that does not prove itself: %w", err)
	}
	return plan, sheet, proved, nil
}

// spread tells who judges what.
func (as *assigning) spread(a *AssignAnswer, plan *assign.Plan) {
	load := make([]int, len(as.people))
	for q := range a.Cases {
		a.Cases[q].Gets = []AssignedHere{}
	}
	for _, w := range plan.Pairs {
		load[w.Expert]++
		x, c := as.people[w.Expert], &a.Cases[w.Proposal]
		c.Gets = append(c.Gets, AssignedHere{Party: x.ID, Name: x.Name, Score: as.p.Score(w).String(), Pinned: slices.Contains(as.p.Pins, w), Kept: slices.Contains(as.kept, w), Warn: as.warns[AssignPair{c.Case, x.ID}]})
	}
	for i, x := range as.people {
		unit := ""
		if x.Employer != "" {
			unit = as.names.parties[x.Employer].Name
		}
		a.Experts = append(a.Experts, AssignExpert{Party: x.ID, Name: x.Name, Unit: unit, Load: load[i], Most: as.p.Experts[i].Most})
	}
}

// costs tells what each wish and limit takes from the greatest total.
func (as *assigning) costs(a *AssignAnswer, sheet *assign.Sheet) error {
	if as.q.Objective == "random" || len(as.p.Pins)+len(as.p.Forbids) > 50 {
		return nil
	}
	list, err := assign.Costs(&as.p)
	if err != nil {
		return err
	}
	for _, c := range list {
		if c.What == "pin" && slices.Contains(as.kept, c.Pair) {
			continue // no wish of anybody's
		}
		out := AssignCost{What: c.What, Costs: c.Costs.String()}
		kept := assign.SheetCost{What: c.What, Kind: c.Kind, Costs: c.Costs}
		if c.What == "pin" || c.What == "forbid" {
			out.Case, out.Party = as.cases[c.Pair.Proposal].Case, as.people[c.Pair.Expert].ID
			kept.Pair = &c.Pair
		}
		a.Costs, sheet.Costs = append(a.Costs, out), append(sheet.Costs, kept)
	}
	return nil
}
