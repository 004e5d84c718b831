package journal_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"time"

	"kechuang/internal/journal"
	"kechuang/internal/store"
)

// Two steps of a case are written down, handed out, and checked by somebody who has only the log's public key.
func Example() {
	ctx := context.Background()
	db, err := store.Open(ctx, "sqlite::memory:")
	if err != nil {
		panic(err)
	}
	defer db.Close()
	if err := db.Migrate(ctx, journal.Migrations); err != nil {
		panic(err)
	}
	key, _, err := journal.NewKey("kechuang.example")
	if err != nil {
		panic(err)
	}
	j := journal.New(db, key)
	for _, step := range []string{"post", "publish"} {
		if err := db.Write(ctx, func(tx *store.Tx) error {
			_, err := j.Append(tx, journal.Leaf{Case: "case_1", Step: step, Account: "acc_1", At: time.Unix(1_770_000_000, 0), Body: []byte(`{"own":"800万元"}`)})
			return err
		}); err != nil {
			panic(err)
		}
	}
	bundle, err := j.Bundle(ctx, "case_1")
	if err != nil {
		panic(err)
	}
	report, err := journal.VerifyBundle(bytes.NewReader(bundle), key.Verifier())
	fmt.Println(report.OK(), report.Leaves, err)

	forged := strings.Replace(string(bundle), "800万元", "900万元", 1)
	report, err = journal.VerifyBundle(strings.NewReader(forged), key.Verifier())
	fmt.Println(report.Problems[0].Text, err)
	// Output:
	// true 2 <nil>
	// 第 1 条记录（日志第 0 位）的内容被改动过 <nil>
}
