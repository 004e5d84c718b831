package chain

import "slices"

// News is what of a map is not there yet, or is there otherwise; same is how much is there just so.
func (m Map) News(there Map) (news Map, same int) {
	nodes, edges, supplies := map[string]Node{}, map[string]Edge{}, map[string]Supply{}
	for _, n := range there.Nodes {
		nodes[n.ID] = n
	}
	for _, e := range there.Edges {
		edges[e.Key()] = e
	}
	for _, s := range there.Supplies {
		supplies[s.Key()] = s
	}
	for _, n := range m.Nodes {
		if was, ok := nodes[n.ID]; ok && n.equal(was) {
			same++
		} else {
			news.Nodes = append(news.Nodes, n)
		}
	}
	for _, e := range m.Edges {
		if was, ok := edges[e.Key()]; ok && was == e {
			same++
		} else {
			news.Edges = append(news.Edges, e)
		}
	}
	for _, s := range m.Supplies {
		if was, ok := supplies[s.Key()]; ok && s.equal(was) {
			same++
		} else {
			news.Supplies = append(news.Supplies, s)
		}
	}
	return news, same
}

// With is the map with what is new in it or otherwise.
func (m Map) With(news Map) Map {
	nodes, edges, supplies := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, n := range news.Nodes {
		nodes[n.ID] = true
	}
	for _, e := range news.Edges {
		edges[e.Key()] = true
	}
	for _, s := range news.Supplies {
		supplies[s.Key()] = true
	}
	return Map{
		Nodes:    append(slices.DeleteFunc(slices.Clone(m.Nodes), func(n Node) bool { return nodes[n.ID] }), news.Nodes...),
		Edges:    append(slices.DeleteFunc(slices.Clone(m.Edges), func(e Edge) bool { return edges[e.Key()] }), news.Edges...),
		Supplies: append(slices.DeleteFunc(slices.Clone(m.Supplies), func(s Supply) bool { return supplies[s.Key()] }), news.Supplies...),
	}
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
