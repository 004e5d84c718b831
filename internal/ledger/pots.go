package ledger

import (
	"fmt"
	"slices"
	"strings"

	"kechuang/internal/caldate"
	"kechuang/internal/lang"
	"kechuang/internal/money"
	"kechuang/internal/refusal"
	"kechuang/internal/share"
	"kechuang/internal/store"
)

// Why is what an act on the book belongs to.
type Why struct {
	Case string // the case, "" for an appropriation
	Step string // the step or its journal leaf
	Memo lang.Text
}

// All asks for all there is: what a pot holds, what it paid and was not claimed, what is owed.
const All money.Fen = -1

// Pot is the money of one case for one purpose.
type Pot struct {
	Name    string
	Fund    string
	Party   string // for whom it was held, "" where nobody was named
	Year    int    // of the first hold
	Held    money.Fen
	Paid    map[string]money.Fen // by party
	Owed    map[string]money.Fen // claimed and neither collected nor forgiven, by party
	Claimed map[string]money.Fen // by party, collected or not
	// Interest is what a party owed besides, collected or not.
	Interest map[string]money.Fen
}

// Appropriate enters a year's budget into a fund.
func (l *Ledger) Appropriate(tx *store.Tx, why Why, fund string, year int, amount money.Fen) error {
	if amount <= 0 || amount > money.Max {
		return refusal.New(refusal.Invalid, "ledger.amount", lang.T("预算金额应大于零", "The amount must be above zero")).At("amount")
	}
	return l.Post(tx, Transfer{From: Budget(year, fund), To: Fund(fund), Amount: int64(amount), Kind: KindAppropriate,
		Case: why.Case, Step: why.Step, Fund: fund, Memo: why.Memo})
}

// Hold moves money of a fund into a pot of the case, for a party where one is known: from then on it counts as granted to it in
// this year. Nothing is held of a zero amount. A pot is of one fund and for one party.
func (l *Ledger) Hold(tx *store.Tx, why Why, fund, pot, party string, amount money.Fen) error {
	if amount == 0 {
		return nil
	}
	if pot == "" || strings.Contains(pot, "/") || why.Case == "" {
		return fmt.Errorf("ledger: hold: pot %q of case %q", pot, why.Case)
	}
	p, err := potRow(tx, why.Case, pot)
	if err != nil {
		return err
	}
	switch {
	case p == nil:
		p = &Pot{Name: pot, Fund: fund, Party: party, Year: caldate.On(tx.Now()).Year()}
		if err := insertPot(tx, why.Case, *p); err != nil {
			return err
		}
	case p.Fund != fund || p.Party != party:
		return fmt.Errorf("ledger: hold: pot %s is of fund %s for %q, not of %s for %q", pot, p.Fund, p.Party, fund, party)
	}
	t := why.transfer(KindHold, *p, Fund(fund), CasePot(why.Case, pot), amount)
	t.Party = party
	t.grants = p.grant(party, amount)
	return l.Post(tx, t)
}

// Outside is the fund of a pot whose money a party paid in: what is left goes back to it, and nobody is granted any of it.
const Outside = "outside"

// Receive brings money of a party into a pot of the case. A pot is of a fund or of outside money, never both.
func (l *Ledger) Receive(tx *store.Tx, why Why, pot, party string, amount money.Fen) error {
	if amount == 0 {
		return nil
	}
	if pot == "" || strings.Contains(pot, "/") || why.Case == "" || party == "" {
		return fmt.Errorf("ledger: receive: pot %q of case %q from %q", pot, why.Case, party)
	}
	p, err := potRow(tx, why.Case, pot)
	if err != nil {
		return err
	}
	switch {
	case p == nil:
		p = &Pot{Name: pot, Fund: Outside, Year: caldate.On(tx.Now()).Year()}
		if err := insertPot(tx, why.Case, *p); err != nil {
			return err
		}
	case p.Fund != Outside:
		return fmt.Errorf("ledger: receive: pot %s is of fund %s", pot, p.Fund)
	}
	t := why.transfer(KindReceive, *p, Clearing(party), CasePot(why.Case, pot), amount)
	t.Party = party
	return l.Post(tx, t)
}

// giveBack returns what is left of outside money to those who paid it in, in the measure of what each has in it, to the fen by the largest
// remainder; who paid first comes first.
func (l *Ledger) giveBack(tx *store.Tx, why Why, p Pot) (money.Fen, error) {
	list, err := l.Postings(tx, why.Case)
	if err != nil {
		return 0, err
	}
	var payers []Account
	var paid []share.PPM // weights: fen
	for _, t := range list {
		payer, amount := t.From, t.Amount
		if outside(t.To) {
			payer, amount = t.To, -t.Amount
		}
		if t.Pot != p.Name || !outside(payer) {
			continue
		}
		i := slices.Index(payers, payer)
		if i < 0 {
			payers, paid = append(payers, payer), append(paid, 0)
			i = len(payers) - 1
		}
		paid[i] += share.PPM(amount)
	}
	parts, err := share.Split(int64(p.Held), paid)
	if err != nil {
		return 0, err
	}
	for i, n := range parts {
		if n == 0 {
			continue
		}
		t := why.transfer(KindRelease, p, CasePot(why.Case, p.Name), payers[i], money.Fen(n))
		t.Party = strings.TrimPrefix(string(payers[i]), "clearing/")
		if err := l.Post(tx, t); err != nil {
			return 0, err
		}
	}
	return p.Held, nil
}

// transfer is one of the case's own.
func (w Why) transfer(kind string, p Pot, from, to Account, amount money.Fen) Transfer {
	return Transfer{From: from, To: to, Amount: int64(amount), Kind: kind, Case: w.Case, Pot: p.Name, Step: w.Step, Fund: p.Fund, Memo: w.Memo}
}

// grant counts an amount for a party in the pot's year; nobody is granted what nobody is named for.
func (p Pot) grant(party string, amount money.Fen) []grant {
	if party == "" {
		return nil
	}
	return []grant{{party, p.Year, int64(amount)}}
}

// Pay moves money from a pot to a party and gives what was paid. All pays what is left; of an empty pot that is nothing.
func (l *Ledger) Pay(tx *store.Tx, why Why, pot, party string, amount money.Fen) (money.Fen, error) {
	p, err := l.mustPot(tx, why.Case, pot)
	if err != nil {
		return 0, err
	}
	if amount == All {
		amount = p.Held
	}
	if amount == 0 {
		return 0, nil
	}
	t := why.transfer(KindPay, *p, CasePot(why.Case, pot), Party(party), amount)
	t.Party = party
	if party != p.Party && p.Fund != Outside { // whoever it was held for is not granted it
		t.grants = append(p.grant(p.Party, -amount), grant{party, caldate.On(tx.Now()).Year(), int64(amount)})
	}
	return amount, l.Post(tx, t)
}

// PayFee pays a person for work from a pot, and what is withheld of it to the account of the income tax. Nobody is granted a fee.
func (l *Ledger) PayFee(tx *store.Tx, why Why, pot, party string, net, tax money.Fen) error {
	p, err := l.mustPot(tx, why.Case, pot)
	if err != nil {
		return err
	}
	var all []Transfer
	for _, x := range []struct {
		kind   string
		to     Account
		amount money.Fen
	}{{KindFee, Party(party), net}, {KindWithhold, IncomeTax(), tax}} {
		if x.amount == 0 {
			continue
		}
		t := why.transfer(x.kind, *p, CasePot(why.Case, pot), x.to, x.amount)
		t.Party, t.grants = party, p.grant(p.Party, -x.amount)
		all = append(all, t)
	}
	return l.Post(tx, all...)
}

// Release gives what is left in a pot back to its fund.
func (l *Ledger) Release(tx *store.Tx, why Why, pot string) (money.Fen, error) {
	p, err := l.mustPot(tx, why.Case, pot)
	if err != nil || p.Held == 0 {
		return 0, err
	}
	if p.Fund == Outside {
		return l.giveBack(tx, why, *p)
	}
	t := why.transfer(KindRelease, *p, CasePot(why.Case, pot), Fund(p.Fund), p.Held)
	t.Party = p.Party
	t.grants = p.grant(p.Party, -p.Held)
	return p.Held, l.Post(tx, t)
}

// Claim makes a party owe money back to a pot's fund, at most what the pot paid it and did not claim before; All is exactly that.
func (l *Ledger) Claim(tx *store.Tx, why Why, pot, party string, amount money.Fen) (money.Fen, error) {
	p, err := l.mustPot(tx, why.Case, pot)
	if err != nil {
		return 0, err
	}
	most := max(0, p.Paid[party]-p.Claimed[party])
	if amount == All {
		amount = most
	}
	if amount > most {
		return 0, refusal.New(refusal.Insufficient, "ledger.claim", lang.T(
			fmt.Sprintf("追回金额 %s 超过已支付且尚未追回的 %s", amount, most),
			fmt.Sprintf("The claim of %s is more than the %s that was paid and not claimed yet", yuan(amount), yuan(most))))
	}
	if amount == 0 {
		return 0, nil
	}
	t := why.transfer(KindClaim, *p, Claims(p.Fund), Owed(why.Case, pot, party), amount)
	t.Party = party
	return amount, l.Post(tx, t)
}

// Interest makes a party owe more than it was paid: interest, a fee for the use of the money, a penalty. It is owed to the pot's fund, and
// collected and written off together with what is claimed back; only a party that the pot paid can owe it.
func (l *Ledger) Interest(tx *store.Tx, why Why, pot, party string, amount money.Fen) error {
	p, err := l.mustPot(tx, why.Case, pot)
	if err != nil || amount == 0 {
		return err
	}
	if p.Paid[party] <= 0 {
		return refusal.New(refusal.Insufficient, "ledger.claim", lang.T("没有付过款，不能计收利息", "Nothing was paid that could bear interest"))
	}
	t := why.transfer(KindInterest, *p, Claims(p.Fund), Owed(why.Case, pot, party), amount)
	t.Party = party
	return l.Post(tx, t)
}

// Collect enters money that a party paid back against a claim, into the pot's fund; All is what is still owed.
func (l *Ledger) Collect(tx *store.Tx, why Why, pot, party string, amount money.Fen) (money.Fen, error) {
	p, err := l.mustPot(tx, why.Case, pot)
	if err != nil {
		return 0, err
	}
	if amount == All {
		amount = p.Owed[party]
	}
	if amount == 0 {
		return 0, nil
	}
	debt := why.transfer(KindCollect, *p, Owed(why.Case, pot, party), Claims(p.Fund), amount)
	debt.Party = party
	var moved []Transfer
	principal := min(amount, p.Claimed[party]-min(p.collected(party), p.Claimed[party]))
	for _, part := range []struct {
		from   Account
		amount money.Fen
	}{{Party(party), principal}, {Clearing(party), amount - principal}} {
		if part.amount > 0 {
			cash := why.transfer(KindCollect, *p, part.from, Fund(p.Fund), part.amount)
			cash.Party = party
			moved = append(moved, cash)
		}
	}
	return amount, l.Post(tx, append(moved, debt)...)
}

// collected is what came back of all that a party owed. It pays back what it was paid first; interest is money of its own.
func (p Pot) collected(party string) money.Fen {
	return p.Claimed[party] + p.Interest[party] - p.Owed[party]
}

// Forgive writes off what a party still owes.
func (l *Ledger) Forgive(tx *store.Tx, why Why, pot, party string) (money.Fen, error) {
	p, err := l.mustPot(tx, why.Case, pot)
	if err != nil || p.Owed[party] == 0 {
		return 0, err
	}
	t := why.transfer(KindForgive, *p, Owed(why.Case, pot, party), Claims(p.Fund), p.Owed[party])
	t.Party = party
	return p.Owed[party], l.Post(tx, t)
}

// Pots are all pots of a case, by name.
func (l *Ledger) Pots(tx *store.Tx, caseID string) (map[string]Pot, error) {
	pots, err := potRows(tx, caseID)
	if err != nil || len(pots) == 0 {
		return pots, err
	}
	flows, err := flowsOf(tx, caseID)
	if err != nil {
		return nil, err
	}
	for _, f := range flows {
		p := pots[f.pot]
		p.count(caseID, f)
		pots[f.pot] = p
	}
	return pots, nil
}

// Pot is one pot of a case; a pot that nothing was ever held in is empty.
func (l *Ledger) Pot(tx *store.Tx, caseID, pot string) (Pot, error) {
	pots, err := l.Pots(tx, caseID)
	return pots[pot], err
}

func (l *Ledger) mustPot(tx *store.Tx, caseID, pot string) (*Pot, error) {
	pots, err := l.Pots(tx, caseID)
	if err != nil {
		return nil, err
	}
	p, ok := pots[pot]
	if !ok {
		return &Pot{Name: pot}, nil
	}
	return &p, nil
}

// flow is what went from one account to another within a pot's postings of a kind, in all.
type flow struct {
	pot      string
	kind     string
	from, to Account
	amount   money.Fen
}

// outside tells whether an account is where outside money comes from and goes back to.
func outside(a Account) bool { return strings.HasPrefix(string(a), "clearing/") }

// count adds a flow to the pot. What a reversal takes back flows the other way between the same two accounts.
func (p *Pot) count(caseID string, f flow) {
	if p.Paid == nil {
		p.Paid, p.Owed, p.Claimed, p.Interest = map[string]money.Fen{}, map[string]money.Fen{}, map[string]money.Fen{}, map[string]money.Fen{}
	}
	own, fund, claims := CasePot(caseID, p.Name), Fund(p.Fund), Claims(p.Fund)
	owed := string(Owed(caseID, p.Name, ""))
	add := func(m map[string]money.Fen, a Account, prefix string, amount money.Fen) {
		party := strings.TrimPrefix(string(a), prefix)
		if m[party] += amount; m[party] == 0 {
			delete(m, party)
		}
	}
	switch {
	case f.to == own && outside(f.from):
		p.Held += f.amount
	case f.from == own && outside(f.to):
		p.Held -= f.amount
	case f.from == own && f.to == fund:
		p.Held -= f.amount
	case f.from == fund && f.to == own:
		p.Held += f.amount
	case f.from == own:
		p.Held -= f.amount
		add(p.Paid, f.to, "party/", f.amount)
	case f.to == own:
		p.Held += f.amount
		add(p.Paid, f.from, "party/", -f.amount)
	case f.from == claims:
		add(p.Owed, f.to, owed, f.amount)
		if f.kind == KindClaim {
			add(p.Claimed, f.to, owed, f.amount)
		} else if f.kind == KindInterest {
			add(p.Interest, f.to, owed, f.amount)
		}
	case f.to == claims:
		add(p.Owed, f.from, owed, -f.amount)
		if f.kind == KindReverse { // of a claim
			add(p.Claimed, f.from, owed, -f.amount)
		}
	}
}
