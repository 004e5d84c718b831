package ledger_test

import (
	"errors"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"kechuang/internal/ledger"
	"kechuang/internal/money"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

// model is what the book of one fund should say, kept in plain maps.
type model struct {
	t       *testing.T
	db      *store.DB
	fund    string
	prefix  string
	total   money.Fen // appropriated
	free    money.Fen
	pots    map[potKey]*modelPot
	undone  map[string]bool
	granted map[string]money.Fen
	party   map[string]money.Fen // balances
}

type potKey struct{ c, pot string }

type modelPot struct {
	party               string
	held                money.Fen
	paid, owed, claimed map[string]money.Fen
}

func newModel(t *testing.T, db *store.DB, fund, prefix string) *model {
	return &model{t: t, db: db, fund: fund, prefix: prefix, pots: map[potKey]*modelPot{}, undone: map[string]bool{},
		granted: map[string]money.Fen{}, party: map[string]money.Fen{}}
}

var (
	amounts = rapid.Custom(func(r *rapid.T) money.Fen { return money.Fen(rapid.Int64Range(1, 200).Draw(r, "amount")) })
	names   = rapid.SampledFrom([]string{"甲", "乙"})
	potName = rapid.SampledFrom([]string{"start", "post"})
	cases   = rapid.SampledFrom([]string{"1", "2"})
)

func (m *model) name(party string) string { return m.prefix + party }

// do runs an act; want tells whether it should come through.
func (m *model) do(r *rapid.T, want bool, fn func(tx *store.Tx) error) bool {
	err := m.db.Write(m.t.Context(), fn)
	if err != nil && refusal.Of(err) == nil {
		r.Fatalf("not a refusal: %v", err)
	}
	if (err == nil) != want {
		r.Fatalf("wanted success %v: %v", want, err)
	}
	return err == nil
}

func (m *model) appropriate(r *rapid.T) {
	a := amounts.Draw(r, "a")
	m.do(r, true, func(tx *store.Tx) error { return book.Appropriate(tx, why(""), m.fund, 2026, a) })
	m.total += a
	m.free += a
}

func (m *model) hold(r *rapid.T) {
	k := potKey{m.prefix + cases.Draw(r, "case"), potName.Draw(r, "pot")}
	party, a := m.name(names.Draw(r, "party")), amounts.Draw(r, "a")
	p := m.pots[k]
	if p != nil {
		party = p.party
	}
	if m.do(r, a <= m.free, func(tx *store.Tx) error { return book.Hold(tx, why(k.c), m.fund, k.pot, party, a) }) {
		if p == nil {
			p = &modelPot{party: party, paid: map[string]money.Fen{}, owed: map[string]money.Fen{}, claimed: map[string]money.Fen{}}
			m.pots[k] = p
		}
		m.free -= a
		p.held += a
		m.granted[party] += a
	}
}

// some draws a pot that exists.
func (m *model) some(r *rapid.T) (potKey, *modelPot) {
	if len(m.pots) == 0 {
		r.Skip("no pot yet")
	}
	keys := slices.SortedFunc(maps.Keys(m.pots), func(a, b potKey) int {
		if a.c+a.pot < b.c+b.pot {
			return -1
		}
		return 1
	})
	k := rapid.SampledFrom(keys).Draw(r, "pot")
	return k, m.pots[k]
}

func (m *model) pay(r *rapid.T) {
	k, p := m.some(r)
	party, a := m.name(names.Draw(r, "party")), amounts.Draw(r, "a")
	if m.do(r, a <= p.held, func(tx *store.Tx) error { _, err := book.Pay(tx, why(k.c), k.pot, party, a); return err }) {
		p.held -= a
		p.paid[party] += a
		m.party[party] += a
		m.granted[p.party] -= a
		m.granted[party] += a
	}
}

func (m *model) release(r *rapid.T) {
	k, p := m.some(r)
	m.do(r, true, func(tx *store.Tx) error { _, err := book.Release(tx, why(k.c), k.pot); return err })
	m.free += p.held
	m.granted[p.party] -= p.held
	p.held = 0
}

func (m *model) claim(r *rapid.T) {
	k, p := m.some(r)
	party, a := m.name(names.Draw(r, "party")), amounts.Draw(r, "a")
	if m.do(r, a <= p.paid[party]-p.claimed[party], func(tx *store.Tx) error {
		_, err := book.Claim(tx, why(k.c), k.pot, party, a)
		return err
	}) {
		p.claimed[party] += a
		p.owed[party] += a
	}
}

func (m *model) collect(r *rapid.T) {
	k, p := m.some(r)
	party, a := m.name(names.Draw(r, "party")), amounts.Draw(r, "a")
	if m.do(r, a <= p.owed[party], func(tx *store.Tx) error { _, err := book.Collect(tx, why(k.c), k.pot, party, a); return err }) {
		p.owed[party] -= a
		m.party[party] -= a
		m.free += a
	}
}

func (m *model) forgive(r *rapid.T) {
	k, p := m.some(r)
	party := m.name(names.Draw(r, "party"))
	m.do(r, true, func(tx *store.Tx) error { _, err := book.Forgive(tx, why(k.c), k.pot, party); return err })
	p.owed[party] = 0
}

// reverse undoes a random hold or payment of the run.
func (m *model) reverse(r *rapid.T) {
	k, p := m.some(r)
	var list []ledger.Transfer
	if err := m.db.Read(m.t.Context(), func(tx *store.Tx) (err error) { list, err = book.Postings(tx, k.c); return err }); err != nil {
		r.Fatal(err)
	}
	list = slices.DeleteFunc(list, func(t ledger.Transfer) bool {
		return t.Pot != k.pot || m.undone[t.ID] || (t.Kind != ledger.KindHold && t.Kind != ledger.KindPay)
	})
	if len(list) == 0 {
		r.Skip("nothing to reverse")
	}
	t := rapid.SampledFrom(list).Draw(r, "posting")
	a := money.Fen(t.Amount)
	possible := a <= p.held
	if t.Kind == ledger.KindPay {
		possible = a <= m.party[t.Party] && p.paid[t.Party]-a >= p.claimed[t.Party]
	}
	if !m.do(r, possible, func(tx *store.Tx) error { return book.Reverse(tx, why(k.c), t.ID) }) {
		return
	}
	m.undone[t.ID] = true
	if t.Kind == ledger.KindHold {
		p.held -= a
		m.free += a
		m.granted[p.party] -= a
		return
	}
	p.paid[t.Party] -= a
	p.held += a
	m.party[t.Party] -= a
	m.granted[t.Party] -= a
	m.granted[p.party] += a
}

// check compares everything, and audits.
func (m *model) check(r *rapid.T) {
	err := m.db.Read(m.t.Context(), func(tx *store.Tx) error {
		held := money.Fen(0)
		for k, p := range m.pots {
			got, err := book.Pot(tx, k.c, k.pot)
			if err != nil {
				return err
			}
			if got.Held != p.held || !same(got.Paid, p.paid) || !same(got.Owed, p.owed) || !same(got.Claimed, p.claimed) {
				r.Fatalf("pot %v is %+v, the model says %+v", k, got, p)
			}
			held += p.held
		}
		for party, want := range m.granted {
			if got, err := book.GrantedInYear(tx, party, tx.Now().Year(), ""); err != nil || got != want {
				r.Fatalf("granted to %s: %v %v, the model says %v", party, got, err, want)
			}
		}
		s, err := book.Fund(tx, m.fund)
		if s.Appropriated != m.total || s.Free != m.free || s.Held != held || s.Appropriated != s.Free+s.Held+s.Paid {
			r.Fatalf("fund %+v, the model says %v, %v, %v", s, m.total, m.free, held)
		}
		return errors.Join(err, book.Audit(tx))
	})
	if err != nil {
		r.Fatal(err)
	}
}

func same(a, b map[string]money.Fen) bool {
	for k := range b {
		if a[k] != b[k] {
			return false
		}
	}
	for k := range a {
		if a[k] != b[k] {
			return false
		}
	}
	return true
}
