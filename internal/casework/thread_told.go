package casework

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"kechuang/internal/equity"
	"kechuang/internal/lang"
	"kechuang/internal/ledger"
	"kechuang/internal/register"
	"kechuang/internal/rights"
)

type (
	// ThreadMoney is what came from one source, in fen: in = held + paid, where a fund's is what it gave less what was released.
	ThreadMoney struct {
		Kind   string    `json:"kind" enum:"fund,parties,fiscal,state,social,team,other"` // parties paid it into a case; the last five paid for shares
		Source lang.Text `json:"source,omitzero"`                                         // a fund's title
		In     int64     `json:"in"`
		Held   int64     `json:"held,omitempty"`
		Paid   int64     `json:"paid,omitempty"`
		Owed   int64     `json:"owed,omitempty"` // claimed back and not there yet
		Back   int64     `json:"back,omitempty"` // claimed back, and it came
	}
	// ThreadEvent is a step that moved the case, ended a part of it or moved money; or what happened to rights or shares.
	ThreadEvent struct {
		At     time.Time `json:"at"`
		Act    string    `json:"act,omitempty"`    // on rights or shares: assign, pledge, round …
		Title  lang.Text `json:"title,omitzero"`   // of the step
		Part   lang.Text `json:"part,omitzero"`    // in which part
		Number int       `json:"number,omitempty"` // of the part
		To     lang.Text `json:"to,omitzero"`      // where it led
		Good   bool      `json:"good,omitempty"`   // to a good end
		Moved  []Moved   `json:"moved,omitempty"`
		Given  []Given   `json:"given,omitempty"` // title, or shares
	}
	// Given is what somebody got of a title (ppm) or of a company (shares).
	Given struct {
		To     string `json:"to"` // by name
		Amount int64  `json:"amount"`
	}
	// Moved is an amount of money that a step moved, in fen; Kind is hold, pay, release, receive, claim, interest, collect, forgive, or reverse.
	Moved struct {
		Kind   string `json:"kind"`
		Amount int64  `json:"amount"`
		Who    string `json:"who,omitempty"` // the party, by name
	}
	// ThreadResult is what facts of one kind come to: fen where the unit is 元, else a count.
	ThreadResult struct {
		Kind   string    `json:"kind"`
		Title  lang.Text `json:"title"`
		Unit   string    `json:"unit"`
		Amount int64     `json:"amount"`
	}
)

// tell fills what the actor may know of a case beside that it is there: its steps as in its history, its money as on its page.
func (w *weaver) tell(n *ThreadNode, d *docket, s *sight) error {
	if s.whole < complete {
		return nil
	}
	moved := map[int64][]Moved{}
	if s.staff() || s.party {
		all, err := w.e.Ledger.Postings(w.tx, d.row.id)
		if err != nil {
			return err
		}
		n.Money = w.moneyOf(d, all)
		moved = w.movedBy(all, s.knowsPanels())
		if err := w.results(n, d); err != nil {
			return err
		}
	}
	for _, st := range d.steps {
		r := d.byID[st.record]
		if r == nil {
			continue
		}
		if lv, _ := s.record(r.Record); lv != complete || s.hushes(r.Record, st) {
			continue
		}
		n.Steps++
		to := d.machine(r.Record).State(st.to)
		ends := r.Part != "" && to != nil && to.End && len(d.machine(r.Record).Seats) == 0
		if !(r.Part == "" && st.from != "" && st.from != st.to) && !ends && len(moved[st.seq]) == 0 {
			continue
		}
		v := ThreadEvent{At: st.at, Title: d.stepTitle(st), Moved: moved[st.seq]}
		if r.Part != "" {
			if v.Part = d.machine(r.Record).Title; !d.sealed(r.Record) { // a number would tell how many there are
				v.Number = r.Number
			}
		}
		if to != nil && st.from != st.to {
			v.To, v.Good = to.Title, to.Good
		}
		n.Events = append(n.Events, v)
	}
	return nil
}

// moneyOf sums a case's postings by where the money is from.
func (w *weaver) moneyOf(d *docket, all []ledger.Transfer) []ThreadMoney {
	sums := sources{}
	for _, t := range all {
		m := sums.of("parties", lang.Text{})
		if t.Fund != ledger.Outside {
			m = sums.of("fund", lang.T(t.Fund, t.Fund))
			if f := d.ed.Funds[t.Fund]; f != nil {
				m = sums.of("fund", f.Title)
			}
		}
		own := strings.HasPrefix(string(t.From), "case/")
		into := strings.HasPrefix(string(t.To), "case/")
		to := func(kind string) bool { return strings.HasPrefix(string(t.To), kind) }
		from := func(kind string) bool { return strings.HasPrefix(string(t.From), kind) }
		switch {
		case into && from("party/"): // a payment that was reversed
			m.Held, m.Paid = m.Held+t.Amount, m.Paid-t.Amount
		case into:
			m.In, m.Held = m.In+t.Amount, m.Held+t.Amount
		case own && to("party/"):
			m.Held, m.Paid = m.Held-t.Amount, m.Paid+t.Amount
		case own:
			m.In, m.Held = m.In-t.Amount, m.Held-t.Amount
		case from("claims/"):
			m.Owed += t.Amount
		case to("claims/"):
			m.Owed -= t.Amount
		case (from("party/") || from("clearing/")) && to("fund/"):
			m.Back += t.Amount
		}
	}
	return sums.list()
}

// movedBy is the money that each step moved, by the step's number; fees of a panel's people only to who knows them.
func (w *weaver) movedBy(all []ledger.Transfer, fees bool) map[int64][]Moved {
	out := map[int64][]Moved{}
	for _, t := range all {
		if strings.HasPrefix(string(t.From), "owed/") { // the other half of what was collected
			continue
		}
		if (t.Kind == ledger.KindFee || t.Kind == ledger.KindWithhold) && !fees { // it names who judged
			continue
		}
		_, seq, _ := strings.Cut(t.Step, "#")
		n, err := strconv.ParseInt(seq, 10, 64)
		if err != nil {
			continue
		}
		who := ""
		if t.Party != "" {
			who = w.n.party(t.Party).Name
		}
		i := slices.IndexFunc(out[n], func(m Moved) bool { return m.Kind == t.Kind && m.Who == who })
		if i >= 0 {
			out[n][i].Amount += t.Amount
			continue
		}
		out[n] = append(out[n], Moved{Kind: t.Kind, Amount: t.Amount, Who: who})
	}
	return out
}

// results are what the case came to, by kind of fact.
func (w *weaver) results(n *ThreadNode, d *docket) error {
	facts, err := w.e.Facts.OfCase(w.tx, d.row.id)
	if err != nil {
		return err
	}
	for _, f := range facts {
		r := ThreadResult{Kind: f.Kind, Title: lang.T(f.Kind, f.Kind), Amount: f.Amount}
		if k := d.ed.Facts[f.Kind]; k != nil {
			r.Title, r.Unit = k.Title, k.Unit
		}
		n.Results = addResult(n.Results, r)
	}
	return nil
}

func addResult(list []ThreadResult, r ThreadResult) []ThreadResult {
	i := slices.IndexFunc(list, func(x ThreadResult) bool { return x.Kind == r.Kind })
	if i < 0 {
		return append(list, r)
	}
	list[i].Amount += r.Amount
	return list
}

// record shows a record that a case came to at a moment, with what happened to its rights or shares.
func (w *weaver) record(k *register.RecordKind, rec register.Record, at time.Time) error {
	changed := rec.Changed
	n := ThreadNode{ID: rec.ID, What: "record", Kind: rec.Kind, KindTitle: k.Title, Title: rec.Name, Status: rec.Status, Opened: &at, Last: &changed, Seen: true}
	if rec.Owner != "" {
		n.Owner = w.n.party(rec.Owner).Name
	}
	if k.Rights {
		n.Asset = "rights"
		events, err := w.e.Ledger.RightHistory(w.tx, rec.ID)
		if err != nil {
			return err
		}
		for _, x := range events {
			v := ThreadEvent{At: x.At, Act: x.Kind}
			for _, m := range x.Moves {
				if m.Right == rights.Title && m.To.Party != "" {
					v.give(w.n.party(m.To.Party).Name, int64(m.Share))
				}
			}
			if x.Lien != nil {
				v.Given = []Given{{To: w.n.party(x.Lien.Holder).Name}}
			}
			n.Events = append(n.Events, v)
		}
	}
	if k.Shares {
		n.Asset = "shares"
		events, err := w.e.Ledger.EquityHistory(w.tx, rec.ID)
		if err != nil {
			return err
		}
		sums := sources{}
		for _, x := range events {
			v := ThreadEvent{At: x.Day.Start(), Act: x.Kind, Title: lang.T(x.Name, x.Name), Moved: paidFor(x.Moves, sums)}
			for _, m := range x.Moves {
				if m.To.Party != "" {
					v.give(w.n.party(m.To.Party).Name, m.Shares)
				}
			}
			n.Events = append(n.Events, v)
		}
		n.Money = sums.list()
	}
	w.thread.Nodes = append(w.thread.Nodes, n)
	return nil
}

// give adds what somebody got.
func (v *ThreadEvent) give(to string, amount int64) {
	i := slices.IndexFunc(v.Given, func(g Given) bool { return g.To == to })
	if i < 0 {
		v.Given = append(v.Given, Given{To: to})
		i = len(v.Given) - 1
	}
	v.Given[i].Amount += amount
}

// paidFor is the money that was paid for new shares, added to its sources.
func paidFor(moves []equity.Move, sums sources) (out []Moved) {
	total := int64(0)
	for _, m := range moves {
		if m.Paid <= 0 {
			continue
		}
		s := sums.of(cmp.Or(m.Source, "other"), lang.Text{})
		s.In, s.Paid = s.In+int64(m.Paid), s.Paid+int64(m.Paid)
		total += int64(m.Paid)
	}
	if total > 0 {
		out = []Moved{{Kind: "paid_in", Amount: total}}
	}
	return out
}

// sources adds money up by where it is from.
type sources map[string]*ThreadMoney

func (s sources) of(kind string, title lang.Text) *ThreadMoney {
	key := kind + "/" + title.ZH
	if s[key] == nil {
		s[key] = &ThreadMoney{Kind: kind, Source: title}
	}
	return s[key]
}

func (s sources) list() []ThreadMoney {
	list := []ThreadMoney{}
	for _, key := range sortedKeys(s) {
		if m := *s[key]; m.In != 0 || m.Held != 0 || m.Paid != 0 || m.Owed != 0 || m.Back != 0 {
			list = append(list, m)
		}
	}
	slices.SortStableFunc(list, func(a, b ThreadMoney) int {
		return cmp.Compare(slices.Index(sourceOrder, a.Kind), slices.Index(sourceOrder, b.Kind))
	})
	return list
}

var sourceOrder = []string{"fund", equity.Fiscal, equity.State, equity.Social, equity.Team, "other", "parties"}

// sum adds up all nodes.
func (t *Thread) sum() {
	sums := sources{}
	t.Results = []ThreadResult{}
	for _, n := range t.Nodes {
		for _, m := range n.Money {
			s := sums.of(m.Kind, m.Source)
			s.In, s.Held, s.Paid, s.Owed, s.Back = s.In+m.In, s.Held+m.Held, s.Paid+m.Paid, s.Owed+m.Owed, s.Back+m.Back
		}
		for _, r := range n.Results {
			t.Results = addResult(t.Results, r)
		}
	}
	t.Money = sums.list()
}

// groupTitle is the heading under which the case's mechanism is offered.
func groupTitle(d *docket) lang.Text {
	for _, g := range d.ed.Groups {
		if g.Name == d.mech.Group {
			return g.Title
		}
	}
	return lang.Text{}
}

// stepAt is when a step of the case was done.
func (d *docket) stepAt(seq int64) time.Time {
	for _, st := range d.steps {
		if st.seq == seq {
			return st.at
		}
	}
	return d.row.opened
}
