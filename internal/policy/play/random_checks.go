package play

import (
	"fmt"
	"maps"
	"slices"

	"kechuang/internal/money"
	"kechuang/internal/policy"
)

// picture is what a turn is compared by.
type picture struct {
	state  string
	parts  int
	moves  int64
	held   money.Fen
	paid   map[string]money.Fen // by pot
	signed int
}

func take(s *policy.Snapshot) picture {
	pic := picture{state: s.Case.State, parts: len(s.Parts), moves: s.Case.Revision, paid: map[string]money.Fen{}, signed: len(s.Case.Signed)}
	for _, r := range s.Parts {
		pic.moves += r.Revision
		pic.signed += len(r.Signed)
	}
	for name, pot := range s.Pots {
		pic.held += pot.Held
		for _, f := range pot.Paid {
			pic.paid[name] += f
		}
	}
	return pic
}

func (a picture) same(b picture) bool {
	return a.state == b.state && a.parts == b.parts && a.moves == b.moves && a.held == b.held && a.signed == b.signed && maps.Equal(a.paid, b.paid)
}

// look compares the case after a turn with what it was before.
func (p *player) look(before picture, name string) error {
	s, err := p.w.Snapshot()
	if err != nil {
		return err
	}
	after := take(s)
	p.report.Trail = append(p.report.Trail, fmt.Sprintf("%s ─%s→ %s", before.state, name, after.state))
	for pot, paid := range after.paid {
		fund := s.Pack.Funds[s.Pots[pot].Fund]
		if paid > before.paid[pot] && fund != nil && fund.Public && fund.Notice && !p.stood {
			return p.fail("notice", fmt.Sprintf("%s was paid from %s before any notice stood", paid-before.paid[pot], pot))
		}
	}
	if err := p.kept(s, false); err != nil {
		return err
	}
	for name, pot := range s.Pots {
		if pot.Held < 0 {
			return p.fail("settled", fmt.Sprintf("the pot %s holds %s", name, pot.Held))
		}
	}
	if before.state != after.state && stands(s.Mechanism.Case.State(before.state), after.state) {
		p.stood = true
	}
	return nil
}

// stands tells whether the way from a state to another is the exit “stands” of a notice.
func stands(from *policy.State, to string) bool {
	if from == nil {
		return false
	}
	by := func(list []*policy.Branch) bool {
		return slices.ContainsFunc(list, func(b *policy.Branch) bool { return b.Exit == "stands" && b.State == to })
	}
	return slices.ContainsFunc(from.Steps, func(s *policy.Step) bool { return by(s.To) }) || (from.Deadline != nil && by(from.Deadline.To))
}

// settled looks at the pots, rights and shares of a case that has ended.
func (p *player) settled(s *policy.Snapshot) error {
	if err := p.kept(s, true); err != nil {
		return err
	}
	for name, pot := range s.Pots {
		if pot.Held != 0 {
			return p.fail("settled", fmt.Sprintf("in the end %s still holds %s", name, pot.Held))
		}
		for party, owed := range pot.Owed {
			if owed != 0 {
				return p.fail("settled", fmt.Sprintf("in the end %s still owes %s to %s", party, owed, name))
			}
		}
	}
	for _, r := range s.Parts {
		if !s.Mechanism.Machine(r.Part).State(r.State).End {
			return p.fail("stuck", fmt.Sprintf("the case has ended, and %s #%d still stands in %s", r.Part, r.Number, r.State))
		}
	}
	return nil
}
