package casework

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/panel/conflict"
	"kechuang/internal/panel/score"
	"kechuang/internal/policy"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

// The chair's meeting: what experts gave, how far the order can be trusted, and in which order to discuss. For the offices of the cases and
// for auditors, and only once nothing is sealed.
type (
	// Meeting is about one case or several that are discussed together.
	Meeting struct {
		Cases     []MeetingCase     `json:"cases"`
		Experts   []MeetingExpert   `json:"experts"`
		Proposals []MeetingProposal `json:"proposals"`
		Sheets    []MeetingSheet    `json:"sheets"`
		Full      float64           `json:"full"` // of a sheet, in points
		Sealed    bool              `json:"sealed"`
		Orders    []MeetingOrder    `json:"orders"` // one a way of bringing experts together
		Outliers  []MeetingOutlier  `json:"outliers"`
		Agenda    []MeetingItem     `json:"agenda"`
		Exits     int               `json:"exits"`     // how often somebody leaves the room
		Least     bool              `json:"least"`     // whether no order has fewer, for certain
		ByNumber  int               `json:"byNumber"`  // how often they would, in the order of numbers
		Criteria  []MeetingMark     `json:"criteria"`  // of the rubric
		Pending   int               `json:"pending"`   // sheets that are asked for and not given
		Undecided bool              `json:"undecided"` // no field of the forms has a full mark: there is no rubric
		full      score.Points      // Full, exactly
	}
	// MeetingCase is one of the cases.
	MeetingCase struct {
		Case  string   `json:"case"`
		Title string   `json:"title"`
		State StateRef `json:"state"`
	}
	// MeetingMark is one line of the rubric.
	MeetingMark struct {
		Name  string    `json:"name"`
		Title lang.Text `json:"title"`
		Full  float64   `json:"full"`
	}
	// MeetingExpert is one of the panel.
	MeetingExpert struct {
		Party string   `json:"party"`
		Name  string   `json:"name"`
		Given int      `json:"given"`
		Bias  *float64 `json:"bias,omitempty"` // points above (mild) or below (harsh) the others
	}
	// MeetingProposal is what is judged.
	MeetingProposal struct {
		ID     string   `json:"id"`
		Case   string   `json:"case"`
		Label  string   `json:"label"`
		Number int      `json:"number,omitempty"` // of a part, among those of its case
		Who    string   `json:"who,omitempty"`    // whose it is, as far as the reader may know
		State  StateRef `json:"state"`
		Leaves []string `json:"leaves"` // experts, by party
		Warns  []string `json:"warns"`  // experts about whom there is something to look at
	}
	// MeetingSheet is what one expert gave one proposal.
	MeetingSheet struct {
		Expert   string             `json:"expert"`
		Proposal string             `json:"proposal"`
		Total    float64            `json:"total"`
		Marks    map[string]float64 `json:"marks"`
		Texts    []string           `json:"texts"` // what was written, without the name
		points   score.Points       // Total, exactly
	}
	// MeetingOrder is an order with its uncertainty.
	MeetingOrder struct {
		Way   score.Way      `json:"way" enum:"trimmed_mean,calibrated,mean_rank"`
		Rows  []MeetingPlace `json:"rows"`
		Flips []MeetingFlip  `json:"flips"`
		Apart [][]string     `json:"apart"` // groups of proposals whose order nobody's marks support, as no expert joins them; empty where there is one group
	}
	// MeetingPlace is one place.
	MeetingPlace struct {
		Proposal string   `json:"proposal"`
		Place    int      `json:"place"`
		Value    float64  `json:"value"`
		Error    float64  `json:"error"`
		Sheets   int      `json:"sheets"`
		Rivals   []string `json:"rivals"`
	}
	// MeetingFlip is a pair of neighbours that one expert's sheet decides.
	MeetingFlip struct {
		Above  string `json:"above"`
		Below  string `json:"below"`
		Expert string `json:"expert"`
	}
	// MeetingOutlier is a sheet unlike the others.
	MeetingOutlier struct {
		Expert   string  `json:"expert"`
		Proposal string  `json:"proposal"`
		Given    float64 `json:"given"`
		Others   float64 `json:"others"`
	}
	// MeetingItem is one point of the agenda.
	MeetingItem struct {
		Proposal string   `json:"proposal"`
		Leaves   []string `json:"leaves"`
		Out      []string `json:"out"` // who leave now
		In       []string `json:"in"`  // who come back
	}
)

// meetingMost is how many cases one meeting may have.
const meetingMost = 50

// Meet prepares a meeting about some cases.
func (e *Engine) Meet(ctx context.Context, actor identity.Actor, cases []string) (m *Meeting, err error) {
	if actor.Anonymous() {
		return nil, errSignIn
	}
	if len(cases) == 0 || len(cases) > meetingMost {
		return nil, refusal.New(refusal.Invalid, "meeting.cases", lang.T("一次会议应有 1 至 50 个事项", "A meeting has 1 to 50 cases"))
	}
	err = e.DB.Read(ctx, func(tx *store.Tx) error {
		g := &gathering{m: &Meeting{Cases: []MeetingCase{}, Experts: []MeetingExpert{}, Proposals: []MeetingProposal{}, Sheets: []MeetingSheet{}, Orders: []MeetingOrder{}, Outliers: []MeetingOutlier{}, Agenda: []MeetingItem{}, Criteria: []MeetingMark{}}}
		n := e.namer(tx)
		for _, id := range slices.Compact(slices.Sorted(slices.Values(cases))) {
			w, err := e.panelist(tx, actor, id)
			if err != nil {
				return err
			}
			w.n = n
			g.add(w)
		}
		if err := g.apart(); err != nil {
			return err
		}
		m = g.m
		return n.err
	})
	if err != nil {
		return nil, err
	}
	m.discuss()
	return m, m.compare()
}

// gathering reads cases for a meeting.
type gathering struct {
	m     *Meeting
	items []discussed
}

// discussed is one proposal, in its case.
type discussed struct {
	w *viewer
	r *policy.Record
}

func (g *gathering) add(w *viewer) {
	m, d := g.m, w.d
	m.Cases = append(m.Cases, MeetingCase{d.row.id, d.row.title, stateRef(d.state(d.snap.Case))})
	draw, _ := d.drawNow()
	for _, h := range d.snap.Seats[draw.Seat] {
		g.expert(w, h.Party)
	}
	proposals := map[string]*policy.Record{}
	var order []string
	for _, machine := range panelWork(d.mech, draw.Seat) {
		if d.sealedPart(machine) {
			m.Sealed = true
			g.proposalsOf(d, machine, proposals, &order)
			continue
		}
		for _, r := range d.snap.Parts {
			if r.Part != machine.Name || machine.State(r.State).Lost() {
				continue
			}
			if proposals[r.Parent] == nil {
				proposals[r.Parent] = d.byID[r.Parent].Record
				order = append(order, r.Parent)
			}
			g.sheet(w, machine, r)
		}
	}
	slices.SortStableFunc(order, func(a, b string) int { return cmp.Compare(w.number(proposals[a]), w.number(proposals[b])) })
	for _, id := range order {
		g.items = append(g.items, discussed{w, proposals[id]})
	}
}

// apart looks who must not be in the room for what: everybody who sits in the meeting, of whatever case they judge.
func (g *gathering) apart() error {
	var experts []string
	for _, x := range g.m.Experts {
		experts = append(experts, x.Party)
	}
	for _, i := range g.items {
		if err := g.proposal(i.w, i.r, experts); err != nil {
			return err
		}
	}
	return nil
}

// proposalsOf are the parts that work is about while it is sealed: those that were let in, whatever anybody gave them.
func (g *gathering) proposalsOf(d *docket, machine *policy.Machine, into map[string]*policy.Record, order *[]string) {
	for _, r := range d.snap.Parts {
		if r.Part == machine.Name && into[r.Parent] == nil {
			into[r.Parent] = d.byID[r.Parent].Record
			*order = append(*order, r.Parent)
		}
	}
}

func (g *gathering) expert(w *viewer, party string) *MeetingExpert {
	for i := range g.m.Experts {
		if g.m.Experts[i].Party == party {
			return &g.m.Experts[i]
		}
	}
	g.m.Experts = append(g.m.Experts, MeetingExpert{Party: party, Name: w.n.party(party).Name})
	return &g.m.Experts[len(g.m.Experts)-1]
}

// sheet adds what one expert gave, by the rubric of the form.
func (g *gathering) sheet(w *viewer, machine *policy.Machine, r *policy.Record) {
	who := ""
	for _, def := range machine.Seats {
		for _, h := range r.Seats[def.Name] {
			who = h.Party
		}
	}
	if len(r.Forms) == 0 {
		g.m.Pending++
		return
	}
	for name, values := range r.Forms {
		form := w.d.mech.FormIn(machine.Name, name)
		marks := w.d.ed.Rubric(form)
		if len(marks) == 0 {
			continue
		}
		s := MeetingSheet{Expert: who, Proposal: r.Parent, Marks: map[string]float64{}, Texts: []string{}}
		full := score.Points(0)
		for _, k := range marks {
			if v, ok := k.Of(values); ok {
				s.Marks[k.Field.Name] = score.Points(v).Float()
				s.points += score.Points(v)
			}
			full += score.Points(k.Full)
			if !slices.ContainsFunc(g.m.Criteria, func(c MeetingMark) bool { return c.Name == k.Field.Name }) {
				g.m.Criteria = append(g.m.Criteria, MeetingMark{k.Field.Name, k.Field.Title, score.Points(k.Full).Float()})
			}
		}
		s.Total = s.points.Float()
		for _, f := range form.Fields {
			if text, _ := values[f.Name].(string); f.Type == policy.TextType && text != "" {
				s.Texts = append(s.Texts, text)
			}
		}
		g.m.full = max(g.m.full, full)
		g.m.Full = g.m.full.Float()
		g.m.Sheets = append(g.m.Sheets, s)
		g.expert(w, who).Given++
	}
}

// proposal adds what is judged, with those who must not be in the room for it.
func (g *gathering) proposal(w *viewer, r *policy.Record, experts []string) error {
	p := MeetingProposal{ID: r.ID, Case: w.d.row.id, Label: w.d.row.title, State: stateRef(w.d.state(r)), Leaves: []string{}, Warns: []string{}}
	seats := w.d.snap.Seats
	if r.Part != "" {
		p.Label, seats = w.called(r), r.Seats
		p.Number, p.Who = w.number(r), w.whose(r)
	}
	var apart []string
	for _, def := range w.d.machine(r).Seats {
		for _, h := range seats[def.Name] {
			if h.Party != "" && def.Kind != policy.PanelSeat {
				apart = append(apart, h.Party)
			}
		}
	}
	if r.Part == "" { // the case's own seats are not its machine's
		for _, def := range w.d.mech.Seats {
			for _, h := range seats[def.Name] {
				if h.Party != "" && def.Kind == policy.PartySeat {
					apart = append(apart, h.Party)
				}
			}
		}
	}
	slices.Sort(apart)
	apart = slices.Compact(apart)
	vet, err := w.e.vet(w.tx, w.d.ed, w.d.snap.Now, experts, apart)
	if err != nil {
		return err
	}
	draw, _ := w.d.drawNow()
	want, err := policy.Wanted(w.d.snap, w.d.snap.Case, draw.Draw)
	if err != nil {
		return err
	}
	found, err := vet.check(w.d.row.id, apart, nil, want.Waived)
	if err != nil {
		return err
	}
	for _, x := range experts {
		switch conflict.Worst(found[x]) {
		case conflict.Forbidden, conflict.Approval:
			p.Leaves = append(p.Leaves, x)
		case conflict.Warn:
			p.Warns = append(p.Warns, x)
		}
	}
	g.m.Proposals = append(g.m.Proposals, p)
	return nil
}

// discuss orders the agenda.
func (m *Meeting) discuss() {
	var items []score.Item
	for _, p := range m.Proposals {
		items = append(items, score.Item{Proposal: p.ID, Leaves: p.Leaves})
	}
	m.ByNumber = 0
	if len(items) > 0 {
		m.ByNumber = score.Exits(items)
	}
	ordered, exits, least := score.Agenda(items)
	m.Exits, m.Least = exits, least
	var before []string
	for _, x := range ordered {
		item := MeetingItem{Proposal: x.Proposal, Leaves: append([]string{}, x.Leaves...), Out: []string{}, In: []string{}}
		for _, who := range x.Leaves {
			if !slices.Contains(before, who) {
				item.Out = append(item.Out, who)
			}
		}
		for _, who := range before {
			if !slices.Contains(x.Leaves, who) {
				item.In = append(item.In, who)
			}
		}
		before = x.Leaves
		m.Agenda = append(m.Agenda, item)
	}
}

// compare brings the sheets together in three ways.
func (m *Meeting) compare() error {
	if m.Sealed {
		m.Sheets = []MeetingSheet{}
	}
	if len(m.Sheets) == 0 {
		m.Undecided = !m.Sealed && m.Pending == 0
		return nil
	}
	var sheets []score.Sheet
	for _, s := range m.Sheets {
		sheets = append(sheets, score.Sheet{Expert: s.Expert, Proposal: s.Proposal, Total: s.points})
	}
	for _, way := range []score.Way{score.TrimmedMean, score.Calibrated, score.MeanRank} {
		t, err := score.Aggregate(sheets, way)
		if err != nil {
			return fmt.Errorf("casework: %w", err)
		}
		m.Orders = append(m.Orders, orderOf(t))
		for who, bias := range t.Biases {
			for i := range m.Experts {
				if m.Experts[i].Party == who {
					m.Experts[i].Bias = &bias
				}
			}
		}
	}
	for _, o := range score.Outliers(sheets, m.full) {
		m.Outliers = append(m.Outliers, MeetingOutlier{o.Expert, o.Proposal, o.Given, o.Others})
	}
	return nil
}

func orderOf(t *score.Table) MeetingOrder {
	o := MeetingOrder{Way: t.Way, Rows: []MeetingPlace{}, Flips: []MeetingFlip{}, Apart: append([][]string{}, t.Apart...)}
	for _, r := range t.Rows {
		o.Rows = append(o.Rows, MeetingPlace{r.Proposal, r.Place, r.Value, r.Error, r.Marks, append([]string{}, r.Rivals...)})
	}
	for _, f := range t.Flips {
		o.Flips = append(o.Flips, MeetingFlip{f.Above, f.Below, f.Expert})
	}
	return o
}
