package casework

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"kechuang/internal/caldate"
	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/panel/conflict"
	"kechuang/internal/policy"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

// The panel desk: which cases have panels to be brought together, who may sit on them, and how far each has come. It is for the offices of
// a case that know the panel and for auditors; to everybody else it says that the case is not there.
type (
	// PanelItem is one case with a panel.
	PanelItem struct {
		Item
		Stage    string `json:"stage" enum:"forming,reviewing,over"` // forming: people are to be invited; reviewing: they are at work, and whoever leaves is replaced; over
		Wanted   int    `json:"wanted"`                              // how many are still to be invited
		Invited  int    `json:"invited"`                             // who have not answered
		Accepted int    `json:"accepted"`                            // who have
		Dropped  int    `json:"dropped"`
		Given    int    `json:"given"`  // opinions and the like that are done
		Asked    int    `json:"asked"`  // of how many
		Sealed   bool   `json:"sealed"` // how many there are is not to be known now
		May      bool   `json:"may"`    // the actor may draw or invite

		Answer *time.Time `json:"answer,omitempty"` // by when the first of those who have not answered must
	}
	// PanelView is one panel: whom it needs, who could sit on it, and who was asked.
	PanelView struct {
		PanelItem
		Seat         string         `json:"seat"`
		SeatTitle    lang.Text      `json:"seatTitle"`
		Part         string         `json:"part"` // of the invitations
		Field        string         `json:"field"`
		FieldTitle   lang.Text      `json:"fieldTitle,omitzero"`
		UnitMost     int            `json:"unitMost,omitempty"`
		OutsideLeast int            `json:"outsideLeast,omitempty"`
		OpenMost     int            `json:"openMost,omitempty"`
		Mix          []PanelMix     `json:"mix"`
		Apart        []HolderView   `json:"apart"` // with whom nobody on it may have a conflict
		Pool         []PanelExpert  `json:"pool"`
		Free         int            `json:"free"`                  // of the pool, whom nothing keeps out
		Fingerprint  string         `json:"fingerprint,omitempty"` // of pool and criteria as they would be drawn from now
		Invitations  []PanelInvited `json:"invitations"`
		Draws        []DrawView     `json:"draws"`
		Draw         string         `json:"draw,omitempty"`    // the step that draws, where the case stands
		Invite       string         `json:"invite,omitempty"`  // the step that invites by an assignment, where there is one
		More         int            `json:"more,omitempty"`    // how many more could be invited that way
		Allot        string         `json:"allot,omitempty"`   // the step that says who reviews which part, where the actor may take it and a part has too few
		Dispute      string         `json:"dispute,omitempty"` // the step that asks for rulings on findings
	}
	// PanelMix is how many of one sort a panel needs at least.
	PanelMix struct {
		Title lang.Text `json:"title"`
		Least int       `json:"least"`
	}
	// PanelExpert is somebody of the pool.
	PanelExpert struct {
		Party     string            `json:"party"`
		Name      string            `json:"name"`
		Unit      string            `json:"unit,omitempty"`
		Outside   bool              `json:"outside"`
		Fields    []string          `json:"fields"`
		Marks     []lang.Text       `json:"marks"`                                             // what the expert's file says: category, title
		Confirmed string            `json:"confirmed,omitempty"`                               // the day on which the interests were last confirmed
		Severity  conflict.Severity `json:"severity,omitempty" enum:"forbidden,approval,warn"` // the gravest finding that counts
		Barred    string            `json:"barred,omitempty"`                                  // the record that keeps them from judging
		State     *StateRef         `json:"state,omitempty"`                                   // of their invitation here
		Findings  []PanelFinding    `json:"findings"`
		Open      int               `json:"open"` // invitations elsewhere that are not over
		Year      int               `json:"year"` // invitations within a year
	}
	// PanelFinding is why somebody should not judge, with the rule behind it.
	PanelFinding struct {
		ID       string            `json:"id"`
		Kind     conflict.Kind     `json:"kind"`
		Title    lang.Text         `json:"title,omitzero"`
		Severity conflict.Severity `json:"severity" enum:"forbidden,approval,warn"`
		Sure     conflict.Sure     `json:"sure" enum:"certain,likely,possible"`
		Text     lang.Text         `json:"text"`
		Evidence []string          `json:"evidence"`
		Rule     string            `json:"rule,omitempty"`
		Counts   bool              `json:"counts"` // false: it was ruled not to
		Asked    bool              `json:"asked"`  // a ruling on it was asked for and is still to come
	}
	// PanelInvited is one invitation.
	PanelInvited struct {
		Record string     `json:"record"`
		Party  string     `json:"party"`
		Name   string     `json:"name"`
		State  StateRef   `json:"state"`
		Since  time.Time  `json:"since"`
		Due    *time.Time `json:"due,omitempty"`
	}
)

// poolShown is how many of a pool are sent; those who are asked already and those with findings come first.
const poolShown = 400

// drawn is a mechanism's draw: the effect, and the step that it is in.
type drawn struct {
	policy.Draw
	step  *policy.Step
	state string
}

// drawsOf are the draws of a mechanism's own flow.
func drawsOf(m *policy.Mechanism) (list []drawn) {
	for _, s := range m.Case.States {
		for _, st := range s.Steps {
			for _, e := range st.Do {
				if d, ok := e.(policy.Draw); ok {
					list = append(list, drawn{d, st, s.Name})
				}
			}
		}
	}
	return list
}

// drawNow is the draw that matters where the case stands: one of this state before others, one by chance before one by names.
func (d *docket) drawNow() (best drawn, now bool) {
	rank := func(x drawn) int {
		n := 0
		if x.state != d.row.state {
			n += 2
		}
		if x.Named != "" {
			n++
		}
		return n
	}
	all := drawsOf(d.mech)
	if len(all) == 0 {
		return drawn{}, false
	}
	best = slices.MinFunc(all, func(a, b drawn) int { return cmp.Compare(rank(a), rank(b)) })
	return best, best.state == d.row.state
}

// Panels are the cases with panels that the actor's offices run, those to be formed first; of auditors, all of them.
func (e *Engine) Panels(ctx context.Context, actor identity.Actor) (list []PanelItem, err error) {
	if actor.Anonymous() {
		return nil, errSignIn
	}
	list = []PanelItem{}
	err = e.DB.Read(ctx, func(tx *store.Tx) error {
		list = list[:0]
		hats, err := e.hats(tx, actor)
		if err != nil {
			return err
		}
		l := &lister{e: e, tx: tx, hats: hats, n: e.namer(tx)}
		for _, m := range e.seen.Load().Mechanisms {
			if len(drawsOf(m)) == 0 {
				continue
			}
			ids, err := l.ids(filter{mechanism: m.Name, live: true, limit: maxPage}, actor.Has(identity.RoleAuditor))
			if err != nil {
				return err
			}
			for _, id := range ids {
				d, s, err := e.sighted(tx, actor, id)
				if notFound(err) || err == nil && (!s.knowsPanels() || !d.row.shown) {
					continue
				} else if err != nil {
					return err
				}
				w := &viewer{e: e, tx: tx, d: d, s: s, n: l.n, actor: actor}
				item, has, err := w.panelItem(l)
				if err != nil {
					return err
				}
				if has && item.Stage != "" {
					list = append(list, item)
				}
			}
		}
		return l.n.err
	})
	slices.SortStableFunc(list, func(a, b PanelItem) int {
		order := []string{"forming", "reviewing", "over"}
		return cmp.Or(cmp.Compare(slices.Index(order, a.Stage), slices.Index(order, b.Stage)), -a.Since.Compare(b.Since))
	})
	return list, err
}

// panelItem counts how far a panel has come; has is false where the mechanism draws none. A case whose panel nobody was asked for yet, and
// that does not stand where it is drawn, has no stage.
func (w *viewer) panelItem(l *lister) (p PanelItem, has bool, err error) {
	d := w.d
	draw, now := d.drawNow()
	if draw.step == nil {
		return p, false, nil
	}
	if p.Item, has, err = l.item(d.row.id, true); err != nil || !has {
		return p, false, err
	}
	machine := d.mech.Part(draw.Part)
	for _, r := range d.snap.Parts {
		if r.Part != draw.Part {
			continue
		}
		switch st := machine.State(r.State); {
		case st.Lost():
			if !d.worked(draw, r) {
				p.Dropped++
			} else if !now { // of a panel that is brought together anew they were of the one before
				p.Accepted++
			}
		case st == machine.Initial():
			p.Invited++
			if due, _ := w.due(r.Due); due != nil && (p.Answer == nil || due.Before(*p.Answer)) {
				p.Answer = due
			}
		default:
			p.Accepted++
		}
	}
	p.May = w.drawsNow(draw.Seat)
	work := panelWork(d.mech, draw.Seat)
	for _, m := range work {
		p.Sealed = p.Sealed || d.sealedPart(m)
	}
	for _, r := range d.snap.Parts {
		m := d.machine(r)
		if !slices.Contains(work, m) || d.sealedPart(m) || now && m.State(r.State) != m.Initial() {
			continue
		}
		p.Asked++
		if r.State != m.Initial().Name {
			p.Given++
		}
	}
	if now {
		want, err := policy.Wanted(d.snap, d.snap.Case, draw.Draw)
		if err != nil {
			return p, true, err
		}
		p.Wanted = want.Count
	}
	switch {
	case p.Sealed && p.Accepted+p.Dropped > 0:
		p.Stage = "reviewing" // whoever left after reading can still be replaced
	case now:
		p.Stage = "forming"
	case p.Accepted+p.Dropped+p.Invited > 0:
		p.Stage = "over"
	}
	return p, true, nil
}

// worked tells whether whoever was invited by a record was given work, and their place on the panel ended with it: they did not drop out. Who
// left by their own act, after reading too, did.
func (d *docket) worked(draw drawn, invitation *policy.Record) bool {
	if chosen(d.machine(invitation), draw.As, invitation.State) {
		return false
	}
	work := panelWork(d.mech, draw.Seat)
	return slices.ContainsFunc(d.snap.Parts, func(r *policy.Record) bool {
		m := d.machine(r)
		if !slices.Contains(work, m) {
			return false
		}
		for _, def := range m.Seats {
			for _, h := range r.Seats[def.Name] {
				if slices.ContainsFunc(invitation.Seats[draw.As], func(x policy.Holder) bool { return x.Party == h.Party }) {
					return true
				}
			}
		}
		return false
	})
}

// chosen tells whether a state is one that whoever sits in a seat goes to by an act of their own.
func chosen(m *policy.Machine, seat, state string) bool {
	return slices.ContainsFunc(m.States, func(s *policy.State) bool {
		return slices.ContainsFunc(s.Steps, func(st *policy.Step) bool {
			return slices.Contains(st.By, seat) && slices.ContainsFunc(st.To, func(b *policy.Branch) bool { return b.State == state })
		})
	})
}

// panelWork are the parts that members of a panel work in: those that are opened for each of them.
func panelWork(mech *policy.Mechanism, seat string) (list []*policy.Machine) {
	mech.EachEffect(func(_ *policy.Machine, _ *policy.State, _ *policy.Step, e policy.Effect) {
		if o, ok := e.(policy.Open); ok && o.Seat == seat {
			if m := mech.Part(o.Part); m != nil && !slices.Contains(list, m) {
				list = append(list, m)
			}
		}
	})
	return list
}

// drawsNow tells whether the actor holds a seat that may draw for a panel's seat where the case stands.
func (w *viewer) drawsNow(seat string) bool {
	for _, x := range drawsOf(w.d.mech) {
		if x.state == w.d.row.state && x.Seat == seat && w.takes(x.step) {
			return true
		}
	}
	return false
}

// takes tells whether the actor sits in the case where a step is taken from.
func (w *viewer) takes(step *policy.Step) bool {
	return slices.ContainsFunc(step.By, func(by string) bool { return slices.Contains(w.s.mine[w.d.row.id], by) })
}

// Panel is one panel with its pool and what speaks against each of it.
func (e *Engine) Panel(ctx context.Context, actor identity.Actor, id string) (v *PanelView, err error) {
	if actor.Anonymous() {
		return nil, errSignIn
	}
	err = e.DB.Read(ctx, func(tx *store.Tx) error {
		w, err := e.panelist(tx, actor, id)
		if err != nil {
			return err
		}
		v, err = w.panel()
		if err == nil {
			err = w.n.err
		}
		return err
	})
	return v, err
}

// panelist is a viewer of a case's panel; whoever is of no office that knows the panel, nor an auditor, learns nothing.
func (e *Engine) panelist(tx *store.Tx, actor identity.Actor, id string) (*viewer, error) {
	d, s, err := e.sighted(tx, actor, id)
	if err != nil {
		return nil, err
	}
	if !s.knowsPanels() || !d.row.shown || s.whole < complete || len(drawsOf(d.mech)) == 0 {
		return nil, errNotFound
	}
	return &viewer{e: e, tx: tx, d: d, s: s, n: e.namer(tx), actor: actor}, nil
}

func (w *viewer) panel() (*PanelView, error) {
	d := w.d
	v := &PanelView{Apart: []HolderView{}, Pool: []PanelExpert{}, Invitations: []PanelInvited{}, Draws: []DrawView{}, Mix: []PanelMix{}}
	item, has, err := w.panelItem(&lister{e: w.e, tx: w.tx, hats: w.s.hats, n: w.n})
	if err != nil {
		return nil, err
	}
	if !has {
		return nil, errNotFound
	}
	draw, now := d.drawNow()
	v.PanelItem, v.Seat, v.SeatTitle, v.Part = item, draw.Seat, d.mech.Seat(draw.Seat).Title, draw.Part
	w.invitations(v, draw)
	shown := &View{}
	if err := w.draws(shown); err != nil {
		return nil, err
	}
	v.Draws = append(v.Draws, shown.Draws...)
	if !now {
		return v, nil
	}
	want, err := policy.Wanted(d.snap, d.snap.Case, draw.Draw)
	if err != nil {
		return nil, err
	}
	v.Field, v.UnitMost, v.OutsideLeast = want.Field, want.UnitMost, want.OutsideLeast
	v.OpenMost = want.OpenMost
	for _, x := range want.Mix {
		v.Mix = append(v.Mix, PanelMix{d.ed.markTitle(x.Field, x.Is), x.Least})
	}
	v.FieldTitle = codeTitle(d, draw.Field, want.Field)
	for _, h := range want.Apart {
		v.Apart = append(v.Apart, HolderView{Party: h.Party, Name: w.n.party(h.Party).Name})
	}
	v.Dispute = w.disputeStep(draw)
	if draw.Named == "" {
		v.Draw = draw.step.Name
	}
	if a, may := w.allotNow(); may && v.Accepted > 0 {
		short, err := w.short(a)
		if err != nil {
			return nil, err
		}
		if short {
			v.Allot = a.step.Name
		}
	}
	if x, has := d.byNames(draw); has {
		most, err := policy.Wanted(d.snap, d.snap.Case, x.Draw)
		if err != nil {
			return nil, err
		}
		v.Invite, v.More = x.step.Name, most.Count
	}
	return v, w.pool(v, want)
}

// byNames is the draw beside another, for the same seat in the same state, that invites those who are named.
func (d *docket) byNames(beside drawn) (drawn, bool) {
	all := drawsOf(d.mech)
	i := slices.IndexFunc(all, func(x drawn) bool { return x.state == beside.state && x.Seat == beside.Seat && x.Named != "" })
	if i < 0 {
		return drawn{}, false
	}
	return all[i], true
}

// disputeStep is the step of the state that asks for a ruling on a finding.
func (w *viewer) disputeStep(draw drawn) (dispute string) {
	if draw.Waived == nil {
		return ""
	}
	for _, st := range w.d.state(w.d.snap.Case).Steps {
		for _, e := range st.Do {
			if o, ok := e.(policy.Open); ok && o.Part == draw.Waived.Part && o.Rows != "" {
				dispute = st.Name
			}
		}
	}
	return dispute
}

// codeTitle is what a code in a field is called in the field's list.
func codeTitle(d *docket, path, code string) lang.Text {
	form, name, _ := strings.Cut(path, ".")
	f := d.mech.Form(form)
	if f == nil || f.Field(name) == nil || d.ed.Taxonomies[f.Field(name).Ref] == nil {
		return lang.Text{}
	}
	for _, c := range d.ed.Taxonomies[f.Field(name).Ref].Codes {
		if c.Code == code {
			return c.Title
		}
	}
	return lang.Text{}
}

func (w *viewer) invitations(v *PanelView, draw drawn) {
	machine := w.d.mech.Part(draw.Part)
	for _, r := range w.d.snap.Parts {
		if r.Part != draw.Part {
			continue
		}
		for _, h := range r.Seats[draw.As] {
			p := PanelInvited{Record: r.ID, Party: h.Party, Name: w.n.party(h.Party).Name, State: stateRef(machine.State(r.State)), Since: r.Since}
			p.Due, _ = w.due(r.Due)
			v.Invitations = append(v.Invitations, p)
		}
	}
}

// pool fills in who could be invited, with what speaks against each.
func (w *viewer) pool(v *PanelView, want policy.DrawPanel) error {
	c := &change{e: w.e, tx: w.tx, d: w.d, at: w.d.snap.Now}
	pool, excluded, err := c.pool(want)
	if err != nil {
		return err
	}
	out := map[string]bool{}
	for _, x := range excluded {
		out[x.Person] = true
	}
	v.Free = len(pool) - len(out)
	if want.Count > 0 {
		fixed, err := c.fix(want, pool, excluded, nil)
		if err == nil {
			v.Fingerprint = fixed.Fingerprint()
		} else if len(refusal.Of(err)) == 0 {
			return err
		}
	}
	barred, err := w.e.Register.AllBarred(w.tx, "judge", caldate.On(w.d.snap.Now))
	if err != nil {
		return err
	}
	asked := w.askedRulings()
	for _, p := range pool {
		id := p.ID
		x := w.expert(c.vet, id, c.found[id])
		for i := range x.Findings {
			x.Findings[i].Asked = slices.Contains(asked, x.Findings[i].ID)
		}
		x.Barred = barred[id]
		for _, a := range v.Invitations {
			if a.Party == id {
				x.State = &a.State
			}
		}
		v.Pool = append(v.Pool, x)
	}
	slices.SortStableFunc(v.Pool, func(a, b PanelExpert) int {
		return cmp.Or(cmp.Compare(weight(a), weight(b)), cmp.Compare(a.Party, b.Party))
	})
	v.Pool = v.Pool[:min(len(v.Pool), poolShown)]
	return nil
}

// askedRulings are the findings about which a ruling was asked for and is still to come.
func (w *viewer) askedRulings() (ids []string) {
	draw, _ := w.d.drawNow()
	if draw.Waived == nil {
		return nil
	}
	m := w.d.mech.Part(draw.Waived.Part)
	form, field, _ := strings.Cut(draw.Waived.Finding, ".")
	for _, r := range w.d.snap.Parts {
		if r.Part == m.Name && r.State == m.Initial().Name {
			id, _ := r.Forms[form][field].(string)
			ids = append(ids, id)
		}
	}
	return ids
}

// weight puts those first about whom there is something to look at.
func weight(x PanelExpert) int {
	switch {
	case x.State != nil:
		return 0
	case x.Barred != "" || x.Severity == conflict.Forbidden:
		return 1
	case x.Severity == conflict.Approval:
		return 2
	case len(x.Findings) > 0:
		return 3
	}
	return 4
}

// expert is one of a pool.
func (w *viewer) expert(vet *vetting, id string, found []conflict.Finding) PanelExpert {
	p := w.n.party(id)
	x := PanelExpert{Party: id, Name: p.Name, Fields: append([]string{}, p.Expertise...), Findings: []PanelFinding{}, Marks: []lang.Text{}, Severity: conflict.Worst(found)}
	if f := vet.files[id]; f != nil {
		x.Confirmed = string(f.confirmed)
		for _, field := range f.kind.Fields {
			if v := f.has(field.Name); v != "" && field.Type == policy.ChoiceType {
				x.Marks = append(x.Marks, w.d.ed.markTitle(field.Name, v))
			}
		}
	}
	if p.Employer != "" {
		x.Unit = w.n.party(p.Employer).Name
	}
	x.Outside = w.outside(p.Region, p.Employer)
	for _, f := range found {
		x.Findings = append(x.Findings, w.finding(f))
	}
	for _, u := range vet.uses[id] {
		x.Year++
		if u.open && u.in != w.d.row.id {
			x.Open++
		}
	}
	return x
}

func (w *viewer) finding(f conflict.Finding) PanelFinding {
	pf := PanelFinding{ID: f.ID, Kind: f.Kind, Severity: f.Severity, Sure: f.Sure, Text: f.Text, Evidence: []string{}, Counts: f.Counts()}
	for _, e := range f.Evidence {
		if partyID.MatchString(e) {
			e = w.n.party(e).Name
		}
		pf.Evidence = append(pf.Evidence, e)
	}
	for _, r := range w.d.ed.Conflicts {
		if r.Kind == string(f.Kind) {
			pf.Title = r.Title
			if b := w.d.ed.Basis[r.Basis]; b != nil {
				pf.Rule = b.Cite(r.Clause)
			}
		}
	}
	return pf
}

// outside tells whether somebody is of another city, by their own region or their employer's.
func (w *viewer) outside(region, employer string) bool {
	if region == "" && employer != "" {
		region = w.n.party(employer).Region
	}
	return elsewhere(region, w.d.ed.Region)
}

// elsewhere tells whether a region is known and not of a city.
func elsewhere(region, city string) bool {
	return region != "" && !strings.HasPrefix(region, strings.TrimSuffix(city, "00"))
}
