package main

import (
	"io"
	"os"

	"kechuang/internal/ledger"
	"kechuang/internal/store"
)

type booksCommand struct {
	DB     string `default:"sqlite:data/kechuang.db" env:"KECHUANG_DB" help:"Database: sqlite:FILE or postgres://…"`
	Format string `enum:"hledger,ledger,beancount" default:"hledger" help:"hledger, ledger or beancount."`
	Out    string `short:"o" type:"path" help:"The file; without it, standard output."`
}

// Run writes the whole book, money, rights and shares, as a journal that another program of account reads.
func (c *booksCommand) Run(e *env) (err error) {
	db, err := store.Open(e.ctx, c.DB)
	if err != nil {
		return err
	}
	defer db.Close()
	var w io.Writer = e.out
	if c.Out != "" {
		f, err := os.Create(c.Out)
		if err != nil {
			return err
		}
		defer func() {
			if closed := f.Close(); err == nil {
				err = closed
			}
		}()
		w = f
	}
	return db.Read(e.ctx, func(tx *store.Tx) error {
		_, err := ledger.New().Export(tx, c.Format, w)
		return err
	})
}
