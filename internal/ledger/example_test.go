package ledger_test

import (
	"context"
	"fmt"

	"kechuang/internal/lang"
	"kechuang/internal/ledger"
	"kechuang/internal/money"
	"kechuang/internal/store"
)

// A case holds start money, pays half of it and gives the rest back.
func Example() {
	ctx := context.Background()
	db, err := store.Open(ctx, "sqlite::memory:")
	if err != nil {
		panic(err)
	}
	defer db.Close()
	if err := db.Migrate(ctx, ledger.Migrations); err != nil {
		panic(err)
	}
	l := ledger.New()
	err = db.Write(ctx, func(tx *store.Tx) error {
		why := ledger.Why{Case: "case_1", Step: "sign", Memo: lang.T("启动资金", "Start money")}
		if err := l.Appropriate(tx, ledger.Why{}, "challenge", 2026, 500*money.Wan); err != nil {
			return err
		}
		if err := l.Hold(tx, why, "challenge", "start", "party_solver", 200*money.Wan); err != nil {
			return err
		}
		if _, err := l.Pay(tx, why, "start", "party_solver", 100*money.Wan); err != nil {
			return err
		}
		left, err := l.Release(tx, why, "start")
		fmt.Println("released", left)
		return err
	})
	fmt.Println(err)
	err = db.Write(ctx, func(tx *store.Tx) error {
		return l.Hold(tx, ledger.Why{Case: "case_2"}, "challenge", "start", "", 450*money.Wan)
	})
	fmt.Println(err)
	// Output:
	// released 100万元
	// <nil>
	// 专项资金“challenge”现有 400万元，需要 450万元，还差 50万元
}
