package rights

import (
	"slices"
	"strings"

	"kechuang/internal/caldate"
	"kechuang/internal/money"
	"kechuang/internal/refusal"
	"kechuang/internal/share"
)

// Vest gives all three rights, at first, to those who have parts of the one whole.
func (s *State) Vest(a Act, expires caldate.Date, to []Part) (Change, error) {
	if s.Vested() && !s.Presumed {
		return Change{}, refuseVested()
	}
	if err := whole(to); err != nil {
		return Change{}, err
	}
	if expires != "" && expires < a.Today {
		return Change{}, refuseExpired(expires)
	}
	s.Expires, s.Presumed, s.Lots = expires, false, nil
	c := Change{Expires: &expires}
	for _, r := range All.Each() {
		for _, p := range to {
			s.move(&c, Move{Kind: KindVest, Right: r, To: Hand{Party: p.Party}, Share: p.Share})
		}
	}
	return c, nil
}

// Expire says on which day protection ends: it is prolonged, given up or declared invalid.
func (s *State) Expire(a Act, day caldate.Date) Change {
	c := s.begin(a)
	s.Expires, c.Expires = day, &day
	return c
}

// Presume takes the register's word for who holds a thing whose rights nobody has entered yet: the first act enters them so.
func (s *State) Presume(owner string, expires caldate.Date) {
	if s.Vested() || owner == "" {
		return
	}
	s.Presumed, s.Expires = true, expires
	for _, r := range All.Each() {
		s.Apply(Move{Right: r, To: Hand{Party: owner}, Share: share.Whole})
	}
}

// begin is what comes before every act: what was presumed is entered, and what is over falls back.
func (s *State) begin(a Act) (c Change) {
	if s.Presumed {
		s.Presumed = false
		c.Expires = &s.Expires
		for _, l := range s.Lots {
			c.Moves = append(c.Moves, Move{Kind: KindVest, Right: l.Right, To: l.Hand, Share: l.Share})
		}
	}
	lapsed := s.Lapse(a.Today)
	c.Moves, c.Ended, c.Lapsed = append(c.Moves, lapsed.Moves...), lapsed.Ended, lapsed.Lapsed
	return c
}

// Assignment gives shares of a right, or of all, from those who hold them to others.
type Assignment struct {
	Right   Right
	From    []string     // nobody named: everyone who holds
	To      []Part       // parts of what is given; they sum to one whole
	Share   share.PPM    // of the whole right; 0 is all that those in From have
	Until   caldate.Date // "" for good
	Consent []string     // co-owners, pledgees and licensees who agree
}

// Assign does it. What is pledged goes on with its pledge, and only by the pledgee's consent.
func (s *State) Assign(a Act, as Assignment) (Change, error) {
	c := s.begin(a)
	if err := s.mayMove(a, as); err != nil {
		return Change{}, err
	}
	for _, r := range as.Right.Each() {
		if err := s.assign(&c, a, r, as); err != nil {
			return Change{}, err
		}
	}
	return c, nil
}

// mayMove says all that stands against an assignment, whatever the shares.
func (s *State) mayMove(a Act, as Assignment) error {
	var list refusal.List
	if !s.Vested() {
		return refuseUnknown()
	}
	if s.Expired(a.Today) {
		list = append(list, refuseExpired(s.Expires))
	}
	if err := whole(as.To); err != nil {
		list = append(list, refusal.Of(err)...)
	}
	if as.Share < 0 || as.Share > share.Whole {
		list = append(list, refuseSum(as.Share))
	}
	if as.Until != "" {
		if as.Until <= a.Today {
			list = append(list, refusePast(as.Until))
		}
		if s.Expires != "" && as.Until > s.Expires {
			list = append(list, refuseBeyond(as.Until, s.Expires))
		}
	}
	for _, l := range s.InForce(LicenceLien, a.Today) {
		if l.Scope == Exclusive && !slices.Contains(as.Consent, l.Holder) && (len(as.From) == 0 || slices.Contains(as.From, l.Giver)) {
			list = append(list, refuseLicensed(l))
		}
	}
	if slices.Contains(as.Right.Each(), Title) && len(s.lots(Title, as.From)) > 0 && len(as.From) > 0 && !s.agreed(append(slices.Clone(as.From), as.Consent...)) {
		list = append(list, refuseCoOwner())
	}
	return list.Err()
}

// agreed tells whether everyone who holds title is among those who agree.
func (s *State) agreed(parties []string) bool {
	return !slices.ContainsFunc(s.Holders(Title), func(p Part) bool { return !slices.Contains(parties, p.Party) })
}

// assign gives one right.
func (s *State) assign(c *Change, a Act, r Right, as Assignment) error {
	lots := s.lots(r, as.From)
	var have share.PPM
	for _, l := range lots {
		have += l.Share
	}
	want := as.Share
	if want == 0 {
		want = have
	}
	if want == 0 || want > have {
		return refuseShort(r, have, want)
	}
	var weights []share.PPM
	for _, p := range as.To {
		weights = append(weights, p.Share)
	}
	amounts, err := share.Split(int64(want), weights)
	if err != nil {
		return err
	}
	terms := map[Hand]string{} // one a giver's hand
	next, left := 0, lots[0].Share
	for i, p := range as.To {
		for need := share.PPM(amounts[i]); need > 0; {
			for left == 0 {
				next++
				left = lots[next].Share
			}
			n := min(need, left)
			if err := s.give(c, a, as, lots[next], p.Party, n, terms); err != nil {
				return err
			}
			need, left = need-n, left-n
		}
	}
	return nil
}

// lots are what some, or all where nobody is named, hold of a right: what is free and for good comes first.
func (s *State) lots(r Right, from []string) []Lot {
	var out []Lot
	for _, l := range s.Lots {
		if l.Right == r && (len(from) == 0 || slices.Contains(from, l.Party)) {
			out = append(out, l)
		}
	}
	slices.SortStableFunc(out, func(x, y Lot) int {
		return strings.Compare(x.Lien+"/"+x.Term, y.Lien+"/"+y.Term)
	})
	return out
}

// give moves some of one lot to a party.
func (s *State) give(c *Change, a Act, as Assignment, l Lot, to string, n share.PPM, terms map[Hand]string) error {
	if l.Lien != "" {
		if p := s.lien(l.Lien); !slices.Contains(as.Consent, p.Holder) {
			return refusePledged(*p)
		}
	}
	hand := Hand{Party: to, Term: l.Term, Lien: l.Lien}
	if as.Until != "" {
		if outer := s.term(l.Term); outer != nil && as.Until > outer.Until {
			return refuseBeyond(as.Until, outer.Until)
		}
		if terms[l.Hand] == "" {
			t := Term{a.NewID(), l.Right, l.Hand, as.Until, a.Case}
			terms[l.Hand] = t.ID
			s.Terms, c.Terms = append(s.Terms, t), append(c.Terms, t)
		}
		hand.Term = terms[l.Hand]
	}
	s.move(c, Move{Kind: KindAssign, Right: l.Right, From: l.Hand, To: hand, Share: n})
	return nil
}

// Revert gives all that a party holds back to another, as an agreement's reversion clause says; a term that the other gave ends with it.
func (s *State) Revert(a Act, from, to string, consent []string) (Change, error) {
	c := s.begin(a)
	if from == to {
		return Change{}, refuseSelf()
	}
	if s.Expired(a.Today) {
		return Change{}, refuseExpired(s.Expires)
	}
	for _, l := range s.InForce(LicenceLien, a.Today) {
		if l.Giver == from && l.Scope == Exclusive && !slices.Contains(consent, l.Holder) {
			return Change{}, refuseLicensed(l)
		}
	}
	any := false
	for _, l := range slices.Clone(s.Lots) {
		if l.Party != from {
			continue
		}
		if l.Lien != "" {
			return Change{}, refusePledged(*s.lien(l.Lien))
		}
		hand := Hand{Party: to, Term: l.Term}
		if t := s.term(l.Term); t != nil && t.Giver.Party == to {
			hand = s.back(*t)
		}
		any = true
		s.move(&c, Move{Kind: KindRevert, Right: l.Right, From: l.Hand, To: hand, Share: l.Share})
	}
	if !any {
		return Change{}, refuseShort(Title, 0, 0)
	}
	return c, nil
}

// Licence is what is to be licensed.
type Licence struct {
	Scope            string
	Giver, Holder    string
	Field, Territory string
	Until            caldate.Date // "" as long as the right lasts
	Consent          []string
}

// License makes a licence and gives its id in the change.
func (s *State) License(a Act, li Licence) (Change, error) {
	c := s.begin(a)
	if li.Until == "" {
		li.Until = s.Expires
	}
	if err := s.mayLicense(a, li); err != nil {
		return Change{}, err
	}
	l := Lien{ID: a.NewID(), Kind: LicenceLien, Scope: li.Scope, Giver: li.Giver, Holder: li.Holder, Field: li.Field, Territory: li.Territory,
		From: a.Today, Until: li.Until, Case: a.Case}
	s.Liens, c.Liens = append(s.Liens, l), append(c.Liens, l)
	return c, nil
}

func (s *State) mayLicense(a Act, li Licence) error {
	var list refusal.List
	switch {
	case !slices.Contains([]string{Exclusive, Sole, Ordinary}, li.Scope):
		list = append(list, refuseScope(li.Scope))
	case li.Giver == li.Holder:
		list = append(list, refuseSelf())
	}
	if s.Expired(a.Today) {
		return append(list, refuseExpired(s.Expires))
	}
	if s.Share(Title, li.Giver)+s.Share(Use, li.Giver) == 0 {
		return append(list, refuseNotHolder())
	}
	if li.Until != "" && li.Until < a.Today {
		list = append(list, refusePast(li.Until))
	}
	if last := s.lasts(li.Giver, Title, Use); last != "" && (li.Until == "" || li.Until > last) {
		list = append(list, refuseBeyond(li.Until, last))
	}
	for _, l := range s.Liens {
		if l.Kind == PledgeLien && l.Giver == li.Giver && !slices.Contains(li.Consent, l.Holder) {
			list = append(list, refusePledged(l))
		}
	}
	for _, l := range s.InForce(LicenceLien, a.Today) {
		if (l.Scope != Ordinary || li.Scope != Ordinary) && overlap(l, li) && !slices.Contains(li.Consent, l.Holder) {
			list = append(list, refuseLicensed(l))
		}
	}
	if li.Scope != Ordinary && s.Share(Title, li.Giver) > 0 && !s.agreed(append([]string{li.Giver}, li.Consent...)) {
		list = append(list, refuseCoOwner())
	}
	return list.Err()
}

// lasts is the last day on which a party holds anything of some rights: the thing's own, or where all is held under terms, the latest.
func (s *State) lasts(party string, of ...Right) caldate.Date {
	last := caldate.Date("")
	for _, l := range s.Lots {
		if l.Party != party || !slices.Contains(of, l.Right) {
			continue
		}
		t := s.term(l.Term)
		if t == nil {
			return s.Expires
		}
		last = max(last, t.Until)
	}
	if s.Expires != "" && s.Expires < last {
		return s.Expires
	}
	return last
}

// overlap tells whether a licence that stands and one that is asked for meet in field and territory. Codes of territories are of
// GB/T 2260, where a province's holds its cities'.
func overlap(l Lien, li Licence) bool {
	field := l.Field == "" || li.Field == "" || l.Field == li.Field
	x, y := inner(l.Territory), inner(li.Territory)
	return field && (strings.HasPrefix(x, y) || strings.HasPrefix(y, x))
}

func inner(code string) string {
	for len(code) == 6 || len(code) == 4 {
		rest, ok := strings.CutSuffix(code, "00")
		if !ok {
			break
		}
		code = rest
	}
	return code
}

// EndLicence ends one before its day.
func (s *State) EndLicence(a Act, id string) (Change, error) {
	c := s.begin(a)
	if l := s.lien(id); l == nil || l.Kind != LicenceLien {
		return Change{}, refuseNoLien(LicenceLien)
	}
	s.end(&c, id, "end", "")
	return c, nil
}

// Pledge is what is to be pledged: all that the giver holds.
type Pledge struct {
	Giver, Holder string
	Number        string
	Amount        money.Fen
	Until         caldate.Date // the debt's last day
	Consent       []string
}

// Pledge puts it under a lien.
func (s *State) Pledge(a Act, p Pledge) (Change, error) {
	c := s.begin(a)
	if err := s.mayPledge(a, p); err != nil {
		return Change{}, err
	}
	l := Lien{ID: a.NewID(), Kind: PledgeLien, Giver: p.Giver, Holder: p.Holder, Number: p.Number, Amount: p.Amount, From: a.Today, Until: p.Until, Case: a.Case}
	s.Liens, c.Liens = append(s.Liens, l), append(c.Liens, l)
	for _, x := range slices.Clone(s.Lots) {
		if x.Party == p.Giver {
			under := x.Hand
			under.Lien = l.ID
			s.move(&c, Move{Kind: KindPledge, Right: x.Right, From: x.Hand, To: under, Share: x.Share})
		}
	}
	return c, nil
}

func (s *State) mayPledge(a Act, p Pledge) error {
	var list refusal.List
	if s.Expired(a.Today) {
		return append(list, refuseExpired(s.Expires))
	}
	if s.Share(Title, p.Giver) == 0 {
		return append(list, refuseNotHolder())
	}
	if p.Giver == p.Holder {
		list = append(list, refuseSelf())
	}
	if strings.TrimSpace(p.Number) == "" {
		list = append(list, refuseUnregistered())
	}
	if p.Amount <= 0 || p.Amount > money.Max {
		list = append(list, refuseAmount(p.Amount))
	}
	if p.Until == "" || p.Until <= a.Today {
		list = append(list, refusePast(p.Until))
	} else if last := s.lasts(p.Giver, Title); last != "" && p.Until > last {
		list = append(list, refuseOutlives(p.Until, last))
	}
	for _, l := range s.Liens {
		if l.Kind == PledgeLien && slices.ContainsFunc(s.Lots, func(x Lot) bool { return x.Lien == l.ID && x.Party == p.Giver }) {
			list = append(list, refusePledged(l))
		}
	}
	if !s.agreed(append([]string{p.Giver}, p.Consent...)) {
		list = append(list, refuseCoOwner())
	}
	return list.Err()
}

// Discharge ends a pledge: the debt is paid.
func (s *State) Discharge(a Act, id string) (Change, error) {
	return s.free(a, id, "")
}

// Enforce ends a pledge by giving what was pledged to whoever bought it.
func (s *State) Enforce(a Act, id, to string) (Change, error) {
	return s.free(a, id, to)
}

func (s *State) free(a Act, id, to string) (Change, error) {
	c := s.begin(a)
	if l := s.lien(id); l == nil || l.Kind != PledgeLien {
		return Change{}, refuseNoLien(PledgeLien)
	}
	kind := KindDischarge
	if to != "" {
		kind = KindEnforce
	}
	for _, x := range slices.Clone(s.Lots) {
		if x.Lien != id {
			continue
		}
		hand := Hand{Party: x.Party, Term: x.Term}
		if to != "" {
			hand.Party = to
		}
		s.move(&c, Move{Kind: kind, Right: x.Right, From: x.Hand, To: hand, Share: x.Share})
	}
	s.end(&c, id, kind, "")
	return c, nil
}

// Entitled refuses income for somebody who holds nothing of the income right: what was reverted brings nothing more.
func (s *State) Entitled(a Act, party string) error {
	now := s.Clone()
	now.Lapse(a.Today)
	if now.Share(Income, party) == 0 {
		return refuseNoIncome()
	}
	return nil
}

// whole refuses parts that are not of one whole: an empty one, a party twice, or another sum than 100 %.
func whole(parts []Part) error {
	var sum share.PPM
	seen := map[string]bool{}
	for _, p := range parts {
		if p.Share <= 0 || p.Party == "" {
			return refuseNothing()
		}
		if seen[p.Party] {
			return refuseTwice()
		}
		seen[p.Party] = true
		sum += p.Share
	}
	if sum != share.Whole {
		return refuseSum(sum)
	}
	return nil
}
