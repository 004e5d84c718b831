package index

import (
	"encoding/binary"
	"maps"
	"slices"
	"sort"
)

// growing is the segment that takes new records: postings in slices.
type growing struct {
	header
	lists map[uint64][]posting
}

type posting struct {
	doc   uint32
	times uint32
}

func newGrowing(fields int) *growing {
	return &growing{header: header{sizes: make([][]uint8, fields)}, lists: map[uint64][]posting{}}
}

func (g *growing) add(id string, words [][]uint64) uint32 {
	doc := uint32(g.len())
	g.name([]byte(id))
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
}

// top bounds what a list can add to a score: the most times its term stands in a record, the least words of a record that has it.
type top struct{ times, size uint8 }

// field of a key is kept in its lowest bits, so that a list knows whose sizes count.
const fieldBits = 4

func fieldOf(k uint64) int { return int(k & (1<<fieldBits - 1)) }

// block is how many postings are read or skipped at once. A list longer than one block begins with a table of its blocks: the last
// record of each and where it ends. A posting is the distance to the record before, shifted by one; the low bit says that the term
// stands there more than once, and then how often follows.
const block = 128

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
	table := len(s.bytes)
	blocks := 0
	if len(list) > block {
		blocks = (len(list) + block - 1) / block
		s.bytes = append(s.bytes, make([]byte, 8*blocks)...)
	}
	body, last := len(s.bytes), uint32(0)
	for i, p := range list {
		gap := uint64(p.doc-last) << 1
		if p.times > 1 {
			s.bytes = binary.AppendUvarint(s.bytes, gap|1)
			s.bytes = binary.AppendUvarint(s.bytes, uint64(p.times))
		} else {
			s.bytes = binary.AppendUvarint(s.bytes, gap)
		}
		last = p.doc
		if blocks > 0 && (i%block == block-1 || i == len(list)-1) {
			at := table + i/block*8
			binary.LittleEndian.PutUint32(s.bytes[at:], p.doc)
			binary.LittleEndian.PutUint32(s.bytes[at+4:], uint32(len(s.bytes)-body))
		}
	}
}

func (s *segment) seal() {
	s.starts = append(s.starts, uint32(len(s.bytes)))
	s.names, s.ends = slices.Clone(s.names), slices.Clone(s.ends)
	for f := range s.sizes {
		s.sizes[f] = slices.Clone(s.sizes[f])
	}
	s.keys, s.starts, s.counts, s.tops, s.bytes = slices.Clip(s.keys), slices.Clip(s.starts), slices.Clip(s.counts), slices.Clip(s.tops), slices.Clip(s.bytes)
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

const gone = ^uint32(0)

// find gives the place of the key.
func (s *segment) find(k uint64) (int, bool) { return slices.BinarySearch(s.keys, k) }

// cursor reads one list.
type cursor struct {
	doc   uint32 // gone at the end
	times uint32

	bytes []byte // of the postings
	at    int
	left  int // postings not read yet
	table []byte
	block int // the number of the block that at is in
	size  int // postings in all
	fresh []posting
}

func (s *segment) cursor(place int) cursor {
	c := cursor{bytes: s.bytes[s.starts[place]:s.starts[place+1]], left: int(s.counts[place]), size: int(s.counts[place])}
	if c.left > block {
		n := (c.left + block - 1) / block * 8
		c.table, c.bytes = c.bytes[:n], c.bytes[n:]
	}
	c.next()
	return c
}

func (g *growing) cursor(k uint64) cursor {
	c := cursor{fresh: g.lists[k]}
	c.next()
	return c
}

// next moves to the following posting.
func (c *cursor) next() {
	if c.fresh != nil {
		c.doc, c.times, c.fresh = c.fresh[0].doc, c.fresh[0].times, c.fresh[1:]
		if len(c.fresh) == 0 {
			c.fresh = nil
		}
		return
	}
	if c.left == 0 {
		c.doc = gone
		return
	}
	c.left--
	v := uint32(c.bytes[c.at])
	c.at++
	if v >= 0x80 {
		v &= 0x7f
		for shift := 7; ; shift += 7 {
			b := uint32(c.bytes[c.at])
			c.at++
			v |= b & 0x7f << shift
			if b < 0x80 {
				break
			}
		}
	}
	c.doc += v >> 1
	if v&1 == 0 {
		c.times = 1
		return
	}
	n, w := binary.Uvarint(c.bytes[c.at:])
	c.times = uint32(n)
	c.at += w
}

// seek moves to the first posting at or after doc.
func (c *cursor) seek(doc uint32) {
	if c.doc >= doc {
		return
	}
	if c.table != nil {
		c.skip(doc)
	}
	for c.doc < doc {
		c.next()
	}
}

// skip jumps over blocks that end before doc.
func (c *cursor) skip(doc uint32) {
	last := func(b int) uint32 { return binary.LittleEndian.Uint32(c.table[8*b:]) }
	n := len(c.table) / 8
	for c.block < n && int(binary.LittleEndian.Uint32(c.table[8*c.block+4:])) <= c.at && last(c.block) < doc {
		c.block++ // what was read already
	}
	if c.block >= n || last(c.block) >= doc {
		return
	}
	to := c.block + 1 + sort.Search(n-c.block-1, func(i int) bool { return last(c.block+1+i) >= doc })
	if to >= n {
		c.left, c.doc = 0, gone
		return
	}
	c.at = int(binary.LittleEndian.Uint32(c.table[8*(to-1)+4:]))
	c.left = c.size - to*block
	c.doc, c.block = last(to-1), to
	c.next()
}
