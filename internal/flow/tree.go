package flow

// rehang takes the subtree below out off the tree and hangs it by node below under node above; the path from below up to out is
// turned upside down. Thread, sizes and lasts are mended in time proportional to the path and to the paths up to top.
//
// This is the tree update of LEMON's NetworkSimplex (updateTreeStructure), which keeps the preorder with two thread lists.
func (s *simplex) rehang(out, below, above, top int32) {
	t := s.nodes
	cutParent, oldBefore, oldSize, oldLast := t[out].parent, t[out].before, t[out].size, t[out].last
	if below == out {
		t[below].parent = above
		if t[above].thread != out {
			s.link(oldBefore, t[oldLast].thread)
			after := t[above].thread
			s.link(above, out)
			s.link(oldLast, after)
		}
	} else {
		s.overturn(out, below, above, oldBefore, oldSize, oldLast)
	}
	// The last of a subtree changes up to where another child comes later, on both sides of the cycle.
	limit := int32(-1)
	if t[top].last == above {
		limit = top
	}
	newLast := t[out].last
	for u := above; u != -1 && t[u].last == above; u = t[u].parent {
		t[u].last = newLast
	}
	if top != oldBefore && above != oldBefore {
		for u := cutParent; u != limit && u != -1 && t[u].last == oldLast; u = t[u].parent {
			t[u].last = oldBefore
		}
	} else if newLast != oldLast {
		for u := cutParent; u != limit && u != -1 && t[u].last == oldLast; u = t[u].parent {
			t[u].last = newLast
		}
	}
	for u := above; u != top; u = t[u].parent {
		t[u].size += oldSize
	}
	for u := cutParent; u != top; u = t[u].parent {
		t[u].size -= oldSize
	}
}

// overturn hangs the subtree of out by below: each node of the path between them becomes the parent of the one above it.
func (s *simplex) overturn(out, below, above, oldBefore, oldSize, oldLast int32) {
	t := s.nodes
	goesOn := t[above].thread // what follows the moved subtree
	if oldBefore == above {
		goesOn = t[oldLast].thread
	}
	stem, parent, last := below, above, t[below].last
	after := t[last].thread
	t[above].thread = below
	s.dirty = append(s.dirty[:0], above)
	for stem != out {
		next := t[stem].parent
		t[last].thread = next
		s.dirty = append(s.dirty, last)
		s.link(t[stem].before, after) // the stem's subtree leaves the thread of its old parent
		t[stem].parent = parent
		parent, stem = stem, next
		if last = t[stem].last; last == t[parent].last {
			last = t[parent].before
		}
		after = t[last].thread
	}
	t[out].parent = parent
	s.link(last, goesOn)
	t[out].last = last
	if oldBefore != above {
		s.link(oldBefore, after)
	}
	for _, u := range s.dirty {
		t[t[u].thread].before = u
	}
	// Arcs, sizes and lasts of the path, from its old top down: each node takes the arc of the one that was below it.
	size, lastOfAll := int32(0), t[out].last
	for u := out; u != below; u = t[u].parent {
		p := t[u].parent
		t[u].pred, t[u].rises = t[p].pred, !t[p].rises
		t[u].upward, t[u].downward = t[p].downward, t[p].upward
		size += t[u].size - t[p].size
		t[u].size = size
		t[p].last = lastOfAll
	}
	t[below].parent, t[below].size = above, oldSize
}

// link makes b follow a in the thread.
func (s *simplex) link(a, b int32) {
	s.nodes[a].thread, s.nodes[b].before = b, a
}
