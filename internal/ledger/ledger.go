// Package ledger is the city's book of account: exact double entry over money, and over rights and equity by the same rules.
//
// An account is a name in a hierarchy, and its first word says what it is:
//
//	budget/2026/challenge       where a fund's money of a year comes from; below zero by what was appropriated
//	fund/challenge              what the fund has and nobody was promised
//	case/<case>/<pot>           held for one purpose of one case; not spendable for anything else
//	party/<party>               what a party was paid and has not given back
//	owed/<case>/<pot>/<party>   what a party still owes of what that pot paid it
//	claims/<fund>               the other side of owed; below zero by what is owed to the fund
//	withheld/income_tax         what was taken off people's fees and is due to the tax office
//	tax_office/<month>          what of it was handed on, by the month whose fees it is of
//	clearing/<name>             between two books, such as a bank's; may stand on either side of zero
//
// Beside money (CNY, in fen) the book counts title/<thing>, use/<thing> and income/<thing> in ppm, and share/<company>/<class> in whole
// shares. They lie in the same kind of accounts:
//
//	origin/<thing or company>   where rights and shares come from; below zero by all there are
//	party/<party>               what it holds for good
//	term/<term>/<party>         what it holds until a day, and falls back by itself then
//	lien/<lien>/…/<party>       what it holds under a pledge, and cannot move
//	pool/<pool>                 shares set aside for people who do not have them yet
//
// What may be done with rights and shares is worked out by the packages rights and equity; ChangeRights and ChangeEquity read how they
// stand, let one act be done and book its moves.
//
// A step of a case uses the methods that speak of pots:
//
//	err := l.Hold(tx, why, "challenge", "start", solver, 200*money.Wan)   // fund/challenge → case/…/start
//	paid, err := l.Pay(tx, why, "start", solver, 50*money.Wan)            // → party/…
//	left, err := l.Release(tx, why, "start")                              // what is left → fund/challenge
//	owed, err := l.Claim(tx, why, "start", solver, ledger.All)            // the party owes it back
//	got, err := l.Collect(tx, why, "start", solver, 20*money.Wan)         // money came back: party/… → fund/challenge
//	gone, err := l.Forgive(tx, why, "start", solver)
//
// What always holds, checked by Audit: each asset sums to zero; no account but a source is below zero; every balance is the sum
// of its postings. Postings are never changed; Reverse mends.
//
// The package knows no policy: caps, ratios and who may approve are asked elsewhere. It does no reading of what others change at
// the same time but by key, so that many cases act on one fund at once: the fund's row is changed by one guarded UPDATE.
package ledger

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"kechuang/internal/ident"
	"kechuang/internal/lang"
	"kechuang/internal/money"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

// Asset is what an account counts.
type Asset string

// CNY is money, in fen.
const CNY Asset = "CNY"

// Account is the name of an account; its first word is its kind.
type Account string

// The accounts.
func Fund(fund string) Account             { return Account("fund/" + fund) }
func Budget(year int, fund string) Account { return Account(fmt.Sprintf("budget/%d/%s", year, fund)) }
func Claims(fund string) Account           { return Account("claims/" + fund) }
func Clearing(name string) Account         { return Account("clearing/" + name) }
func IncomeTax() Account                   { return "withheld/income_tax" }
func TaxOffice(month string) Account       { return Account("tax_office/" + month) }
func Party(party string) Account           { return Account("party/" + party) }
func CasePot(caseID, pot string) Account   { return Account("case/" + caseID + "/" + pot) }
func Owed(caseID, pot, party string) Account {
	return Account("owed/" + caseID + "/" + pot + "/" + party)
}

// Line is where those stand who change an account that many change (store.Tx.Line).
func (a Account) Line() string { return "ledger/" + string(a) }

// kinds are the first words, and whether an account of that kind may go below zero.
var kinds = map[string]bool{"budget": true, "claims": true, "clearing": true, "fund": false, "case": false, "party": false, "owed": false, "withheld": false, "tax_office": false,
	"origin": true, "term": false, "lien": false, "pool": false}

// source tells whether the account may go below zero; ok is false for a name of no known kind.
func (a Account) source() (source, ok bool) {
	kind, rest, _ := strings.Cut(string(a), "/")
	source, ok = kinds[kind]
	return source, ok && rest != "" && !strings.ContainsFunc(rest, func(r rune) bool { return r < ' ' })
}

// Transfer moves an amount from one account to another. Post fills ID, Entry and At where they are empty.
type Transfer struct {
	ID       string
	Entry    string // what was done as one: the ID of its first transfer
	Asset    Asset
	From, To Account
	Amount   int64 // above zero
	Kind     string
	Case     string
	Pot      string
	Step     string
	Fund     string
	Party    string
	Memo     lang.Text
	At       time.Time
	Reverses string // the ID of the transfer that this one undoes

	grants []grant
}

// grant is what a transfer changes in the sum that a party was granted in a year.
type grant struct {
	party  string
	year   int
	amount int64
}

// The kinds of transfer.
const (
	KindAppropriate = "appropriate"
	KindHold        = "hold"
	KindPay         = "pay"
	KindRelease     = "release"
	KindClaim       = "claim"
	KindCollect     = "collect"
	KindForgive     = "forgive"
	KindInterest    = "interest" // owed besides what is claimed back
	KindReverse     = "reverse"
	KindReceive     = "receive"
	KindFee         = "fee"      // for work: no grant
	KindWithhold    = "withhold" // the income tax of a fee
	KindRemit       = "remit"    // what was withheld, handed on to the tax office
)

// Ledger is the book. It holds no state of its own.
type Ledger struct{}

// New is the book of whatever database the transactions are of.
func New() *Ledger { return &Ledger{} }

// Post makes the transfers as one: their sum on every account must be possible, in whatever order they stand, or none is made and
// the refusal names the account that has too little, what it has and what it needs.
func (l *Ledger) Post(tx *store.Tx, transfers ...Transfer) error {
	if len(transfers) == 0 {
		return nil
	}
	deltas := map[balanceKey]int64{}
	for i := range transfers {
		t := &transfers[i]
		if err := t.complete(tx, transfers[0].ID); err != nil {
			return err
		}
		deltas[balanceKey{t.Asset, t.From}] -= t.Amount
		deltas[balanceKey{t.Asset, t.To}] += t.Amount
	}
	if err := move(tx, deltas); err != nil {
		return err
	}
	for _, t := range transfers {
		if err := insertPosting(tx, t); err != nil {
			return err
		}
	}
	return nil
}

// complete fills what is empty and refuses what cannot be.
func (t *Transfer) complete(tx *store.Tx, entry string) error {
	if t.ID == "" {
		t.ID = ident.New("tr", tx.Now())
	}
	if t.Entry == "" {
		if t.Entry = entry; entry == "" {
			t.Entry = t.ID
		}
	}
	if t.At.IsZero() {
		t.At = tx.Now()
	}
	if t.Asset == "" {
		t.Asset = CNY
	}
	for _, a := range []Account{t.From, t.To} {
		if _, ok := a.source(); !ok {
			return fmt.Errorf("ledger: %q is not the name of an account", a)
		}
	}
	if t.Amount <= 0 || t.Amount > int64(money.Max) || t.From == t.To {
		return fmt.Errorf("ledger: %d from %s to %s is not a transfer", t.Amount, t.From, t.To)
	}
	return nil
}

// move changes the balances: first what goes down, in the order of the names so that two transactions never wait for each other
// in a circle, then what goes up. Where something cannot go down, what went down is put back and all that is missing is named.
func move(tx *store.Tx, deltas map[balanceKey]int64) error {
	keys := make([]balanceKey, 0, len(deltas))
	for k := range deltas {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, balanceKey.compare)
	var missing refusal.List
	var taken []balanceKey
	for _, k := range keys {
		if deltas[k] >= 0 {
			continue
		}
		ok, err := take(tx, k, -deltas[k])
		if err != nil {
			return err
		}
		if ok {
			taken = append(taken, k)
			continue
		}
		has, err := balance(tx, k)
		if err != nil {
			return err
		}
		missing = append(missing, insufficient(k, has, -deltas[k]))
	}
	if len(missing) > 0 {
		for _, k := range taken {
			if err := give(tx, k, -deltas[k]); err != nil {
				return err
			}
		}
		return missing.Err()
	}
	for _, k := range keys {
		if deltas[k] > 0 {
			if err := give(tx, k, deltas[k]); err != nil {
				return err
			}
		}
	}
	return nil
}

// insufficient is the refusal; casework may say it in the words of its mechanism, knowing the id.
func insufficient(k balanceKey, has, needs int64) *refusal.Refusal {
	zh, en := describe(k.account)
	if k.asset != CNY {
		return refusal.New(refusal.Insufficient, "ledger.insufficient", lang.T(fmt.Sprintf("%s现有 %d，需要 %d", zh, has, needs), fmt.Sprintf("%s has %d and needs %d", en, has, needs))).At(string(k.account))
	}
	h, n, m := money.Fen(has), money.Fen(needs), money.Fen(needs-has)
	return refusal.New(refusal.Insufficient, "ledger.insufficient", lang.T(
		fmt.Sprintf("%s现有 %s，需要 %s，还差 %s", zh, h, n, m),
		fmt.Sprintf("%s has %s and needs %s: %s is missing", en, yuan(h), yuan(n), yuan(m)))).At(string(k.account))
}

func yuan(f money.Fen) string { return "CNY " + f.In(money.Yuan, 2) }

// describe names an account as people do.
func describe(a Account) (zh, en string) {
	parts := strings.Split(string(a), "/")
	last := parts[len(parts)-1]
	switch parts[0] {
	case "fund":
		return "专项资金“" + last + "”", "the fund " + last
	case "case":
		return "本事项已安排的“" + last + "”资金", "the money set aside for " + last
	case "owed":
		return "应退未退的款项", "what is still owed"
	case "party":
		return "该主体已收到的款项", "what the party was paid"
	case "withheld":
		return "已代扣、待缴的个人所得税", "income tax that was withheld"
	case "tax_office":
		return "已缴税务机关的 " + last + " 月份代扣个人所得税", "income tax withheld in " + last + ", handed in"
	}
	return "账户“" + string(a) + "”", "the account " + string(a)
}

// Balance is what an account has now.
func (l *Ledger) Balance(tx *store.Tx, asset Asset, account Account) (int64, error) {
	return balance(tx, balanceKey{asset, account})
}

// Reverse undoes an entry, or the one that a transfer of it belongs to, whole: each of its transfers the other way. What came of
// it must still be there: a payment that was spent since cannot be reversed, only claimed.
func (l *Ledger) Reverse(tx *store.Tx, why Why, id string) error {
	transfers, err := entryOf(tx, id)
	if err != nil {
		return err
	}
	if len(transfers) == 0 {
		return refusal.New(refusal.NotFound, "ledger.unknown", lang.T("没有这笔记账："+id, "There is no such entry: "+id))
	}
	back := make([]Transfer, 0, len(transfers))
	for _, t := range transfers {
		if t.Asset != CNY {
			return refusal.New(refusal.Invalid, "ledger.reversal", lang.T("权属和股权不冲正，请办理一次相反的变动", "Rights and shares are not reversed; have the opposite done"))
		}
		if t.Kind == KindInterest {
			return refusal.New(refusal.Invalid, "ledger.reversal", lang.T("利息不冲正，请核销", "Interest is not reversed; write it off"))
		}
		if t.Reverses != "" {
			return refusal.New(refusal.Invalid, "ledger.reversal", lang.T("冲正记账不能再冲正，请重新记账", "A reversal cannot be reversed; post anew"))
		}
		if done, err := reversed(tx, t.ID); err != nil {
			return err
		} else if done {
			return refusal.New(refusal.Conflict, "ledger.reversed", lang.T("这笔记账已经冲正过", "This entry was reversed already"))
		}
		if err := l.unclaimed(tx, t); err != nil {
			return err
		}
		grants, err := grantsOf(tx, t.ID)
		if err != nil {
			return err
		}
		for i := range grants {
			grants[i].amount = -grants[i].amount
		}
		back = append(back, Transfer{Asset: t.Asset, From: t.To, To: t.From, Amount: t.Amount, Kind: KindReverse, Case: t.Case, Pot: t.Pot,
			Step: why.Step, Fund: t.Fund, Party: t.Party, Memo: why.Memo, Reverses: t.ID, grants: grants})
	}
	return l.Post(tx, back...)
}

// unclaimed refuses to reverse a payment that a claim stands on.
func (l *Ledger) unclaimed(tx *store.Tx, t Transfer) error {
	if t.Kind != KindPay {
		return nil
	}
	p, err := l.Pot(tx, t.Case, t.Pot)
	if err != nil {
		return err
	}
	if p.Paid[t.Party]-money.Fen(t.Amount) < p.Claimed[t.Party] {
		return refusal.New(refusal.Invalid, "ledger.claimed", lang.T("这笔款项已经发起追回，不能冲正", "This payment is being claimed back and cannot be reversed"))
	}
	return nil
}

// Postings are all transfers of a case's money, in the order they were made.
func (l *Ledger) Postings(tx *store.Tx, caseID string) ([]Transfer, error) {
	return postingsOf(tx, caseID)
}

// Page is the transfers of a fund, latest first, from before the row n on (0: the latest), at most limit.
func (l *Ledger) Page(tx *store.Tx, fund string, before int64, limit int) ([]Transfer, int64, error) {
	return postingsPage(tx, fund, before, limit)
}
