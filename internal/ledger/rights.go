package ledger

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"kechuang/internal/caldate"
	"kechuang/internal/ident"
	"kechuang/internal/rights"
	"kechuang/internal/share"
	"kechuang/internal/store"
)

// RightAsset is the asset that counts a right of a thing, in ppm.
func RightAsset(r rights.Right, thing string) Asset { return Asset(string(r) + "/" + thing) }

// HandAccount is where a lot lies in the book; the zero hand is where the thing's rights come from.
func HandAccount(h rights.Hand, thing string) Account {
	switch {
	case h == rights.Hand{}:
		return Account("origin/" + thing)
	case h.Lien != "":
		term := h.Term
		if term == "" {
			term = "-"
		}
		return Account("lien/" + h.Lien + "/" + term + "/" + h.Party)
	case h.Term != "":
		return Account("term/" + h.Term + "/" + h.Party)
	}
	return Party(h.Party)
}

// accountHand is the opposite of HandAccount.
func accountHand(a Account) (h rights.Hand) {
	parts := strings.Split(string(a), "/")
	switch {
	case parts[0] == "party" && len(parts) == 2:
		h.Party = parts[1]
	case parts[0] == "term" && len(parts) == 3:
		h.Term, h.Party = parts[1], parts[2]
	case parts[0] == "lien" && len(parts) == 4:
		h.Lien, h.Party = parts[1], parts[3]
		if parts[2] != "-" {
			h.Term = parts[2]
		}
	}
	return h
}

// ChangeRights does one act on a thing's rights and books what it moved. Acts on one thing follow one another.
//
//	c, err := l.ChangeRights(tx, why, patent, func(s *rights.State, a rights.Act) (rights.Change, error) {
//		return s.Pledge(a, rights.Pledge{…})
//	})
func (l *Ledger) ChangeRights(tx *store.Tx, why Why, thing string, do func(*rights.State, rights.Act) (rights.Change, error)) (rights.Change, error) {
	if thing == "" || strings.Contains(thing, "/") {
		return rights.Change{}, fmt.Errorf("ledger: %q is not the name of a thing", thing)
	}
	if err := tx.Guard("right/" + thing); err != nil {
		return rights.Change{}, err
	}
	s, err := rightsNow(tx, thing)
	if err != nil {
		return rights.Change{}, err
	}
	c, err := do(&s, Act(tx, why))
	if err != nil {
		return rights.Change{}, err
	}
	if err := s.Check(); err != nil {
		return rights.Change{}, err
	}
	return c, l.bookRights(tx, why, thing, c)
}

// Act is whose doing it is, for the acts of package rights.
func Act(tx *store.Tx, why Why) rights.Act {
	return rights.Act{Case: why.Case, Today: caldate.On(tx.Now()), NewID: func() string { return ident.New("lien", tx.Now()) }}
}

func (l *Ledger) bookRights(tx *store.Tx, why Why, thing string, c rights.Change) error {
	var transfers []Transfer
	entry := ""
	for _, m := range c.Moves {
		t := Transfer{ID: ident.New("tr", tx.Now()), Asset: RightAsset(m.Right, thing), From: HandAccount(m.From, thing), To: HandAccount(m.To, thing), Amount: int64(m.Share),
			Kind: m.Kind, Case: why.Case, Step: why.Step, Party: m.To.Party, Memo: why.Memo}
		if m.On != "" {
			t.At = m.On.End()
		}
		if entry == "" {
			entry = t.ID
		}
		t.Entry = entry
		transfers = append(transfers, t)
	}
	if err := insertChange(tx, why, thing, c); err != nil {
		return err
	}
	for _, t := range transfers { // one by one: what one move gives, the next may take
		if err := l.Post(tx, t); err != nil {
			return err
		}
	}
	return nil
}

// Rights is how a thing's rights stand now, terms that are over having fallen back.
func (l *Ledger) Rights(tx *store.Tx, thing string) (rights.State, error) {
	s, err := rightsNow(tx, thing)
	s.Lapse(caldate.On(tx.Now()))
	return s, err
}

// RightsAt is how they stood at a moment.
func (l *Ledger) RightsAt(tx *store.Tx, thing string, at time.Time) (rights.State, error) {
	s, err := rightsThen(tx, thing, at)
	s.Lapse(caldate.On(at))
	return s, err
}

// RightEvent is one thing that happened to a thing's rights.
type RightEvent struct {
	At    time.Time
	Kind  string // of rights.Move, or "license", "end", "expire"
	Case  string
	Step  string
	Moves []rights.Move
	Lien  *rights.Lien // what was made or ended
	Day   caldate.Date // of an expiry: the last day of protection
}

// RightHistory is all that happened to a thing's rights, oldest first.
func (l *Ledger) RightHistory(tx *store.Tx, thing string) ([]RightEvent, error) {
	return rightEvents(tx, thing)
}

// move reads a posting of a right back.
func rightMove(t Transfer) rights.Move {
	right, _, _ := strings.Cut(string(t.Asset), "/")
	return rights.Move{Kind: t.Kind, Right: rights.Right(right), From: accountHand(t.From), To: accountHand(t.To), Share: share.PPM(t.Amount)}
}

// inTime puts events in the order of their time, those of one moment as they stand.
func inTime(list []RightEvent) []RightEvent {
	slices.SortStableFunc(list, func(a, b RightEvent) int { return a.At.Compare(b.At) })
	return list
}
