package play

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"kechuang/internal/caldate"
	"kechuang/internal/equity"
	"kechuang/internal/policy"
	"kechuang/internal/rights"
	"kechuang/internal/share"
)

// Stake is somebody's part of a record on the stage: ppm of all its rights, or shares of a company.
type Stake struct {
	Record, Party string
	Share         share.PPM
	Shares        int64
}

// stand enters what the stage says of rights and shares.
func (w *Interpreter) stand(st Stage) error {
	w.rights, w.tables = map[string]rights.State{}, map[string]equity.Table{}
	for _, name := range stakedRecords(st) {
		parts, rows := StakesOf(st, name)
		if len(parts) > 0 {
			var s rights.State
			if _, err := s.Vest(rights.Act{Today: caldate.On(st.Now)}, "", parts); err != nil {
				return fmt.Errorf("play: the rights of %s: %w", name, err)
			}
			w.rights[name] = s
		}
		if len(rows) > 0 {
			var t equity.Table
			if _, err := t.Issue(equity.Event{Day: caldate.On(st.Now)}, rows); err != nil {
				return fmt.Errorf("play: the shares of %s: %w", name, err)
			}
			w.tables[name] = t
		}
	}
	return nil
}

func stakedRecords(st Stage) (out []string) {
	for _, x := range st.Stakes {
		if !slices.Contains(out, x.Record) {
			out = append(out, x.Record)
		}
	}
	return out
}

// StakesOf are the parts of a record's rights and the rows of its cap table that the stage says.
func StakesOf(st Stage, record string) (parts []rights.Part, rows []equity.Row) {
	for _, x := range st.Stakes {
		switch {
		case x.Record != record:
		case x.Shares > 0:
			rows = append(rows, equity.Row{Party: x.Party, Shares: x.Shares})
		default:
			parts = append(parts, rights.Part{Party: x.Party, Share: x.Share})
		}
	}
	return parts, rows
}

// presume puts how rights and shares stand into the snapshot: what nobody has entered is as the register says.
func (w *Interpreter) presume() {
	if len(w.s.Mechanism.Things) == 0 {
		return
	}
	w.s.Rights, w.s.Tables = map[string]rights.State{}, map[string]equity.Table{}
	w.s.Taken = map[string][]policy.Span{}
	for id := range w.held {
		w.s.Taken[id] = nil
	}
	for _, other := range w.cases {
		if other == w.s {
			continue
		}
		for _, t := range other.Booked() {
			w.s.Taken[t.Record] = append(w.s.Taken[t.Record], t.Span)
		}
	}
	for id, h := range w.held {
		k := w.s.Pack.Kinds[h.Kind]
		if k.Rights {
			w.s.Rights[id] = w.rightsOf(id, k)
		}
		if k.Shares {
			w.s.Tables[id] = w.tables[id]
		}
	}
}

func (w *Interpreter) rightsOf(id string, k *policy.Kind) rights.State {
	s := w.rights[id].Clone()
	owner, expires := k.Presumed(w.held[id].Values)
	s.Presume(owner, expires)
	s.Lapse(caldate.On(w.s.Now))
	return s
}

// act does a deed again, on how things stand.
func (w *Interpreter) act(a policy.Action) {
	n := 0
	switch a := a.(type) {
	case policy.ActOnRights:
		id := w.s.Things[a.Thing]
		s := w.rightsOf(id, w.s.Pack.Kinds[w.held[id].Kind])
		act := rights.Act{Case: w.s.Case.ID, Today: caldate.On(w.s.Now), NewID: func() string { n++; w.next++; return fmt.Sprintf("l%d", w.next) }}
		if _, err := a.Deed.Do(&s, act); err == nil {
			w.rights[id] = s
		}
	case policy.ActOnShares:
		id := w.s.Things[a.Thing]
		t := w.tables[id].Clone()
		if a.Event.Case = w.s.Case.ID; a.Event.Day == "" {
			a.Event.Day = caldate.On(w.s.Now)
		}
		if _, err := a.Deed.Do(&t, a.Event); err == nil {
			w.tables[id] = t
		}
	}
	w.presume()
}

// right is “patent title 王娜 90%, use 学校 100%”, “patent pledged” and “patent free”.
func (s *stager) right(text string) error {
	snap, err := s.w.Snapshot()
	if err != nil {
		return err
	}
	name, list, _ := strings.Cut(text, " ")
	state, ok := snap.Rights[snap.Things[name]]
	if !ok {
		return fmt.Errorf("there are no rights of %q", name)
	}
	for _, item := range strings.Split(list, ",") {
		words := strings.Fields(item)
		switch {
		case len(words) == 1 && (words[0] == "pledged" || words[0] == "free"):
			if state.Pledged() != (words[0] == "pledged") {
				return fmt.Errorf("%s is pledged: %v", name, state.Pledged())
			}
		case len(words) == 1 && (words[0] == "licensed" || words[0] == "unlicensed"):
			if got := state.Licensed(caldate.On(snap.Now)); got != (words[0] == "licensed") {
				return fmt.Errorf("%s is licensed: %v", name, got)
			}
		case len(words) == 3:
			want, err := share.Parse(words[2])
			if err != nil {
				return err
			}
			if have := state.Share(rights.Right(words[0]), s.w.PartyID(words[1])); have != want {
				return fmt.Errorf("%s holds %s of the %s of %s and not %s", words[1], have, words[0], name, want)
			}
		default:
			return fmt.Errorf("right: %q is neither “title NAME 90%%” nor pledged, free, licensed, unlicensed", item)
		}
	}
	return nil
}

// stake is “company 王娜 900000, 产研院 100000, total 1000000”, in shares, and “company 王娜 frozen” or free.
func (s *stager) stake(text string) error {
	snap, err := s.w.Snapshot()
	if err != nil {
		return err
	}
	name, list, _ := strings.Cut(text, " ")
	table, ok := snap.Tables[snap.Things[name]]
	if !ok {
		return fmt.Errorf("there is no cap table of %q", name)
	}
	for _, item := range strings.Split(list, ",") {
		words := strings.Fields(item)
		if len(words) != 2 {
			return fmt.Errorf("stake: %q is not “NAME shares”", item)
		}
		if words[1] == "frozen" || words[1] == "free" {
			if got := table.Frozen(s.w.PartyID(words[0])); got != (words[1] == "frozen") {
				return fmt.Errorf("the shares of %s in %s are frozen: %v", words[0], name, got)
			}
			continue
		}
		want, err := strconv.ParseInt(words[1], 10, 64)
		if err != nil {
			return err
		}
		have := table.Shares(s.w.PartyID(words[0]))
		if words[0] == "total" {
			have = table.Total()
		}
		if have != want {
			return fmt.Errorf("%s holds %d of %s and not %d", words[0], have, name, want)
		}
	}
	return nil
}

// stakes reads the lists “rights” and “shares” of the section “world”: record: {party: 90%} and record: {party: 900000}.
func (f *File) stakes(said map[string]map[string]string, data []byte, what string) error {
	for _, record := range order(data, what, said) {
		var names []string
		for name := range said[record] {
			names = append(names, name)
		}
		slices.Sort(names)
		for _, name := range names {
			x := Stake{Record: record, Party: name}
			var err error
			if what == "rights" {
				x.Share, err = share.Parse(said[record][name])
			} else {
				x.Shares, err = strconv.ParseInt(said[record][name], 10, 64)
			}
			if err != nil {
				return fmt.Errorf("%s: %s: %s: %w", what, record, name, err)
			}
			f.Stage.Stakes = append(f.Stage.Stakes, x)
		}
	}
	return nil
}

// kept finds what may never be: a right that is not one whole, or in the end a pledge that this case made.
func (p *player) kept(s *policy.Snapshot, ended bool) error {
	for name, id := range s.Things {
		state, ok := s.Rights[id]
		if !ok || !state.Vested() {
			continue
		}
		if err := state.Check(); err != nil {
			return p.fail("whole", fmt.Sprintf("%s: %v", name, err))
		}
		for _, l := range state.Liens {
			if ended && l.Kind == rights.PledgeLien && l.Case == s.Case.ID {
				return p.fail("discharged", fmt.Sprintf("in the end %s is still pledged", name))
			}
		}
	}
	for name, id := range s.Things {
		t := s.Tables[id]
		if err := t.Check(); err != nil {
			return p.fail("whole", fmt.Sprintf("%s: %v", name, err))
		}
		if ended && slices.ContainsFunc(t.Freezes, func(f equity.Freeze) bool { return f.Case == s.Case.ID }) {
			return p.fail("unfrozen", fmt.Sprintf("in the end shares of %s are still frozen", name))
		}
	}
	return nil
}
