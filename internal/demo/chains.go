package demo

import (
	"embed"
	"io/fs"

	"kechuang/internal/chain"
	"kechuang/internal/store"
)

// The demo's chain maps, as the tables that the page of chains takes in. That these things go into one another is common knowledge; what
// the city is known for (盾构机主轴承, 太行110, 乙烯三机, C919 尾翼 …) is named by its line of reference.yaml; every share is made up, and says so.
//
//go:embed maps/*.csv
var chainTables embed.FS

// chains takes the demo's maps in, as a keeper of the register would.
func (b *builder) chains() error {
	files := map[string][]byte{}
	list, err := fs.Glob(chainTables, "maps/*.csv")
	if err != nil {
		return err
	}
	for _, name := range list {
		if files[name], err = chainTables.ReadFile(name); err != nil {
			return err
		}
	}
	m, err := chain.Read(files)
	if err != nil {
		return err
	}
	return b.DB.Write(b.ctx, func(tx *store.Tx) error {
		return chain.Say(tx, chain.Author{Account: keeper.Account, Name: keeper.Name}, m.Statements("示例数据：上下游关系为常识，点名的环节见说明；份额均为虚构"))
	})
}
