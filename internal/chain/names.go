package chain

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/width"

	"kechuang/internal/store"
)

// Forms name nodes by their identifier; people name them as they are called.

const (
	selectNode  = `SELECT body FROM chain_items WHERE kind = 'node' AND item = $1`
	selectNodes = `SELECT body FROM chain_items WHERE kind = 'node' ORDER BY item`
)

// GetNode is a node by its identifier.
func GetNode(tx *store.Tx, id string) (n Node, found bool, err error) {
	var body string
	if found, err = store.One(tx, selectNode, []any{id}, &body); err != nil || !found {
		return n, false, err
	}
	return n, true, json.Unmarshal([]byte(body), &n)
}

// Named is the node that somebody means: by its identifier, or else the only one that is called so in either language.
func Named(tx *store.Tx, said string) (n Node, found bool, err error) {
	if n, found, err = GetNode(tx, said); found || err != nil {
		return n, found, err
	}
	key := plain(said)
	list, err := nodes(tx, func(n *Node) bool { return plain(n.Name.ZH) == key || plain(n.Name.EN) == key })
	if err != nil || len(list) != 1 {
		return n, false, err
	}
	return list[0], true, nil
}

// FindNodes gives at most limit of the nodes that take wants and whose name or identifier holds the text: those that begin with it first.
func FindNodes(tx *store.Tx, text string, take func(*Node) bool, limit int) ([]Node, error) {
	key := plain(text)
	rank := func(n *Node) int {
		best := 3
		for _, s := range []string{n.ID, n.Name.ZH, n.Name.EN} {
			switch s = plain(s); {
			case s == key:
				best = min(best, 0)
			case strings.HasPrefix(s, key):
				best = min(best, 1)
			case strings.Contains(s, key):
				best = min(best, 2)
			}
		}
		return best
	}
	list, err := nodes(tx, func(n *Node) bool { return rank(n) < 3 && take(n) })
	slices.SortStableFunc(list, func(a, b Node) int { return cmp.Compare(rank(&a), rank(&b)) })
	return list[:min(limit, len(list))], err
}

func nodes(tx *store.Tx, take func(*Node) bool) (out []Node, err error) {
	_, err = store.List(tx, func(scan func(...any) error) (struct{}, error) {
		var body string
		var n Node
		if err := scan(&body); err != nil {
			return struct{}{}, err
		}
		if err := json.Unmarshal([]byte(body), &n); err != nil {
			return struct{}{}, fmt.Errorf("chain: a stored node: %w", err)
		}
		if take(&n) {
			out = append(out, n)
		}
		return struct{}{}, nil
	}, selectNodes)
	return out, err
}

// plain is a text as it is compared: half width, lower case, without blanks, so that “RV减速器” is “RV 减速器”.
func plain(s string) string {
	return strings.ReplaceAll(strings.ToLower(width.Narrow.String(s)), " ", "")
}
