// Package rights is who holds what of one achievement: its title, its use and its income as separate shares in parts per million,
// under terms, licences and pledges. It is arithmetic and law over one value, State: no clock, no database, no mechanism.
//
//	var s rights.State
//	_, err := s.Vest(act, "2044-05-01", []rights.Part{{"沈阳化工大学", share.Whole}})
//	_, err = s.Assign(act, rights.Assignment{Right: rights.All, From: []string{"沈阳化工大学"}, Share: 900_000,
//		To: []rights.Part{{"王娜", 600_000}, {"李伟", 400_000}}})
//	s.Share(rights.Title, "王娜")   // 54 %
//	_, err = s.Pledge(act, rights.Pledge{Giver: "王娜", Holder: "盛京银行", …})
//
// A share lies in lots: how much of which right is in whose hand, under which term (a right given until a day falls back by itself)
// and under which lien (what is pledged is still the pledgor's, but cannot move). Every act answers with a Change, the moves from hand
// to hand that the ledger books as double entry, or with refusals by id; the pack says which article stands behind an id.
//
// What always holds, by Check: of a right that was vested, the lots sum to 1 000 000 ppm; no lot is empty or below zero; what is
// pledged, exclusively licensed or expired has not moved without the consent of whom it would have hurt.
package rights

import (
	"cmp"
	"fmt"
	"slices"

	"kechuang/internal/caldate"
	"kechuang/internal/money"
	"kechuang/internal/share"
)

// Right is one of the three that are held separately.
type Right string

// The rights. All stands for each of them in an act.
const (
	Title  Right = "title"
	Use    Right = "use"
	Income Right = "income"
	All    Right = "all"
)

// Each is the rights that a word stands for.
func (r Right) Each() []Right {
	if r == All {
		return []Right{Title, Use, Income}
	}
	return []Right{r}
}

// Part is somebody's part of a whole.
type Part struct {
	Party string
	Share share.PPM
}

// Hand is where a lot lies: with a party, under a term, under a pledge. The zero Hand is where rights come from.
type Hand struct {
	Party, Term, Lien string
}

// Lot is a share of one right in one hand.
type Lot struct {
	Right Right
	Hand
	Share share.PPM
}

// Term is a right given until a day: what lies under it falls back into the giver's hand when the day is over.
type Term struct {
	ID    string
	Right Right
	Giver Hand
	Until caldate.Date
	Case  string
}

// Kinds of lien, and how much of a thing a licence takes.
const (
	PledgeLien  = "pledge"
	LicenceLien = "licence"

	Exclusive = "exclusive" // 独占: nobody but the licensee, not even the licensor
	Sole      = "sole"      // 排他: the licensee and the licensor
	Ordinary  = "ordinary"  // 普通
)

// Lien is what lies on a thing for somebody else's good: a pledge or a licence.
type Lien struct {
	ID               string
	Kind             string
	Scope            string // of a licence
	Giver            string // pledgor or licensor
	Holder           string // pledgee or licensee
	Number           string // of a pledge: the number of its registration, which makes it
	Amount           money.Fen
	Field, Territory string // of a licence; "" is every field, the whole country
	From, Until      caldate.Date
	Case             string
}

// in tells whether the lien is in force on a day. A pledge stands until it is discharged, whatever the debt's last day.
func (l Lien) in(day caldate.Date) bool {
	return l.Kind == PledgeLien || l.Until == "" || day <= l.Until
}

// State is all that is known of one thing's rights.
type State struct {
	Expires  caldate.Date // last day of protection, "" where there is none
	Lots     []Lot        // sorted
	Terms    []Term       // in the order they were made: a later one may lie inside an earlier
	Liens    []Lien
	Presumed bool // nobody has entered them: it is what the register says of the thing's owner
}

// Act is whose doing it is, and when.
type Act struct {
	Case  string
	Today caldate.Date
	NewID func() string
}

// The kinds of move.
const (
	KindVest      = "vest"
	KindAssign    = "assign"
	KindRevert    = "revert"
	KindLapse     = "lapse" // a term is over
	KindPledge    = "pledge"
	KindDischarge = "discharge"
	KindEnforce   = "enforce"
)

// Move is a share going from hand to hand. On is the day that it is dated with, "" for the day of the act.
type Move struct {
	Kind     string
	Right    Right
	From, To Hand
	Share    share.PPM
	On       caldate.Date
}

// Change is what an act did.
type Change struct {
	Moves   []Move
	Terms   []Term
	Liens   []Lien
	Ended   []Ending // liens that are no more
	Lapsed  []string // terms that are over
	Expires *caldate.Date
}

// Ending says how a lien ended, and with what day where that was before today: a pledge of what fell back is over with its term.
type Ending struct {
	Lien, Kind string
	On         caldate.Date
}

// Clone is a copy that shares nothing.
func (s State) Clone() State {
	s.Lots, s.Terms, s.Liens = slices.Clone(s.Lots), slices.Clone(s.Terms), slices.Clone(s.Liens)
	return s
}

// Vested tells whether anybody holds anything of it.
func (s *State) Vested() bool { return len(s.Lots) > 0 }

// Share is what a party holds of a right, pledged or not.
func (s *State) Share(r Right, party string) (sum share.PPM) {
	for _, l := range s.Lots {
		if l.Right == r && l.Party == party {
			sum += l.Share
		}
	}
	return sum
}

// Holders are those who hold something of a right, with what they hold.
func (s *State) Holders(r Right) []Part {
	var out []Part
	for _, l := range s.Lots {
		if l.Right != r {
			continue
		}
		if i := slices.IndexFunc(out, func(p Part) bool { return p.Party == l.Party }); i >= 0 {
			out[i].Share += l.Share
		} else {
			out = append(out, Part{l.Party, l.Share})
		}
	}
	return out
}

// InForce are the liens of a kind that stand on a day.
func (s *State) InForce(kind string, day caldate.Date) []Lien {
	var out []Lien
	for _, l := range s.Liens {
		if l.Kind == kind && l.in(day) {
			out = append(out, l)
		}
	}
	return out
}

// Pledged tells whether a pledge lies on it.
func (s *State) Pledged() bool {
	return slices.ContainsFunc(s.Liens, func(l Lien) bool { return l.Kind == PledgeLien })
}

// Licensed tells whether a licence is in force.
func (s *State) Licensed(day caldate.Date) bool { return len(s.InForce(LicenceLien, day)) > 0 }

// Expired tells whether protection is over on a day.
func (s *State) Expired(day caldate.Date) bool { return s.Expires != "" && day > s.Expires }

// Check finds what may not be: a right that does not sum to one whole, an empty lot, a lot under a term or lien that is not there.
func (s *State) Check() error {
	sums := map[Right]share.PPM{}
	for _, l := range s.Lots {
		if l.Share <= 0 || l.Party == "" {
			return fmt.Errorf("rights: a lot of %d of %s with %q", l.Share, l.Right, l.Party)
		}
		if l.Term != "" && s.term(l.Term) == nil {
			return fmt.Errorf("rights: a lot under the term %s, which is not there", l.Term)
		}
		if l.Lien != "" && s.lien(l.Lien) == nil {
			return fmt.Errorf("rights: a lot under the pledge %s, which is not there", l.Lien)
		}
		sums[l.Right] += l.Share
	}
	for _, r := range All.Each() {
		if sum := sums[r]; sum != share.Whole && len(s.Lots) > 0 {
			return fmt.Errorf("rights: %s sums to %d", r, sum)
		}
	}
	return nil
}

func (s *State) term(id string) *Term {
	if i := slices.IndexFunc(s.Terms, func(t Term) bool { return t.ID == id }); i >= 0 {
		return &s.Terms[i]
	}
	return nil
}

func (s *State) lien(id string) *Lien {
	if i := slices.IndexFunc(s.Liens, func(l Lien) bool { return l.ID == id }); i >= 0 {
		return &s.Liens[i]
	}
	return nil
}

// Apply makes moves of it without asking: what the ledger reads back from its postings.
func (s *State) Apply(m Move) {
	s.add(m.Right, m.From, -m.Share)
	s.add(m.Right, m.To, m.Share)
}

func (s *State) add(r Right, h Hand, by share.PPM) {
	if h == (Hand{}) {
		return
	}
	at, found := slices.BinarySearchFunc(s.Lots, Lot{Right: r, Hand: h}, compareLots)
	if !found {
		s.Lots = slices.Insert(s.Lots, at, Lot{r, h, 0})
	}
	if s.Lots[at].Share += by; s.Lots[at].Share == 0 {
		s.Lots = slices.Delete(s.Lots, at, at+1)
	}
}

func compareLots(a, b Lot) int {
	return cmp.Or(cmp.Compare(order(a.Right), order(b.Right)), cmp.Compare(a.Party, b.Party), cmp.Compare(a.Term, b.Term), cmp.Compare(a.Lien, b.Lien))
}

func order(r Right) int { return slices.Index([]Right{Title, Use, Income}, r) }

// move does one and notes it.
func (s *State) move(c *Change, m Move) {
	if m.Share == 0 || m.From == m.To {
		return
	}
	s.Apply(m)
	c.Moves = append(c.Moves, m)
}

func (s *State) end(c *Change, lien, kind string, on caldate.Date) {
	s.Liens = slices.DeleteFunc(s.Liens, func(l Lien) bool { return l.ID == lien })
	c.Ended = append(c.Ended, Ending{lien, kind, on})
}

// Lapse lets what was given until a day before today fall back, the inner before the outer. A pledge of what falls back is over with it.
func (s *State) Lapse(today caldate.Date) (c Change) {
	for i := len(s.Terms) - 1; i >= 0; i-- {
		t := s.Terms[i]
		if today <= t.Until {
			continue
		}
		for _, l := range slices.Clone(s.Lots) {
			if l.Term != t.ID {
				continue
			}
			s.move(&c, Move{KindLapse, l.Right, l.Hand, s.back(t), l.Share, t.Until})
			if l.Lien != "" && s.lien(l.Lien) != nil && !slices.ContainsFunc(s.Lots, func(x Lot) bool { return x.Lien == l.Lien }) {
				s.end(&c, l.Lien, KindLapse, t.Until)
			}
		}
		c.Lapsed = append(c.Lapsed, t.ID)
		s.Terms = slices.Delete(s.Terms, i, i+1)
	}
	return c
}

// back is where falls what a term gave: the giver's hand, without a pledge that is over.
func (s *State) back(t Term) Hand {
	h := t.Giver
	if h.Lien != "" && s.lien(h.Lien) == nil {
		h.Lien = ""
	}
	return h
}
