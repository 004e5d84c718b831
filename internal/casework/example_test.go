package casework_test

import (
	"context"
	"encoding/json"
	"fmt"

	"kechuang/internal/casework"
	"kechuang/internal/figure"
	"kechuang/internal/ident"
	"kechuang/internal/identity"
	"kechuang/internal/journal"
	"kechuang/internal/ledger"
	"kechuang/internal/refusal"
	"kechuang/internal/register"
	"kechuang/internal/store"
)

// An enterprise opens a case, is told what is wrong with its form, mends it, and its district sees it.
func Example() {
	ctx := context.Background()
	db, err := store.Open(ctx, "sqlite::memory:")
	if err != nil {
		panic(err)
	}
	defer db.Close()
	if err := db.Migrate(ctx, casework.Tables...); err != nil {
		panic(err)
	}
	key, _, _ := journal.NewKey("example.kechuang")
	reg := register.New(db, nil)
	e, err := casework.New(ctx, casework.Config{DB: db, Files: casework.Sample(), Register: reg, Ledger: ledger.New(), Journal: journal.New(db, key), Facts: figure.New()})
	if err != nil {
		panic(err)
	}
	var party register.Party
	keeper := identity.Actor{Account: "dengji", Roles: []string{identity.RoleRegister}}
	db.Write(ctx, func(tx *store.Tx) (err error) {
		party, err = reg.Put(tx, keeper, register.Party{Kind: register.Enterprise, Name: "沈阳示例波纹管有限公司", USCC: ident.USCCWithCheck("91210112MA0P4XK17"), Region: "210112"})
		return err
	})
	qiye := identity.Actor{Account: "qiye", Name: "王工", Parties: []identity.Member{{Party: party.ID, Name: party.Name, Kind: "enterprise", Role: "agent"}}}
	hunnan := identity.Actor{Account: "hunnan", Name: "推荐人", Offices: []string{"district/210112"}}

	r, _ := e.Open(ctx, qiye, casework.OpenCommand{Mechanism: "challenge"})
	need := func(own string) json.RawMessage {
		return json.RawMessage(`{"title":"高精度波纹管","field":"01","own":"` + own + `","contact":"王工","targets":[{"metric":"壁厚","value":"0.12"}]}`)
	}
	_, err = e.Act(ctx, qiye, casework.Command{Case: r.Case, Step: "submit", Values: need("50万元")})
	fmt.Println(refusal.Of(err)[0].Text)
	r, _ = e.Act(ctx, qiye, casework.Command{Case: r.Case, Step: "submit", Values: need("800万元")})
	fmt.Println(r.State.Title)
	desk, _ := e.Desk(ctx, hunnan)
	fmt.Println(desk.Waiting[0].Title, desk.Waiting[0].Do[0].Title)
	// Output:
	// 自筹资金 50万元,低于 100万元
	// 待推荐
	// 高精度波纹管 推荐
}
