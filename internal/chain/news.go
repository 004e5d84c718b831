package chain

import "slices"

// News is what of a map is not there yet, or is there otherwise; same is how much is there just so.
func (m Map) News(there Map) (news Map, same int) {
	var nodes, edges, supplies int
	news.Nodes, nodes = fresh(m.Nodes, there.Nodes, nodeKey, Node.equal)
	news.Edges, edges = fresh(m.Edges, there.Edges, Edge.Key, func(a, b Edge) bool { return a == b })
	news.Supplies, supplies = fresh(m.Supplies, there.Supplies, Supply.Key, Supply.equal)
	return news, nodes + edges + supplies
}

// With is the map with what is new in it or otherwise.
func (m Map) With(news Map) Map {
	return Map{
		Nodes:    replaced(m.Nodes, news.Nodes, nodeKey),
		Edges:    replaced(m.Edges, news.Edges, Edge.Key),
		Supplies: replaced(m.Supplies, news.Supplies, Supply.Key),
	}
}

func nodeKey(n Node) string { return n.ID }

// fresh are those of a list that are not there, or are there otherwise.
func fresh[T any](list, there []T, key func(T) string, equal func(a, b T) bool) (news []T, same int) {
	known := map[string]T{}
	for _, x := range there {
		known[key(x)] = x
	}
	for _, x := range list {
		if was, ok := known[key(x)]; ok && equal(x, was) {
			same++
		} else {
			news = append(news, x)
		}
	}
	return news, same
}

// replaced is a list with some that are new, or in the place of those of their keys.
func replaced[T any](list, news []T, key func(T) string) []T {
	keys := map[string]bool{}
	for _, x := range news {
		keys[key(x)] = true
	}
	return append(slices.DeleteFunc(slices.Clone(list), func(x T) bool { return keys[key(x)] }), news...)
}

func (n Node) equal(o Node) bool {
	return slices.Equal(n.Chains, o.Chains) && n.ID == o.ID && n.Name == o.Name && n.Kind == o.Kind && n.Class == o.Class && n.Stage == o.Stage &&
		n.TRL == o.TRL && n.Target == o.Target && n.Final == o.Final && n.Public == o.Public && n.Note == o.Note
}

func (s Supply) equal(o Supply) bool {
	known := s.PPM == nil && o.PPM == nil || s.PPM != nil && o.PPM != nil && *s.PPM == *o.PPM
	s.PPM, o.PPM = nil, nil
	return known && s == o
}
