package identity_test

import (
	"context"
	"fmt"

	"kechuang/internal/identity"
	"kechuang/internal/store"
)

// The first administrator comes in through the one-time link, and everybody else through a link that an administrator hands over.
func Example() {
	ctx := context.Background()
	db, _ := store.Open(ctx, "sqlite::memory:")
	defer db.Close()
	if err := db.Migrate(ctx, identity.Migrations); err != nil {
		fmt.Println(err)
		return
	}
	people := identity.New(db, directory{"party_a": {"甲公司", "enterprise"}}, identity.Cheap)

	link, _ := people.FirstLink(ctx) // serve prints it once
	people.UseLink(ctx, link, identity.Choice{Login: "guanli", Name: "系统管理员", Password: "kechuang2025"})
	admin, _ := people.SignIn(ctx, "guanli", "kechuang2025")

	_, link, _ = people.CreateAccount(ctx, admin.Actor, identity.NewAccount{Login: "qiye", Name: "王经办", Party: "party_a"})
	people.UseLink(ctx, link, identity.Choice{Password: "zhuce2025ok"})
	session, _ := people.SignIn(ctx, "qiye", "zhuce2025ok")
	actor, _ := people.ActorOf(ctx, session.Token)
	fmt.Println(actor.Name, actor.ActsFor("party_a"), actor.Parties[0].Name)

	_, err := people.SignIn(ctx, "meiyou", "whatever-1") // no such account, and nobody can tell
	fmt.Println(err)
	// Output:
	// 王经办 true 甲公司
	// 账号或密码不正确。还可再试 4 次，之后锁定 15 分钟；忘记密码请联系安全管理员
}
