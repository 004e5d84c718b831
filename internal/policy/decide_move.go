package policy

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"kechuang/internal/caldate"
	"kechuang/internal/lang"
	"kechuang/internal/refusal"
)

// move brings a record into a state: its own state again keeps the time at which it entered, unless the clock brings it there.
func (r *run) move(rec *Record, state, step string, anew bool) error {
	rec = r.own(rec)
	machine, _, err := r.standing(rec)
	if err != nil {
		return err
	}
	to := machine.State(state)
	if to == nil {
		return fmt.Errorf("policy: %s has no state %q", r.m.Name, state)
	}
	from := rec.State
	if from != state || anew {
		rec.Since = r.s.Now
	}
	rec.State, rec.Joint, rec.Signed = state, nil, nil
	rec.Due = r.due(rec, to)
	r.out.Moves = append(r.out.Moves, Transition{Record: rec.ID, From: from, To: state, Step: step, Since: rec.Since, Due: rec.Due, End: to.End})
	if to.End {
		return r.close(rec, step)
	}
	return nil
}

// retime works the deadlines out anew that stand at a field of a form which this act has filled: an amended date moves them, in
// whatever record they run.
func (r *run) retime() error {
	filled := map[string]bool{}
	for _, f := range r.out.Fills {
		filled[f.Form] = true
	}
	if len(filled) == 0 {
		return nil
	}
	for _, rec := range append([]*Record{r.s.Case}, r.s.Parts...) {
		_, st, err := r.standing(rec)
		if err != nil {
			return err
		}
		if st.Deadline == nil || st.Deadline.At+st.Deadline.Until == "" {
			continue
		}
		if form, _ := cutPath(st.Deadline.At + st.Deadline.Until); !filled[form] {
			continue
		}
		if due := r.due(rec, st); !due.Equal(rec.Due) {
			rec = r.own(rec)
			rec.Due = due
			r.out.Moves = append(r.out.Moves, Transition{Record: rec.ID, From: rec.State, To: rec.State, Step: r.in.Step, Since: rec.Since, Due: due})
		}
	}
	return nil
}

// close sends what is unfinished inside an ended record to its on_close; for the case that is every part.
func (r *run) close(outer *Record, step string) error {
	for i := 0; i < len(r.s.Parts); i++ {
		p := r.s.Parts[i]
		machine, st, err := r.standing(p)
		if err != nil {
			return err
		}
		inside := outer.Part == "" || p.Parent == outer.ID
		if !inside || st.End || p == outer || machine.OnClose == "" {
			continue
		}
		if err := r.move(p, machine.OnClose, step, true); err != nil {
			return err
		}
	}
	return nil
}

// due is the first instant at which a state's deadline has come: the end of its last day in Shanghai; zero for none.
func (r *run) due(rec *Record, st *State) time.Time {
	return dueAt(&Scope{Snapshot: r.s, Record: rec}, rec.Since, st)
}

func dueAt(sc *Scope, since time.Time, st *State) time.Time {
	d := st.Deadline
	if d == nil {
		return time.Time{}
	}
	if d.At != "" {
		return atField(sc, d.At)
	}
	if d.Every != nil { // counted from when it was entered: what has come already is past
		due := nextTime(sc, caldate.On(since), d)
		for due.Before(sc.Snapshot.Now) && !ends(sc, d, due) {
			due = nextTime(sc, caldate.On(due).AddDays(-1), d)
		}
		return due
	}
	return after(sc.Snapshot.Pack, since, d)
}

// nextTime is when a repeating deadline comes next after a day, and at the latest when it ends.
func nextTime(sc *Scope, day caldate.Date, d *Deadline) time.Time {
	e := d.Every
	var next caldate.Date
	switch {
	case e.On != "":
		if next = caldate.Date(fmt.Sprintf("%04d-%s", day.Year(), e.On)); next <= day {
			next = caldate.Date(fmt.Sprintf("%04d-%s", day.Year()+1, e.On))
		}
	case e.Months > 0:
		next = day.AddMonths(e.Months)
	default:
		next = day.AddDays(e.Days)
	}
	due := next.End()
	if until := atField(sc, d.Until); !until.IsZero() && until.Before(due) {
		return until
	}
	return due
}

// ends tells whether a repeating deadline that has come is its last.
func ends(sc *Scope, d *Deadline, due time.Time) bool {
	until := atField(sc, d.Until)
	return !until.IsZero() && !due.Before(until)
}

// atField is the end of the day that a field names.
func atField(sc *Scope, path string) time.Time {
	form, field := cutPath(path)
	v, _ := sc.field(form, field)
	if day, ok := v.(caldate.Date); ok && day != "" {
		return day.End()
	}
	return time.Time{}
}

// after counts a period from the day after it began.
func after(p *Pack, since time.Time, d *Deadline) time.Time {
	v := d.After
	if param := p.Params[d.Param]; d.Param != "" && param != nil {
		v = param.Value
	}
	day := caldate.On(since)
	switch n := v.(type) {
	case Days:
		return day.AddDays(int(n)).End()
	case Months:
		return day.AddMonths(int(n)).End()
	case Workdays:
		return p.Calendar.AddWorkdays(day, int(n)).End()
	}
	return time.Time{}
}

// again is when an escalation is told again: after the same period, counted from now; daily where the deadline was a date.
func (r *run) again(d *Deadline) time.Time {
	if d.At != "" {
		return caldate.On(r.s.Now).AddDays(1).End()
	}
	return after(r.s.Pack, r.s.Now, d)
}

// NewRecord is a case or part as it begins, with its first deadline: Part "" is the case. The ID is left to the caller, and so is
// whether it may begin at all.
func NewRecord(s *Snapshot, part, parent string, seats map[string][]Holder, forms map[string]Values) *Record {
	m := s.Mechanism.Machine(part)
	if seats == nil {
		seats = map[string][]Holder{}
	}
	if forms == nil {
		forms = map[string]Values{}
	}
	n := 1
	for _, p := range s.Parts {
		if p.Part == part && p.Number >= n {
			n = p.Number + 1
		}
	}
	rec := &Record{Part: part, Parent: parent, Number: n, State: m.Initial().Name, Since: s.Now, Opened: s.Now, Forms: forms, Seats: seats}
	rec.Due = dueAt(&Scope{Snapshot: s, Record: rec}, s.Now, m.Initial())
	return rec
}

// open adds a new part to the outcome; it is known as "#k" until it has an ID.
func (r *run) open(part, parent string, seats map[string][]Holder, forms map[string]Values) *Record {
	rec := NewRecord(r.s, part, parent, seats, forms)
	given := *rec
	given.Seats, given.Forms = seats, forms
	r.out.Opened = append(r.out.Opened, &given)
	rec.ID = fmt.Sprintf("#%d", len(r.out.Opened)-1)
	r.s.Parts = append(r.s.Parts, rec)
	r.mine[rec] = true
	return rec
}

// start begins a part by somebody's own act, and does its first step in the same act where one is named.
func (r *run) start() (*Outcome, error) {
	p := r.m.Part(r.in.Part)
	if p == nil || p.Starts == nil || p.Starts.By == "" {
		return nil, refusal.New(refusal.Forbidden, "part.not_startable", lang.T("这一部分不能自行发起", "this cannot be started by an act of its own"))
	}
	if err := mayStart(r.s, p, r.in); err != nil {
		return nil, err
	}
	parent := r.in.Parent
	if parent == "" {
		parent = r.s.Case.ID
	}
	rec := r.open(p.Name, parent, map[string][]Holder{p.Starts.By: {r.in.Holder}}, nil)
	if r.in.Step == "" {
		return r.out, nil
	}
	step := p.Initial().Step(r.in.Step)
	if step == nil {
		return nil, notHere(p.Initial())
	}
	return r.act(rec, p, p.Initial(), step)
}

// mayStart refuses a part out of its time, over its limit, or by somebody who may not sit in its seat.
func mayStart(s *Snapshot, p *Machine, in Intent) error {
	now := s.Mechanism.Case.State(s.Case.State)
	if !slices.Contains(p.Starts.While, s.Case.State) {
		return refusal.New(refusal.Closed, "part.while", lang.T("事项处于“"+now.Title.ZH+"”，现在不能发起“"+p.Title.ZH+"”", "the case stands in “"+now.Title.In(lang.EN)+"”: “"+p.Title.In(lang.EN)+"” cannot be started now"))
	}
	if in.Seat != "" && in.Seat != p.Starts.By {
		return refusal.New(refusal.Forbidden, "step.seat", lang.T("“"+p.Title.ZH+"”由"+p.Seat(p.Starts.By).Title.ZH+"发起", "“"+p.Title.In(lang.EN)+"” is started by: "+p.Seat(p.Starts.By).Title.In(lang.EN)))
	}
	if p.Of != "" {
		outer := s.Record(in.Parent)
		if in.Parent == "" || outer == nil || outer.Part != p.Of {
			return refusal.New(refusal.NotFound, "record.unknown", lang.T("没有写明在哪一项里发起", "it is not said inside which record"))
		}
		if st := s.Mechanism.Part(p.Of).State(outer.State); st == nil || st.End {
			return refusal.New(refusal.Closed, "record.ended", lang.T("所在的一项已结束", "the record that it would be inside of has ended"))
		}
	}
	if in.Holder.Party == "" {
		return refusal.New(refusal.Forbidden, "seat.holder", lang.T("须以单位或者个人的名义办理", "it is done for an organisation or a person"))
	}
	if n := started(s, p, in); p.Starts.Limit > 0 && n >= p.Starts.Limit {
		return refusal.New(refusal.Forbidden, "part.limit", lang.T(fmt.Sprintf("“%s”每家最多 %d 件，您已有 %d 件", p.Title.ZH, p.Starts.Limit, n), fmt.Sprintf("“%s”: %d at most, and you have %d", p.Title.In(lang.EN), p.Starts.Limit, n))).
			Mend(lang.T("请在已有的一件上办理，或先撤回", "go on with the one you have, or withdraw it first"))
	}
	outer := s.Record(in.Parent)
	return mayTake(s, outer, p.Seat(p.Starts.By), in.Holder, p.Starts.By)
}

// started counts a party's parts of one kind that have not come to nothing.
func started(s *Snapshot, p *Machine, in Intent) int {
	n := 0
	for _, rec := range s.Parts {
		st := p.State(rec.State)
		if rec.Part == p.Name && (p.Of == "" || rec.Parent == in.Parent) && st != nil && !st.Lost() &&
			slices.Contains(rec.Seats[p.Starts.By], in.Holder) {
			n++
		}
	}
	return n
}

// mayTake refuses a holder for a seat: one that sits where it may not, is related to one that does, or is not of the seat's kind. subject
// is the name under which the register was asked.
func mayTake(s *Snapshot, rec *Record, seat *Seat, h Holder, subject string) error {
	sc := &Scope{Snapshot: s, Record: rec}
	if seat.SameAs != "" && !slices.Contains(s.Holders(s.Case, seat.SameAs), h) {
		who := s.Mechanism.Seat(seat.SameAs).Title
		return refusal.New(refusal.Forbidden, "seat.same_as", lang.T("只有"+who.ZH+"可以办理", "only the "+strings.ToLower(who.In(lang.EN))+" may do this"))
	}
	for _, other := range seat.ApartFrom {
		for _, o := range s.EveryHolder(rec, other) {
			if o.Party != "" && o.Party == h.Party {
				return apart(s, seat, other, lang.T("同一主体", "the same party"))
			}
		}
		v, err := sc.asked(Ask{Seat: subject, Attribute: RelatedTo, Other: other})
		if err != nil {
			return err
		}
		if truth(v) {
			return apart(s, seat, other, lang.T("有利害关系", "related"))
		}
	}
	if !seat.asksKind() {
		return nil
	}
	v, err := sc.asked(Ask{Seat: subject, Attribute: "kind"})
	if err != nil {
		return err
	}
	if kind, _ := v.(string); !seat.Takes(kind) {
		return refusal.New(refusal.Forbidden, "seat.kind", lang.T("“"+seat.Title.ZH+"”应是另一类主体", "“"+seat.Title.In(lang.EN)+"” is another kind of party: "+seat.Party)).
			Mend(lang.T("请核对登记的主体类别", "check the kind of party in the register"))
	}
	return nil
}

// asksKind tells whether a seat is not for every kind of party.
func (s *Seat) asksKind() bool {
	return s.Kind != OfficeSeat && (s.Party != "" && s.Party != "any" || len(s.Except) > 0)
}

// Takes tells whether a party of a kind may sit here.
func (s *Seat) Takes(kind string) bool {
	return KindFits(s.Party, kind) && !slices.Contains(s.Except, kind)
}

// KindFits tells whether a party of a kind may sit where another is asked for.
func KindFits(want, kind string) bool {
	return want == "" || want == "any" || want == kind || (want == "organisation" && kind != "person")
}

func apart(s *Snapshot, seat *Seat, other string, why lang.Text) error {
	title := lang.T(other, other)
	if o := s.Mechanism.seatByPath(other); o != nil {
		title = o.Title
	}
	return refusal.New(refusal.Forbidden, "seat.apart", lang.T("“"+seat.Title.ZH+"”须与“"+title.ZH+"”无利害关系，现为"+why.ZH, "“"+seat.Title.In(lang.EN)+"” must have no tie with “"+title.In(lang.EN)+"”, but it is "+why.In(lang.EN))).
		Mend(lang.T("请由无利害关系的主体担任", "somebody without a tie has to take the seat"))
}

// seatByPath finds a seat of the case, or "part.seat".
func (m *Mechanism) seatByPath(path string) *Seat {
	if s := m.Seat(path); s != nil {
		return s
	}
	part, seat := cutPath(path)
	if p := m.Part(part); p != nil {
		return p.Seat(seat)
	}
	for _, p := range m.Parts {
		if s := p.Seat(path); s != nil {
			return s
		}
	}
	return nil
}

// EveryHolder is who sits in a seat as a record sees it, or in "part.seat" of any part.
func (s *Snapshot) EveryHolder(rec *Record, path string) []Holder {
	part, seat := cutPath(path)
	if p := s.Mechanism.Part(part); p != nil && p.Seat(seat) != nil {
		var out []Holder
		for _, x := range s.Parts {
			if x.Part == part {
				out = append(out, x.Seats[seat]...)
			}
		}
		return out
	}
	return s.Holders(rec, path)
}
