package conflict

// truth works out every conflict from who people and units really are, with no name looked at.
func (m *sampler) truth() {
	s := m.s
	worksOf := map[int][]int{}
	for i, by := range m.byTruth {
		for _, x := range by {
			worksOf[x] = append(worksOf[x], i)
		}
	}
	idOf, calls := map[string]int{}, map[string][][2]int{}
	for i, p := range s.World.People {
		idOf[p.ID] = i
	}
	for n, a := range s.Applications {
		for _, x := range m.leads[n] {
			calls[a.Call] = append(calls[a.Call], [2]int{x, n})
		}
	}
	atUnit, atGroup := map[int][]int{}, map[string][]int{}
	for x, o := range m.orgOf {
		atUnit[o] = append(atUnit[o], x)
		if g := s.World.Orgs[o].Group; g != "" {
			atGroup[g] = append(atGroup[g], x)
		}
	}
	for n, a := range s.Applications {
		is := func(x int, k Kind) {
			if s.World.People[x].Expert {
				s.Truth[Truth{a.ID, s.World.People[x].ID, k}] = true
			}
		}
		units := map[int]bool{}
		for _, p := range m.leads[n] {
			is(p, Self)
			units[m.orgOf[p]] = true
			for _, i := range worksOf[p] {
				w := s.World.Works[i]
				for _, x := range m.byTruth[i] {
					if x != p && w.Date >= yearsBefore(SampleDay, 3) {
						is(x, w.Kind)
					}
				}
			}
		}
		for o := range units {
			for _, x := range atUnit[o] {
				is(x, SameUnit)
			}
			for _, x := range atGroup[s.World.Orgs[o].Group] {
				if !units[m.orgOf[x]] || len(units) > 1 && m.orgOf[x] != o {
					is(x, SameGroup)
				}
			}
		}
		for _, t := range s.World.Ties {
			x := idOf[t.A]
			for _, p := range m.leads[n] {
				if t.B == s.World.People[p].ID {
					is(x, t.Kind)
				}
				if t.A == s.World.People[p].ID {
					if y, person := idOf[t.B]; person {
						is(y, t.Kind)
					}
				}
			}
			for o := range units {
				if t.B == s.World.Orgs[o].ID {
					is(x, t.Kind)
				}
			}
		}
		for _, c := range calls[a.Call] {
			if c[1] != n {
				is(c[0], Competitor)
			}
		}
		for _, id := range a.Veto {
			is(idOf[id], Veto)
		}
	}
}

// Grade is how well findings meet the truth.
type Grade struct {
	Found, True, Right int // findings, conflicts that there are, and findings that are right
}

// Precision is the share of the findings that are right, Recall that of the conflicts that were found.
func (g Grade) Precision() float64 { return float64(g.Right) / float64(max(g.Found, 1)) }

// Recall is the share of the conflicts that were found.
func (g Grade) Recall() float64 { return float64(g.Right) / float64(max(g.True, 1)) }

// Grade checks every application of the sample: with what is at least likely, and with what is possible too.
func (s *Sample) Grade(f *Finder) (sure, all Grade) {
	for _, g := range s.Grades(f) {
		sure, all = sure.plus(g[0]), all.plus(g[1])
	}
	return sure, all
}

func (g Grade) plus(o Grade) Grade {
	return Grade{g.Found + o.Found, g.True + o.True, g.Right + o.Right}
}

// Grades is Grade by kind: the first of the two is of what is at least likely.
func (s *Sample) Grades(f *Finder) map[Kind][2]Grade {
	by := map[Kind][2]Grade{}
	count := func(k Kind, add func(sure, all *Grade)) {
		g := by[k]
		add(&g[0], &g[1])
		by[k] = g
	}
	for t := range s.Truth {
		count(t.Kind, func(sure, all *Grade) { sure.True++; all.True++ })
	}
	for _, a := range s.Applications {
		best := map[Truth]Sure{}
		for _, found := range f.Check(a) {
			for _, x := range found {
				t := Truth{a.ID, x.Expert, x.Kind}
				if b, have := best[t]; !have || weaker(b, x.Sure) == b {
					best[t] = x.Sure
				}
			}
		}
		for t, b := range best {
			right := 0
			if s.Truth[t] {
				right = 1
			}
			count(t.Kind, func(sure, all *Grade) {
				all.Found++
				all.Right += right
				if b != Possible {
					sure.Found++
					sure.Right += right
				}
			})
		}
	}
	return by
}
