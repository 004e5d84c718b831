package index

import (
	"maps"
	"slices"
)

// growing is the segment that takes new records: postings in slices.
type growing struct {
	header
	lists map[uint64][]posting
	docs  map[string]uint32 // id → its living record
}

type posting struct {
	doc   uint32
	times uint32
}

func newGrowing(fields int) *growing {
	return &growing{header: header{sizes: make([][]uint8, fields)}, lists: map[uint64][]posting{}, docs: map[string]uint32{}}
}

func (g *growing) add(id string, words [][]uint64) uint32 {
	doc := uint32(g.len())
	g.name([]byte(id))
	g.docs[id] = doc
	for f, list := range words {
		g.sizes[f] = append(g.sizes[f], squeeze(len(list)))
		for _, k := range list {
			l := g.lists[k]
			if n := len(l); n > 0 && l[n-1].doc == doc {
				l[n-1].times++
				continue
			}
			g.lists[k] = append(l, posting{doc, 1})
		}
	}
	return doc
}

// segment is packed: the terms' keys sorted, and all postings in one run of bytes.
type segment struct {
	header
	keys   []uint64
	starts []uint32 // keys+1 places in bytes
	counts []uint32 // records that have the term
	tops   []top    // of each term
	bytes  []byte
	seats  []uint32 // where an id's record is, plus one: open addressing by hash
}

// top bounds what a list can add to a score: the most times its term stands in a record, the least words of a record that has it.
type top struct{ times, size uint8 }

// field of a key is kept in its lowest bits, so that a list knows whose sizes count.
const fieldBits = 4

func fieldOf(k uint64) int { return int(k & (1<<fieldBits - 1)) }

func (g *growing) pack() *segment {
	s := &segment{header: g.header}
	keys := slices.Sorted(maps.Keys(g.lists))
	for _, k := range keys {
		s.append(k, g.lists[k])
	}
	s.seal()
	return s
}

// append writes the postings of the next key.
func (s *segment) append(k uint64, list []posting) {
	sizes, t := s.sizes[fieldOf(k)], top{0, 255}
	for _, p := range list {
		t = top{max(t.times, uint8(min(p.times, 255))), min(t.size, sizes[p.doc])}
	}
	s.keys, s.tops = append(s.keys, k), append(s.tops, t)
	s.starts = append(s.starts, uint32(len(s.bytes)))
	s.counts = append(s.counts, uint32(len(list)))
	s.bytes = appendList(s.bytes, list)
}

func (s *segment) seal() {
	s.starts = append(s.starts, uint32(len(s.bytes)))
	s.names, s.ends = slices.Clone(s.names), slices.Clone(s.ends)
	for f := range s.sizes {
		s.sizes[f] = slices.Clone(s.sizes[f])
	}
	s.keys, s.starts, s.counts, s.tops, s.bytes = slices.Clone(s.keys), slices.Clone(s.starts), slices.Clone(s.counts), slices.Clone(s.tops), slices.Clone(s.bytes)
	s.seats = make([]uint32, s.len()*5/4+1)
	for doc := range uint32(s.len()) {
		if !s.isDead(doc) {
			at := s.seat(hash(s.id(doc)))
			for s.seats[at] != 0 {
				at = (at + 1) % len(s.seats)
			}
			s.seats[at] = doc + 1
		}
	}
}

func (s *segment) seat(h uint64) int { return int(h % uint64(len(s.seats))) }

// place of the living record with the id.
func (s *segment) place(id string) (uint32, bool) {
	for at := s.seat(hash(id)); s.seats[at] != 0; at = (at + 1) % len(s.seats) {
		if doc := s.seats[at] - 1; string(s.id(doc)) == id && !s.isDead(doc) {
			return doc, true
		}
	}
	return 0, false
}

// merge makes one segment of several, without their dead. The older ones come first, so numbers stay in order.
func merge(all []*segment, fields int) *segment {
	out := &segment{header: header{sizes: make([][]uint8, fields)}}
	moved := make([][]uint32, len(all)) // old number → new number, or gone
	for i, s := range all {
		moved[i] = make([]uint32, s.len())
		for doc := range uint32(s.len()) {
			if s.isDead(doc) {
				moved[i][doc] = gone
				continue
			}
			moved[i][doc] = uint32(out.len())
			out.name(s.id(doc))
			for f := range fields {
				out.sizes[f] = append(out.sizes[f], s.sizes[f][doc])
			}
		}
	}
	heads := make([]int, len(all))
	size := 0
	for _, s := range all {
		size += len(s.bytes)
	}
	out.bytes = make([]byte, 0, size)
	var list []posting
	for {
		k, any := uint64(0), false
		for i, s := range all {
			if heads[i] < len(s.keys) && (!any || s.keys[heads[i]] < k) {
				k, any = s.keys[heads[i]], true
			}
		}
		if !any {
			break
		}
		list = list[:0]
		for i, s := range all {
			if heads[i] == len(s.keys) || s.keys[heads[i]] != k {
				continue
			}
			for c := s.cursor(heads[i]); c.doc != gone; c.next() {
				if to := moved[i][c.doc]; to != gone {
					list = append(list, posting{to, c.times})
				}
			}
			heads[i]++
		}
		if len(list) > 0 {
			out.append(k, list)
		}
	}
	out.seal()
	return out
}

// find gives the place of the key.
func (s *segment) find(k uint64) (int, bool) { return slices.BinarySearch(s.keys, k) }

func (s *segment) cursor(place int) cursor {
	return readList(s.bytes[s.starts[place]:], int(s.counts[place]))
}

func (g *growing) cursor(k uint64) cursor {
	c := cursor{fresh: g.lists[k]}
	c.next()
	return c
}
