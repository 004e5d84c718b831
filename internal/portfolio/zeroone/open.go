package zeroone

// push and pop keep the open nodes: a heap by bound, and a stack once there are too many.
func (t *tree) push(n *node) {
	if len(t.open) >= maxOpen {
		t.stack = append(t.stack, n)
		return
	}
	t.open = append(t.open, n)
	for k := len(t.open) - 1; k > 0; {
		p := (k - 1) / 2
		if t.open[p].bound >= t.open[k].bound {
			break
		}
		t.open[p], t.open[k] = t.open[k], t.open[p]
		k = p
	}
}

func (t *tree) pop() *node {
	if k := len(t.stack); k > 0 {
		n := t.stack[k-1]
		t.stack = t.stack[:k-1]
		return n
	}
	h := t.open
	if len(h) == 0 {
		return nil
	}
	n, last := h[0], len(h)-1
	h[0], h[last] = h[last], nil
	h = h[:last]
	for k := 0; ; {
		c := 2*k + 1
		if c >= last {
			break
		}
		if c+1 < last && h[c+1].bound > h[c].bound {
			c++
		}
		if h[k].bound >= h[c].bound {
			break
		}
		h[k], h[c] = h[c], h[k]
		k = c
	}
	t.open = h
	return n
}
