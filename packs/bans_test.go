package packs

import (
	"errors"
	"slices"
	"testing"

	"kechuang/internal/caldate"
	"kechuang/internal/policy"
	"kechuang/internal/policy/play"
	"kechuang/internal/refusal"
)

// TestBansAreAskedFor: no mechanism has a way round a record of integrity. Whoever is barred cannot open a case of any mechanism, hand in a
// draft that was opened before, start a part, sign, or be paid, and is not drawn; the program asks, so that no mechanism can forget to. What
// is no application (despite_bans), such as a report of misconduct, they may still open and start: the proof says that nothing comes of it.
func TestBansAreAskedFor(t *testing.T) {
	t.Parallel()
	pack := load(t)
	var kind string
	for name, k := range pack.Kinds {
		if k.Bars != nil {
			kind = name
		}
	}
	if kind == "" {
		t.Fatal("the pack has no kind of record that bars")
	}
	ban := func(party, acts string, from caldate.Date) play.Record {
		k := pack.Kinds[kind]
		return play.Record{Name: party + acts, Kind: kind, Values: policy.Values{k.Called: "弄虚作假", k.Bars.Party: party, k.Bars.Acts: acts, k.Bars.From: from}}
	}
	signed, paid, started := 0, 0, 0
	for _, m := range pack.Mechanisms {
		if m.Seat(m.Opener).Kind == policy.OfficeSeat {
			continue
		}
		st := play.DefaultStage(pack, m)
		tomorrow := caldate.On(st.Now).AddDays(1)
		st.Records = append(st.Records, ban(st.Opener, "apply", tomorrow))
		w := play.NewInterpreter()
		if err := w.Begin(st); err != nil {
			t.Fatal(m.Name, err)
		}
		if err := w.Advance(tomorrow.Start()); err != nil {
			t.Fatal(m.Name, err)
		}
		if err := w.Open(m.Name, st.Opener); m.DespiteBans && refusal.Is(err, "casework.barred") {
			t.Errorf("%s is no application and is refused to who may not apply", m.Name)
		} else if !m.DespiteBans && !refusal.Is(err, "casework.barred") {
			t.Errorf("%s is opened by who may not apply: %v", m.Name, err)
		}
		for _, step := range m.Case.Initial().Steps {
			if m.DespiteBans || !slices.Contains(step.By, m.Opener) || step.Fill == "" {
				continue
			}
			if err := w.Do(play.Act{Record: mustSnapshot(t, w).Case.ID, Step: step.Name, Seat: m.Opener, Account: "a", Holder: policy.Holder{Party: w.PartyID(st.Opener)}}); !refusal.Is(err, "casework.barred") {
				t.Errorf("%s: %s is done by who may not apply: %v", m.Name, step.Name, err)
			}
		}
		// Then everybody is barred from one thing in turn, and random cases must never get it done.
		for _, acts := range []string{"sign", "pay", "judge", "apply"} {
			st := play.DefaultStage(pack, m)
			for _, p := range st.Parties {
				if acts != "apply" || p.Name != st.Opener {
					st.Records = append(st.Records, ban(p.Name, acts, "2025-01-01"))
				}
			}
			for seed := range uint64(3) {
				w := &watched{Interpreter: play.NewInterpreter()}
				_, err := play.Random(w, st, seed)
				if f := (*play.Failure)(nil); err != nil && !errors.As(err, &f) { // a panel that nobody may sit on may well be endless
					t.Fatal(m.Name, acts, err)
				}
				switch s := mustSnapshot(t, w); acts {
				case "sign":
					signed += w.refused
					if w.signed > 0 {
						t.Errorf("%s, seed %d: %d signatures of who may not sign", m.Name, seed, w.signed)
					}
				case "pay":
					paid += w.refused
					for name, pot := range s.Pots {
						if len(pot.Paid) > 0 && pot.Fund != "" {
							t.Errorf("%s, seed %d: %s paid who may not be paid: %v", m.Name, seed, name, pot.Paid)
						}
					}
				case "judge":
					for seat, list := range s.Seats {
						if def := m.Seat(seat); def != nil && def.Kind == policy.PanelSeat && len(list) > 0 {
							t.Errorf("%s, seed %d: %s was drawn from people who may not judge: %v", m.Name, seed, seat, list)
						}
					}
				case "apply":
					started += w.refused
					if w.started > 0 {
						t.Errorf("%s, seed %d: %d parts started by who may not apply", m.Name, seed, w.started)
					}
				}
			}
		}
	}
	if signed == 0 || paid == 0 || started == 0 {
		t.Errorf("nothing was tried: %d signatures, %d payments, %d parts refused", signed, paid, started)
	}
}

// watched counts what was done in a play that should not have been, and what was refused because of a ban.
type watched struct {
	*play.Interpreter
	signed, started, refused int
}

func (w *watched) Do(a play.Act) error {
	before, err := w.Snapshot()
	if err != nil {
		return err
	}
	opener := before.Seats[before.Mechanism.Opener]
	joint := false
	if rec := before.Record(a.Record); rec != nil {
		if step := before.Mechanism.Machine(rec.Part).State(rec.State).Step(a.Step); step != nil {
			joint = step.All
		}
	}
	err = w.Interpreter.Do(a)
	switch {
	case refusal.Is(err, "casework.barred"):
		w.refused++
	case err == nil && joint && a.Holder.Party != "":
		w.signed++
	case err == nil && a.Record == "" && a.Holder.Party != "" && !slices.Contains(opener, a.Holder) && !before.Mechanism.Machine(a.Part).Starts.DespiteBans:
		w.started++
	}
	return err
}

func mustSnapshot(t *testing.T, w play.World) *policy.Snapshot {
	t.Helper()
	s, err := w.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	return s
}
