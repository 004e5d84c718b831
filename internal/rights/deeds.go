package rights

import (
	"slices"

	"kechuang/internal/caldate"
	"kechuang/internal/refusal"
)

// Deed is an act as a value: what policy decides on a state that it was shown, and the ledger does again on the state as it is.
type Deed interface {
	Do(*State, Act) (Change, error)
}

// Vesting gives all three rights at first.
type Vesting struct {
	Expires caldate.Date
	To      []Part
}

// Reversion gives all that a party holds back.
type Reversion struct {
	From    []string // several give back together; who holds nothing any more has nothing to give
	To      string
	Consent []string
}

// LicenceEnd ends the licences that a party holds by the same case, or, with Any, by any; where all are over already, nothing is done.
type LicenceEnd struct {
	Holder string
	Any    bool
}

// Discharging ends the pledges that the same case made.
type Discharging struct{}

// Enforcement gives what the same case pledged to whoever bought it.
type Enforcement struct {
	To string
}

// Expiry says on which day protection ends.
type Expiry struct {
	Day caldate.Date
}

// The deeds.
func (d Vesting) Do(s *State, a Act) (Change, error)    { return s.Vest(a, d.Expires, d.To) }
func (d Assignment) Do(s *State, a Act) (Change, error) { return s.Assign(a, d) }
func (d Licence) Do(s *State, a Act) (Change, error)    { return s.License(a, d) }
func (d Pledge) Do(s *State, a Act) (Change, error)     { return s.Pledge(a, d) }
func (d Expiry) Do(s *State, a Act) (Change, error)     { return s.Expire(a, d.Day), nil }

func (d Reversion) Do(s *State, a Act) (all Change, err error) {
	var done []string
	for _, from := range d.From {
		holds := slices.ContainsFunc(s.Lots, func(l Lot) bool { return l.Party == from })
		if slices.Contains(done, from) || (!holds && len(d.From) > 1) {
			continue
		}
		c, err := s.Revert(a, from, d.To, d.Consent)
		if err != nil {
			return Change{}, err
		}
		done = append(done, from)
		all.Moves, all.Ended, all.Lapsed = append(all.Moves, c.Moves...), append(all.Ended, c.Ended...), append(all.Lapsed, c.Lapsed...)
	}
	if len(done) == 0 {
		return Change{}, refuseShort(Title, 0, 0)
	}
	return all, nil
}

func (d LicenceEnd) Do(s *State, a Act) (Change, error) {
	c, err := s.each(LicenceLien, func(l Lien) bool { return l.Holder == d.Holder && (d.Any || l.Case == a.Case) && l.in(a.Today) },
		func(l Lien) (Change, error) { return s.EndLicence(a, l.ID) })
	if refusal.Is(err, "rights.nolicence") {
		return s.begin(a), nil
	}
	return c, err
}

func (d Discharging) Do(s *State, a Act) (Change, error) {
	return s.each(PledgeLien, func(l Lien) bool { return l.Case == a.Case }, func(l Lien) (Change, error) { return s.Discharge(a, l.ID) })
}

func (d Enforcement) Do(s *State, a Act) (Change, error) {
	return s.each(PledgeLien, func(l Lien) bool { return l.Case == a.Case }, func(l Lien) (Change, error) { return s.Enforce(a, l.ID, d.To) })
}

// each does something to every lien that is meant; none is refused.
func (s *State) each(kind string, meant func(Lien) bool, do func(Lien) (Change, error)) (all Change, err error) {
	found := false
	for _, l := range s.Clone().Liens {
		if l.Kind != kind || !meant(l) {
			continue
		}
		c, err := do(l)
		if err != nil {
			return Change{}, err
		}
		found = true
		if c.Expires != nil {
			all.Expires = c.Expires
		}
		all.Moves, all.Ended, all.Lapsed = append(all.Moves, c.Moves...), append(all.Ended, c.Ended...), append(all.Lapsed, c.Lapsed...)
	}
	if !found {
		return Change{}, refuseNoLien(kind)
	}
	return all, nil
}
