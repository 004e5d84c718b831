package demo

import (
	"embed"
	"io/fs"
	"sync"

	"kechuang/internal/chain"
	"kechuang/internal/store"
)

// The demo's chain maps, as the tables that the page of chains takes in. That these things go into one another is common knowledge; what
// the city is known for (盾构机主轴承, 太行110, 乙烯三机, C919 尾翼 …) is named by its line of reference.yaml; every share is made up, and says so.
//
//go:embed maps/*.csv
var chainTables embed.FS

// chainMap is the demo's maps as one.
func chainMap() (m chain.Map, err error) {
	files := map[string][]byte{}
	list, err := fs.Glob(chainTables, "maps/*.csv")
	if err != nil {
		return m, err
	}
	for _, name := range list {
		if files[name], err = chainTables.ReadFile(name); err != nil {
			return m, err
		}
	}
	return chain.Read(files)
}

// nodes are those of each chain that made-up bottlenecks may be about: everything but segments.
var nodes = sync.OnceValue(func() map[string][]string {
	m, err := chainMap()
	if err != nil {
		panic(err) // the tables are a part of the program
	}
	of := map[string][]string{}
	for _, n := range m.Nodes {
		for _, c := range n.Chains {
			if n.Kind != chain.Segment {
				of[c] = append(of[c], n.ID)
			}
		}
	}
	return of
})

// nodeOf is the n-th node of a chain, round and round; "" where the chain is not mapped.
func nodeOf(code string, n int) string {
	list := nodes()[code]
	if len(list) == 0 {
		return ""
	}
	return list[n%len(list)]
}

// chains takes the demo's maps in, as a keeper of the register would.
func (b *builder) chains() error {
	m, err := chainMap()
	if err != nil {
		return err
	}
	return b.DB.Write(b.ctx, func(tx *store.Tx) error {
		return chain.Say(tx, chain.Author{Account: keeper.Account, Name: keeper.Name}, m.Statements("示例数据：上下游关系为常识，点名的环节见说明；份额均为虚构"))
	})
}
