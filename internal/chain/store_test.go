package chain_test

import (
	"testing"

	"kechuang/internal/chain"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
	"kechuang/internal/store/storetest"
)

func TestMapIsKept(t *testing.T) {
	storetest.Each(t, []store.Migrations{chain.Migrations}, func(t *testing.T, db *store.DB) {
		who := chain.Author{Account: "acc_1", Name: "李工"}
		say := func(list ...chain.Statement) error {
			return db.Write(t.Context(), func(tx *store.Tx) error { return chain.Say(tx, who, list) })
		}
		node := func(id string, public bool) chain.Statement {
			return chain.Statement{Node: &chain.Node{ID: id, Kind: chain.Product, Chains: []string{"C06", "C04"}, Public: public}, Source: "专班调研"}
		}
		edge := func(from, to string) chain.Statement {
			return chain.Statement{Edge: &chain.Edge{From: from, To: to, Is: chain.GoesInto, Public: true}, Source: "专班调研"}
		}
		if err := say(node("减速器", true), node("机器人", true), node("柔轮", false), edge("减速器", "机器人"), edge("柔轮", "减速器"), edge("机器人", "减速器")); err != nil {
			t.Fatal(err)
		}
		for id, list := range map[string][]chain.Statement{
			"chain.unknown": {edge("减速器", "不存在")},
			"chain.source":  {{Node: &chain.Node{ID: "x"}}},
			"chain.nothing": {{Source: "x"}},
			"chain.stale":   {{Node: &chain.Node{ID: "减速器"}, Source: "x", Version: 7}},
			"chain.gone":    {{Node: &chain.Node{ID: "x"}, Gone: true, Source: "x"}},
		} {
			if err := say(list...); !refusal.Is(err, id) {
				t.Errorf("%s: %v", id, err)
			}
		}
		if err := say(chain.Statement{Node: &chain.Node{ID: "柔轮"}, Gone: true, Source: "误填"}); !refusal.Is(err, "chain.unknown") {
			t.Errorf("a node went although an edge hangs on it: %v", err)
		}
		e := edge("柔轮", "减速器")
		e.Gone = true
		if err := say(e, chain.Statement{Node: &chain.Node{ID: "柔轮"}, Gone: true, Source: "误填"}); err != nil {
			t.Fatal(err)
		}
		if err := say(node("柔轮", false)); err != nil {
			t.Fatal(err)
		}
		err := db.Read(t.Context(), func(tx *store.Tx) error {
			m, newest, err := chain.ReadMap(tx)
			if err != nil {
				return err
			}
			if len(m.Nodes) != 3 || len(m.Edges) != 2 || newest == 0 {
				t.Errorf("%+v", m)
			}
			if open := m.Open(); len(open.Nodes) != 2 || len(open.Edges) != 2 {
				t.Errorf("the public sees %+v", open)
			}
			if sub := m.Sub("C04"); len(sub.Nodes) != 3 {
				t.Errorf("a node of two chains is not in the second: %+v", sub)
			}
			past, err := chain.History(tx, "node", "柔轮")
			if err != nil {
				return err
			}
			if len(past) != 3 || past[0].Gone || !past[1].Gone || past[1].Source != "误填" || past[0].Author != "李工" || past[0].Version != 3 {
				t.Errorf("%+v", past)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
