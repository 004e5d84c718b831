package register_test

import (
	"context"
	"fmt"

	"kechuang/internal/identity"
	"kechuang/internal/register"
	"kechuang/internal/store"
)

// Parties are entered by whoever keeps the register, found by any two characters, and asked how they are related before one of them
// is invited to judge the other.
func Example() {
	ctx := context.Background()
	db, _ := store.Open(ctx, "sqlite::memory:")
	defer db.Close()
	if err := db.Migrate(ctx, register.Migrations); err != nil {
		fmt.Println(err)
		return
	}
	reg := register.New(db, []register.Region{{Code: "210112", Name: "浑南区"}})
	keeper := identity.Actor{Account: "acc_1", Name: "登记员", Roles: []string{identity.RoleRegister}}

	err := db.Write(ctx, func(tx *store.Tx) error {
		university, err := reg.Put(tx, keeper, register.Party{Kind: register.University, Name: "示例大学", USCC: code(1), Aliases: []string{"例大"}})
		if err != nil {
			return err
		}
		school, err := reg.Put(tx, keeper, register.Party{Kind: register.University, Name: "示例大学机械学院", Parent: university.ID})
		if err != nil {
			return err
		}
		expert, err := reg.Put(tx, keeper, register.Party{Kind: register.Person, Name: "张三", Employer: school.ID, Expert: true, Expertise: []string{"密封技术"}})
		if err != nil {
			return err
		}
		why, related, err := reg.Related(tx, expert.ID, university.ID)
		fmt.Println(related, why)
		return err
	})
	fmt.Println(err)

	found, _, _ := reg.Search(ctx, "例大", "", "", 10)
	fmt.Println(found[0].Name)

	err = db.Write(ctx, func(tx *store.Tx) error {
		_, err := reg.Put(tx, keeper, register.Party{Kind: register.Enterprise, Name: "某公司", USCC: "91110000100003962T"})
		return err
	})
	fmt.Println(err)
	// Output:
	// true 张三在“示例大学”工作
	// <nil>
	// 示例大学
	// 统一社会信用代码校验位不符：第 18 位应为 Y，现为 T（依据：GB 32100-2015）
}
