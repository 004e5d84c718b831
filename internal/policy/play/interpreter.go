package play

import (
	"cmp"
	"errors"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"time"

	"kechuang/internal/caldate"
	"kechuang/internal/equity"
	"kechuang/internal/lang"
	"kechuang/internal/money"
	"kechuang/internal/policy"
	"kechuang/internal/refusal"
	"kechuang/internal/rights"
)

// Interpreter is a world of one case in memory: policy.Decide, and maps for everything that the city would remember.
type Interpreter struct {
	stage  Stage
	known  *register
	funds  map[string]money.Fen
	facts  map[string]int64
	stands map[[2]string]*policy.Counted // by record and fact: what it counts for
	held   map[string]*Held              // records of the register
	rights map[string]rights.State
	tables map[string]equity.Table
	s      *policy.Snapshot // the case that is played
	cases  []*policy.Snapshot
	links  []tie
	duty   map[string]bool // cases that another one started
	next   int
	draws  uint64
}

// NewInterpreter is a world in which nothing has begun.
func NewInterpreter() *Interpreter { return &Interpreter{} }

var _ World = (*Interpreter)(nil)

// Begin makes what the stage says and opens the case.
func (w *Interpreter) Begin(st Stage) error {
	*w = Interpreter{stage: st, funds: maps.Clone(st.Funds), facts: map[string]int64{}, stands: map[[2]string]*policy.Counted{}, held: map[string]*Held{}, duty: map[string]bool{}}
	w.known = newRegister(&w.stage, w)
	for _, r := range st.Records {
		w.held[r.Name] = &Held{Kind: r.Kind, Values: maps.Clone(r.Values)}
		w.count(r.Name, nil, caldate.On(st.Now))
	}
	clear(w.facts) // since the beginning
	if err := w.stand(st); err != nil {
		return err
	}
	if w.funds == nil {
		w.funds = map[string]money.Fen{}
	}
	for _, b := range st.Cases {
		if err := w.before(b); err != nil {
			return err
		}
	}
	if err := w.Open(st.Mechanism.Name, st.Opener); err != nil {
		return err
	}
	for i, b := range st.Cases {
		if b.Link != "" {
			w.tie(w.s.Case.ID, b.Link, w.cases[i].Case.ID, "")
		}
	}
	return nil
}

// Open opens a case: the opener takes its seat, and offices sit in theirs.
func (w *Interpreter) Open(mechanism, party string) error {
	m := w.stage.Pack.Mechanism(mechanism)
	opener := w.known.parties[party]
	if m == nil || opener == nil {
		return fmt.Errorf("play: %q is no mechanism, or the opener %q is not among the parties", mechanism, party)
	}
	now := w.stage.Now
	if w.s != nil {
		now = w.s.Now
		if err := w.barred(party, "apply"); err != nil && !m.DespiteBans {
			return err
		}
	}
	w.s = &policy.Snapshot{Pack: w.stage.Pack, Mechanism: m, Now: now, Seats: map[string][]policy.Holder{m.Opener: {{Party: party}}}, Pots: map[string]policy.Pot{}, Things: map[string]string{}}
	for _, seat := range m.Seats {
		if seat.Kind == policy.OfficeSeat {
			office := seat.Office
			if o := w.stage.Pack.Offices[office]; o != nil && o.District {
				office += "/" + opener.Region
			}
			w.s.Seats[seat.Name] = []policy.Holder{{Office: office}}
		}
	}
	w.s.Case = policy.NewRecord(w.s, "", "", nil, nil)
	w.cases = append(w.cases, w.s)
	w.s.Case.ID = fmt.Sprintf("case%d", len(w.cases))
	return nil
}

// Snapshot is the live snapshot; it must not be changed.
func (w *Interpreter) Snapshot() (*policy.Snapshot, error) {
	w.presume()
	return w.s, nil
}

// PartyID is the name itself.
func (w *Interpreter) PartyID(name string) string { return name }

// Fund is what a fund has left.
func (w *Interpreter) Fund(name string) (money.Fen, error) { return w.funds[name], nil }

// Facts is the sums of what was recorded.
func (w *Interpreter) Facts() (map[string]int64, error) { return maps.Clone(w.facts), nil }

// Do decodes the form, asks policy, and carries the outcome out.
func (w *Interpreter) Do(a Act) error {
	in := policy.Intent{Record: a.Record, Part: a.Part, Parent: a.Parent, Step: a.Step, Seat: a.Seat, Account: a.Account, Holder: a.Holder, Reason: a.Reason}
	if part := w.s.Mechanism.Part(a.Part); a.Record == "" && part != nil && (part.Starts == nil || !part.Starts.DespiteBans) {
		if err := w.barred(a.Holder.Party, "apply"); err != nil {
			return err
		}
	}
	rec, state, step := w.place(a)
	if step != nil && step.All {
		if err := w.barred(a.Holder.Party, "sign"); err != nil {
			return err
		}
	}
	if step != nil && rec == w.s.Case && w.s.Mechanism.HandsIn(state, a.Seat, step) && !w.duty[w.s.Case.ID] {
		if err := w.barred(a.Holder.Party, "apply"); err != nil {
			return err
		}
	}
	values, err := w.decode(a, rec, step)
	if err != nil {
		return err
	}
	in.Values = values
	asked := w.s.Mechanism.Asks(step)
	if a.Record == "" && a.Part != "" {
		asked = append(asked, w.s.Mechanism.AsksStart(a.Part)...)
	}
	return w.decide(in, rec, state, asked)
}

// place is the record, state and step that an act speaks of, as far as they exist.
func (w *Interpreter) place(a Act) (*policy.Record, string, *policy.Step) {
	m := w.s.Mechanism
	rec := w.s.Record(a.Record)
	if a.Record == "" && a.Part != "" {
		rec = &policy.Record{Part: a.Part, Parent: a.Parent}
		if p := m.Part(a.Part); p != nil {
			rec.State = p.Initial().Name
			if p.Starts != nil {
				rec.Seats = map[string][]policy.Holder{p.Starts.By: {a.Holder}}
			}
		}
	}
	if rec == nil || m.Machine(rec.Part) == nil || m.Machine(rec.Part).State(rec.State) == nil {
		return rec, "", nil
	}
	return rec, rec.State, m.Machine(rec.Part).State(rec.State).Step(a.Step)
}

func (w *Interpreter) decode(a Act, rec *policy.Record, step *policy.Step) (policy.Values, error) {
	if step == nil || step.Fill == "" || a.Values == nil {
		return nil, nil
	}
	// The checks are left to Decide, which runs them with the register's answers.
	form := w.s.Mechanism.Form(step.Fill)
	values, no := form.DecodeForm(a.Values, &policy.Scope{Snapshot: &policy.Snapshot{Pack: w.s.Pack}})
	if err := no.Err(); err != nil {
		return values, err
	}
	return values, slices.Concat(refusal.Of(w.chosen(form.Name+".", form.Fields, values, rec)), w.linkable(form.Name+".", form.Fields, values), w.onMap(form.Name+".", form.Fields, values)).Err()
}

func (w *Interpreter) decide(in policy.Intent, rec *policy.Record, state string, asked []policy.Ask) error {
	w.s.Asked = w.known.answers(w.s, asked, rec, in)
	w.presume()
	out, err := policy.Decide(w.s, in)
	w.s.Asked = nil
	if err != nil {
		return err
	}
	return w.apply(in, rec, state, out)
}

// apply carries an outcome out, or refuses it whole where a fund has not enough.
func (w *Interpreter) apply(in policy.Intent, rec *policy.Record, state string, out *policy.Outcome) error {
	funds, err := w.cover(out)
	if err != nil {
		return err
	}
	if err := w.unique(out); err != nil {
		return err
	}
	w.funds = funds
	ids := make([]string, len(out.Opened))
	id := func(name string) string {
		var k int
		if n, _ := fmt.Sscanf(name, "#%d", &k); n == 1 && k < len(ids) {
			return ids[k]
		}
		return name
	}
	for i, o := range out.Opened {
		ids[i] = w.add(o, id(o.Parent))
	}
	if len(out.Pending) > 0 {
		rec.Signed, rec.Joint = out.Pending, &policy.Joint{Step: in.Step}
		if len(out.Fills) > 0 {
			rec.Joint.Values = out.Fills[0].Values
		}
	} else {
		for _, f := range out.Fills {
			r := w.s.Record(id(f.Record))
			if r.Forms == nil {
				r.Forms = map[string]policy.Values{}
			}
			r.Forms[f.Form] = f.Values
		}
	}
	for _, m := range out.Moves {
		r := w.s.Record(id(m.Record))
		r.State, r.Since, r.Due, r.Joint, r.Signed = m.To, m.Since, m.Due, nil, nil
		r.Revision++
	}
	w.bind()
	w.follow()
	for _, a := range out.Actions {
		w.carry(a)
	}
	actor := rec.ID
	if actor == "" && len(ids) > 0 {
		actor = ids[0]
	}
	if in.Step != "" {
		w.s.Acts = append(w.s.Acts, policy.Act{Record: actor, Part: rec.Part, State: state, Step: in.Step, Seat: in.Seat, Account: in.Account, At: w.s.Now})
	}
	return nil
}

func (w *Interpreter) add(r *policy.Record, parent string) string {
	w.next++
	c := *r
	c.ID, c.Parent = fmt.Sprintf("p%d", w.next), parent
	if c.Forms == nil {
		c.Forms = map[string]policy.Values{}
	}
	w.s.Parts = append(w.s.Parts, &c)
	return c.ID
}

// cover is what the funds have after the outcome; a hold that is not covered refuses all of it.
func (w *Interpreter) cover(out *policy.Outcome) (map[string]money.Fen, error) {
	funds := maps.Clone(w.funds)
	fundOf := func(pot string) string { return w.s.Pots[pot].Fund }
	for _, a := range out.Actions {
		switch a := a.(type) {
		case policy.PayMoney:
			if err := w.barred(a.Party, "pay"); err != nil {
				return nil, err
			}
		case policy.PayFee:
			if err := w.barred(a.Party, "pay"); err != nil {
				return nil, err
			}
		case policy.DrawPanel:
			for _, name := range a.Named {
				if !w.may(name, a) {
					return nil, refusal.New(refusal.Conflict, "panel.named", lang.T("“"+name+"”不能邀请", "“"+name+"” cannot be invited"))
				}
			}
		case policy.HoldMoney:
			if funds[a.Fund] < a.Amount {
				return nil, refusal.New(refusal.Insufficient, "fund.short", lang.T("资金“"+a.Fund+"”余额 "+funds[a.Fund].String()+"，不足 "+a.Amount.String(), "the fund has not enough"))
			}
			funds[a.Fund] -= a.Amount
		case policy.ReleaseMoney:
			if fundOf(a.Pot) != policy.OutsideFund {
				funds[fundOf(a.Pot)] += a.Amount
			}
		case policy.CollectMoney:
			funds[fundOf(a.Pot)] += a.Amount
		}
	}
	return funds, nil
}

// carry does one action.
func (w *Interpreter) carry(a policy.Action) {
	pot := func(name string, change func(*policy.Pot)) {
		p := w.s.Pots[name]
		p.Paid, p.Owed, p.Claimed = maps.Clone(p.Paid), maps.Clone(p.Owed), maps.Clone(p.Claimed)
		if p.Paid == nil {
			p.Paid, p.Owed = map[string]money.Fen{}, map[string]money.Fen{}
		}
		if p.Owed == nil {
			p.Owed = map[string]money.Fen{}
		}
		if p.Claimed == nil {
			p.Claimed = map[string]money.Fen{}
		}
		change(&p)
		w.s.Pots[name] = p
	}
	switch a := a.(type) {
	case policy.HoldMoney:
		pot(a.Pot, func(p *policy.Pot) { p.Fund = a.Fund; p.Held += a.Amount })
	case policy.ReceiveMoney:
		pot(a.Pot, func(p *policy.Pot) { p.Fund = policy.OutsideFund; p.Held += a.Amount })
	case policy.ActOnRights, policy.ActOnShares:
		w.act(a)
	case policy.PayMoney:
		pot(a.Pot, func(p *policy.Pot) { p.Held -= a.Amount; p.Paid[a.Party] += a.Amount })
	case policy.PayFee:
		pot(a.Pot, func(p *policy.Pot) {
			p.Held -= a.Net + a.Tax
			p.Paid[a.Party] += a.Net
			p.Paid[policy.Withheld] += a.Tax
		})
	case policy.ReleaseMoney:
		pot(a.Pot, func(p *policy.Pot) { p.Held -= a.Amount })
	case policy.ClaimMoney:
		pot(a.Pot, func(p *policy.Pot) {
			p.Owed[a.Party] += a.Amount + a.Interest
			p.Claimed[a.Party] += a.Amount
		})
	case policy.CollectMoney:
		pot(a.Pot, func(p *policy.Pot) { p.Owed[a.Party] -= a.Amount })
	case policy.ForgiveMoney:
		pot(a.Pot, func(p *policy.Pot) { p.Owed[a.Party] -= a.Amount })
	case policy.TakeSeat:
		if !slices.Contains(w.s.Seats[a.Seat], a.Holder) {
			w.s.Seats[a.Seat] = append(slices.Clone(w.s.Seats[a.Seat]), a.Holder)
		}
	case policy.VacateSeat:
		w.s.Vacate(a)
	case policy.EnterRegister, policy.UpdateRecord, policy.RetireRecord:
		w.enterCounted(a)
	case policy.StartCase:
		w.start(a)
	case policy.RecordFact:
		w.facts[a.Fact] += a.Amount
	case policy.DrawPanel:
		for _, name := range w.draw(a) {
			w.add(policy.NewRecord(w.s, a.Part, w.s.Case.ID, map[string][]policy.Holder{a.As: {{Party: name}}}, nil), w.s.Case.ID)
		}
	}
}

// draw picks people of the field without a tie, in an order that the seed alone decides; or takes those who are named.
func (w *Interpreter) draw(d policy.DrawPanel) []string {
	if len(d.Named) > 0 {
		return d.Named
	}
	w.draws++
	type ticket struct {
		name string
		key  uint64
	}
	var pool []ticket
	for _, p := range w.stage.Parties {
		if !w.may(p.Name, d) {
			continue
		}
		h := fnv.New64a()
		fmt.Fprintf(h, "%d/%d/%s", w.stage.Seed, w.draws, p.Name)
		pool = append(pool, ticket{p.Name, h.Sum64()})
	}
	slices.SortFunc(pool, func(a, b ticket) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.name, b.name)) })
	var out []string
	for _, t := range pool[:min(d.Count, len(pool))] {
		out = append(out, t.name)
	}
	return out
}

// may tells whether somebody is a person of the field whom nothing keeps out.
func (w *Interpreter) may(name string, d policy.DrawPanel) bool {
	i := slices.IndexFunc(w.stage.Parties, func(p Party) bool { return p.Name == name })
	if i < 0 || w.stage.Parties[i].Kind != "person" {
		return false
	}
	fields := w.stage.Parties[i].Fields
	return (d.Field == "" || len(fields) == 0 || slices.Contains(fields, d.Field)) && !w.tied(name, d)
}

// tied tells whether somebody may not be drawn: related to those they must be apart from, or invited before.
func (w *Interpreter) tied(name string, d policy.DrawPanel) bool {
	if w.barred(name, "judge") != nil {
		return true
	}
	if slices.Contains(d.Earlier, name) || slices.ContainsFunc(d.Vetoed, func(list []string) bool { return slices.Contains(list, name) }) {
		return true
	}
	for _, h := range d.Apart {
		if w.known.tied(name, h.Party) {
			return true
		}
	}
	for _, r := range w.s.Parts {
		if r.Part == d.Part && slices.Contains(r.Seats[d.As], policy.Holder{Party: name}) {
			return true
		}
	}
	return false
}

// Advance runs every deadline of every case up to an instant: the earliest first; of those of one instant the parts before the case.
func (w *Interpreter) Advance(to time.Time) error {
	played := w.s
	defer func() { w.s = played }()
	for n := 0; n < 20_000; n++ {
		var rec *policy.Record
		w.s = played
		for _, s := range w.cases {
			if r := nextDue(s); r != nil && (rec == nil || r.Due.Before(rec.Due)) {
				rec, w.s = r, s
			}
		}
		if rec == nil || rec.Due.After(to) {
			w.clock(to)
			return nil
		}
		w.clock(rec.Due)
		st := w.s.Mechanism.Machine(rec.Part).State(rec.State)
		in := policy.Intent{Record: rec.ID, Step: policy.ClockStep, Seat: policy.ClockSeat}
		if err := w.decide(in, rec, rec.State, w.s.Mechanism.AsksDeadline(st.Deadline)); err != nil {
			return fmt.Errorf("play: the deadline of %s in %s on %s: %w", rec.ID, rec.State, caldate.On(rec.Due), err)
		}
	}
	return errors.New("play: deadlines without end")
}

// clock brings every case to an instant; time never runs back.
func (w *Interpreter) clock(to time.Time) {
	for _, s := range w.cases {
		if to.After(s.Now) {
			s.Now = to
		}
	}
}

// nextDue is the record whose deadline comes first, nil where there is none.
func nextDue(s *policy.Snapshot) *policy.Record {
	var best *policy.Record
	if s.Mechanism.Case.State(s.Case.State).End {
		return nil
	}
	for _, r := range append(slices.Clone(s.Parts), s.Case) {
		if st := s.Mechanism.Machine(r.Part).State(r.State); st.End || r.Due.IsZero() {
			continue
		}
		if best == nil || r.Due.Before(best.Due) {
			best = r
		}
	}
	return best
}
