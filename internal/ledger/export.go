package ledger

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"kechuang/internal/caldate"
	"kechuang/internal/money"
	"kechuang/internal/store"
)

// The formats in which the whole book can be read by other programs of account.
const (
	Hledger   = "hledger"
	LedgerCLI = "ledger"
	Beancount = "beancount"
)

// exporter writes one journal. hledger and ledger take an account's own name under its asset's, beancount a number (its names may not
// hold Chinese), whose meaning stands beside its opening.
type exporter struct {
	format string
	w      *bufio.Writer
	names  map[balanceKey]string
}

// Export writes every posting of the book, money, rights and shares, as a journal of the format; names tells what each account is called
// there. Amounts of money are in yuan, of rights in PPM, of shares in SHARES, so every account holds one commodity.
func (l *Ledger) Export(tx *store.Tx, format string, w io.Writer) (names map[string]AccountBalance, err error) {
	x := &exporter{format, bufio.NewWriter(w), map[balanceKey]string{}}
	if format != Hledger && format != LedgerCLI && format != Beancount {
		return nil, fmt.Errorf("ledger: the format %q is none of %s, %s and %s", format, Hledger, LedgerCLI, Beancount)
	}
	accounts, err := allBalances(tx)
	if err != nil {
		return nil, err
	}
	names = map[string]AccountBalance{}
	for i, a := range accounts {
		k := balanceKey{a.Asset, a.Account}
		x.names[k] = x.name(i, k)
		names[x.names[k]] = a
	}
	if format == Beancount {
		for _, a := range accounts {
			k := balanceKey{a.Asset, a.Account}
			fmt.Fprintf(x.w, "1900-01-01 open %s\n  name: %q\n", x.names[k], string(a.Asset)+" "+string(a.Account))
		}
	}
	err = eachPosting(tx, x.posting)
	if flushed := x.w.Flush(); err == nil {
		err = flushed
	}
	return names, err
}

func (x *exporter) name(i int, k balanceKey) string {
	if x.format == Beancount {
		return fmt.Sprintf("Assets:A%06d", i+1)
	}
	clean := strings.NewReplacer("/", ":", "  ", " ", ";", "_", "\t", " ", "(", "_", ")", "_", "[", "_", "]", "_")
	return clean.Replace(string(k.asset) + ":" + string(k.account))
}

// Written is an amount as the exported books write it, with its commodity.
func (b AccountBalance) Written() string {
	kind, _, _ := strings.Cut(string(b.Asset), "/")
	switch kind {
	case string(CNY):
		f := money.Fen(b.Balance)
		sign := ""
		if f < 0 {
			sign, f = "-", -f
		}
		return fmt.Sprintf("%s%d.%02d CNY", sign, f/money.Yuan, f%money.Yuan)
	case "share":
		return fmt.Sprintf("%d SHARES", b.Balance)
	}
	return fmt.Sprintf("%d PPM", b.Balance)
}

func (x *exporter) posting(t Transfer) error {
	from, to := x.names[balanceKey{t.Asset, t.From}], x.names[balanceKey{t.Asset, t.To}]
	day := string(caldate.On(t.At))
	what := strings.ReplaceAll(t.Kind+" "+t.Case, "\n", " ")
	if x.format == Beancount {
		fmt.Fprintf(x.w, "\n%s * %q\n  id: %q\n", day, what, t.ID)
	} else {
		fmt.Fprintf(x.w, "\n%s * %s ; %s\n", day, what, t.ID)
	}
	_, err := fmt.Fprintf(x.w, "  %s  %s\n  %s  %s\n", to, AccountBalance{t.Asset, t.To, t.Amount}.Written(), from, AccountBalance{t.Asset, t.From, -t.Amount}.Written())
	return err
}
