package ledger_test

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"kechuang/internal/equity"
	"kechuang/internal/ledger"
	"kechuang/internal/money"
	"kechuang/internal/refusal"
	"kechuang/internal/rights"
	"kechuang/internal/store"
	"kechuang/internal/store/storetest"
)

// oracles are the programs that read the exported books, and how each is asked for every balance: account, then amount with commodity.
var oracles = map[string]func(t *testing.T, file string) map[string]string{
	ledger.Hledger: func(t *testing.T, file string) map[string]string {
		out := map[string]string{}
		text := ask(t, "hledger", "-f", file, "balance", "--flat", "--empty", "--no-total", "--output-format=csv")
		rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		must(t, err)
		for _, r := range rows[1:] {
			out[r[0]] = r[1]
		}
		return out
	},
	ledger.LedgerCLI: func(t *testing.T, file string) map[string]string {
		return lines(ask(t, "ledger", "-f", file, "balance", "--flat", "--empty", "--no-total", "--balance-format", "%(account)\t%(display_total)\n"))
	},
	ledger.Beancount: func(t *testing.T, file string) map[string]string {
		ask(t, "bean-check", file)
		out := map[string]string{}
		text := ask(t, "bean-query", "-q", "-f", "csv", file, "SELECT account, sum(position) GROUP BY account")
		rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		must(t, err)
		for _, r := range rows[1:] {
			out[strings.TrimSpace(r[0])] = strings.TrimSpace(r[1])
		}
		return out
	},
}

func ask(t *testing.T, name string, args ...string) string {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return string(out)
}

func lines(text string) map[string]string {
	out := map[string]string{}
	for line := range strings.Lines(text) {
		if account, amount, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok {
			out[account] = amount
		}
	}
	return out
}

// TestExportedBooksAgree: a book of money, rights and shares, filled at random, has the same balance in every account when hledger,
// ledger and beancount add its postings up.
func TestExportedBooksAgree(t *testing.T) {
	db := storetest.Open(t, storetest.URL(t, store.SQLite), sets...)
	fillBook(t, db)
	for format, oracle := range oracles {
		t.Run(format, func(t *testing.T) {
			program := map[string]string{ledger.Beancount: "bean-query"}[format]
			if program == "" {
				program = format
			}
			if _, err := exec.LookPath(program); err != nil {
				t.Skipf("did not run: %s is not installed", program)
			}
			file := filepath.Join(t.TempDir(), "book."+format)
			f, err := os.Create(file)
			must(t, err)
			var want map[string]ledger.AccountBalance
			must(t, db.Read(t.Context(), func(tx *store.Tx) (err error) { want, err = book.Export(tx, format, f); return err }))
			must(t, f.Close())
			got := oracle(t, file)
			if len(want) < 30 {
				t.Fatalf("only %d accounts", len(want))
			}
			compared := 0
			for name, b := range want {
				said := plainAmount(got[name])
				if b.Balance == 0 && said == "0" {
					compared++
					continue
				}
				if said != plainAmount(b.Written()) {
					t.Errorf("%s: %s says %q, the book %q", name, program, got[name], b.Written())
				}
				compared++
			}
			t.Logf("%d balances agree", compared)
		})
	}
}

// plainAmount makes one writing of "12.50 CNY", "12.5 CNY", "0" and "".
func plainAmount(s string) string {
	s = strings.TrimSpace(s)
	number, commodity, _ := strings.Cut(s, " ")
	if strings.Contains(number, ".") {
		number = strings.TrimSuffix(strings.TrimRight(number, "0"), ".")
	}
	if number == "" || number == "0" || number == "-0" {
		return "0"
	}
	return number + " " + strings.TrimSpace(commodity)
}

func fillBook(t *testing.T, db *store.DB) {
	t.Helper()
	r := rand.New(rand.NewPCG(7, 7))
	do := func(fn func(tx *store.Tx) error) {
		if err := db.Write(t.Context(), fn); err != nil && refusal.Of(err) == nil {
			t.Fatal(err)
		}
	}
	do(func(tx *store.Tx) error { return book.Appropriate(tx, why(""), "challenge", 2026, 1_000_000_01) })
	party := func() string { return []string{"甲", "乙 公司", "丙"}[r.IntN(3)] }
	for i := range 60 {
		c, p := fmt.Sprint("case_", i%7), party()
		do(func(tx *store.Tx) error {
			return book.Hold(tx, why(c), "challenge", "start", "", money.Fen(1+r.IntN(9999)))
		})
		do(func(tx *store.Tx) error {
			_, err := book.Pay(tx, why(c), "start", p, money.Fen(1+r.IntN(5000)))
			return err
		})
		do(func(tx *store.Tx) error { return book.Receive(tx, why(c), "income", p, money.Fen(1+r.IntN(5000))) })
		do(func(tx *store.Tx) error {
			_, err := book.Pay(tx, why(c), "income", party(), money.Fen(1+r.IntN(3000)))
			return err
		})
		do(func(tx *store.Tx) error {
			_, err := book.Claim(tx, why(c), "start", p, money.Fen(1+r.IntN(100)))
			return err
		})
		if i%10 == 0 {
			do(func(tx *store.Tx) error {
				_, err := book.Release(tx, why(c), []string{"start", "income"}[r.IntN(2)])
				return err
			})
		}
		thing, company := fmt.Sprint("patent_", i%3), fmt.Sprint("company_", i%3)
		do(func(tx *store.Tx) error {
			_, err := book.ChangeRights(tx, why(c), thing, func(s *rights.State, a rights.Act) (rights.Change, error) {
				if !s.Vested() {
					return s.Vest(a, "", one("甲"))
				}
				if r.IntN(3) == 0 {
					return s.Pledge(a, rights.Pledge{Giver: p, Holder: "银行", Number: "Y", Amount: 1, Until: a.Today.AddDays(9), Consent: []string{"甲", "乙 公司", "丙"}})
				}
				return s.Assign(a, rights.Assignment{Right: rights.All, From: []string{p}, To: one(party()), Share: 100_000, Consent: []string{"甲", "乙 公司", "丙"}})
			})
			return err
		})
		do(func(tx *store.Tx) error {
			_, err := book.ChangeEquity(tx, why(c), company, equity.Event{Kind: equity.KindIssue}, func(t *equity.Table, e equity.Event) ([]equity.Move, error) {
				if r.IntN(2) == 0 {
					return t.Issue(e, []equity.Row{{Party: p, Shares: int64(1 + r.IntN(999))}})
				}
				return t.Transfer(e, p, equity.Row{Party: party(), Shares: int64(1 + r.IntN(50))})
			})
			return err
		})
	}
	audit(t, db)
}
