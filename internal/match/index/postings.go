package index

import (
	"encoding/binary"
	"math/bits"
	"sort"
)

// A list of postings is written in blocks, so that it can be read and skipped a block at a time. A list longer than one block begins
// with a table of its blocks: the last record of each and where it ends. A block begins with one byte: how many low bits of a distance
// are written as they are, and whether a term stands in one of its records more than once. Then follow, bit after bit, the distances
// to the record before, less one (Rice 1979: the rest above the low bits in unary), and of those records in which the term stands more
// than once their distances within the block and how often, in the same way.
const (
	block   = 128
	several = 1 << 5 // in a block's first byte
)

const gone = ^uint32(0)

// appendList writes postings, which are in order of their records.
func appendList(to []byte, list []posting) []byte {
	table, blocks := len(to), 0
	if len(list) > block {
		blocks = (len(list) + block - 1) / block
		to = append(to, make([]byte, 8*blocks)...)
	}
	body, before := len(to), gone // the record before the first is -1
	for n := 0; len(list) > 0; n++ {
		part := list[:min(block, len(list))]
		list = list[len(part):]
		to = appendBlock(to, part, before)
		before = part[len(part)-1].doc
		if blocks > 0 {
			binary.LittleEndian.PutUint32(to[table+8*n:], before)
			binary.LittleEndian.PutUint32(to[table+8*n+4:], uint32(len(to)-body))
		}
	}
	return to
}

func appendBlock(to []byte, part []posting, before uint32) []byte {
	many := 0
	for _, p := range part {
		if p.times > 1 {
			many++
		}
	}
	low := lowBits(uint64(part[len(part)-1].doc-before)-uint64(len(part)), len(part))
	first := byte(low)
	if many > 0 {
		first |= several
	}
	w := bitWriter{to: append(to, first)}
	for _, p := range part {
		w.rice(p.doc-before-1, low)
		before = p.doc
	}
	if many > 0 {
		w.rice(uint32(many-1), manyBits)
		low, last := lowBits(uint64(len(part)), many), -1
		for i, p := range part {
			if p.times > 1 {
				w.rice(uint32(i-last-1), low)
				w.rice(min(p.times, mostTimes)-2, 0)
				last = i
			}
		}
	}
	return w.end()
}

const (
	manyBits  = 4
	mostTimes = 255 // more often than this is as good as this
)

// lowBits is the parameter of Rice's code for n numbers with the sum: the logarithm of 0.69 times their mean.
func lowBits(sum uint64, n int) uint { return uint(max(bits.Len64(sum*11/16/uint64(n)), 1) - 1) }

// bitWriter fills bytes from their lowest bit.
type bitWriter struct {
	to   []byte
	word uint64
	have uint
}

func (w *bitWriter) put(v uint64, n uint) {
	w.word |= v << w.have
	for w.have += n; w.have >= 8; w.have -= 8 {
		w.to = append(w.to, byte(w.word))
		w.word >>= 8
	}
}

func (w *bitWriter) rice(v uint32, low uint) {
	for high := v >> low; ; high -= 32 {
		if high < 32 {
			w.put(1<<high, uint(high)+1)
			break
		}
		w.put(0, 32)
	}
	w.put(uint64(v&(1<<low-1)), low)
}

func (w *bitWriter) end() []byte {
	if w.have > 0 {
		w.to = append(w.to, byte(w.word))
	}
	return w.to
}

// bitReader reads what bitWriter wrote.
type bitReader struct {
	from []byte
	at   int
	word uint64 // what is above the bits that it has is right too, or 0
	have uint
}

// fill makes at least 56 bits there, but at the end.
func (r *bitReader) fill() {
	if r.at+8 <= len(r.from) {
		r.word |= binary.LittleEndian.Uint64(r.from[r.at:]) << r.have
		r.at += int(63-r.have) >> 3
		r.have |= 56
		return
	}
	for ; r.have <= 56 && r.at < len(r.from); r.at++ {
		r.word |= uint64(r.from[r.at]) << r.have
		r.have += 8
	}
}

func (r *bitReader) rice(low uint) uint32 {
	high := uint32(0)
	r.fill()
	zeros := uint(bits.TrailingZeros64(r.word))
	for zeros >= r.have {
		high += uint32(r.have)
		r.word, r.have = 0, 0
		if r.fill(); r.have == 0 {
			return high // a list that was not written by appendList
		}
		zeros = uint(bits.TrailingZeros64(r.word))
	}
	high += uint32(zeros)
	r.word >>= zeros + 1
	if r.have -= zeros + 1; r.have < low {
		r.fill()
	}
	v := high<<low | uint32(r.word)&(1<<low-1)
	r.word >>= low
	r.have -= low
	return v
}

// sums reads numbers as rice does, and gives what they and one each add up to: most of the time of a query is spent here.
func (r *bitReader) sums(sum uint32, low uint, out []uint32) {
	from, at, word, have := r.from, r.at, r.word, r.have
	mask := uint32(1)<<(low&31) - 1
	for i := range out {
		if have < 32 && at+8 <= len(from) {
			word |= binary.LittleEndian.Uint64(from[at:]) << (have & 63)
			at += int(63-have) >> 3
			have |= 56
		}
		high := uint(bits.TrailingZeros64(word))
		if used := high + 1 + low; used <= have {
			sum += (uint32(high)<<(low&31) | uint32(word>>((high+1)&63))&mask) + 1
			word >>= used & 63
			have -= used
		} else { // a great distance, or near the end
			r.at, r.word, r.have = at, word, have
			sum += r.rice(low) + 1
			at, word, have = r.at, r.word, r.have
		}
		out[i] = sum
	}
	r.at, r.word, r.have = at, word, have
}

// cursor reads one list.
type cursor struct {
	doc   uint32 // gone at the end
	times uint32

	table  []byte // of a list longer than one block
	body   []byte // the blocks; other lists follow
	number int    // of the block that is read
	size   int    // postings in all
	docs   [block]uint32
	often  [block]uint8
	at, n  int // among docs
	many   bool
	fresh  []posting // of a growing segment instead
}

// readList begins to read a list of so many postings, at least one.
func readList(from []byte, size int) cursor {
	c := cursor{body: from, size: size}
	if size > block {
		n := (size + block - 1) / block * 8
		c.table, c.body = from[:n], from[n:]
	}
	c.load(0)
	return c
}

func (c *cursor) last(block int) uint32 { return binary.LittleEndian.Uint32(c.table[8*block:]) }

// load reads a block and stands on its first posting.
func (c *cursor) load(number int) {
	before, start := gone, 0
	if number > 0 {
		before, start = c.last(number-1), int(binary.LittleEndian.Uint32(c.table[8*number-4:]))
	}
	c.number, c.n, c.at = number, min(block, c.size-number*block), 0
	first := c.body[start]
	r, low := bitReader{from: c.body, at: start + 1}, uint(first&(several-1))
	r.sums(before, low, c.docs[:c.n])
	if c.many = first&several != 0; c.many {
		c.often = ones
		many := int(r.rice(manyBits)) + 1
		low, i := lowBits(uint64(c.n), many), -1
		for range many {
			i += int(r.rice(low)) + 1
			c.often[i&(block-1)] = uint8(r.rice(0) + 2)
		}
	}
	c.stand()
}

var ones = func() (t [block]uint8) {
	for i := range t {
		t[i] = 1
	}
	return t
}()

// stand takes the posting at c.at.
func (c *cursor) stand() {
	c.doc, c.times = c.docs[c.at], 1
	if c.many {
		c.times = uint32(c.often[c.at])
	}
}

// next moves to the following posting.
func (c *cursor) next() {
	switch c.at++; {
	case c.size == 0:
		if len(c.fresh) == 0 {
			c.doc = gone
			return
		}
		c.doc, c.times, c.fresh = c.fresh[0].doc, c.fresh[0].times, c.fresh[1:]
	case c.at < c.n:
		c.stand()
	case (c.number+1)*block < c.size:
		c.load(c.number + 1)
	default:
		c.end()
	}
}

// end leaves nothing to read.
func (c *cursor) end() { c.doc, c.size, c.fresh = gone, 0, nil }

// seek moves to the first posting at or after doc.
func (c *cursor) seek(doc uint32) {
	if c.doc >= doc {
		return
	}
	if c.size == 0 {
		for c.doc < doc {
			c.next()
		}
		return
	}
	if c.docs[c.n-1] < doc {
		if doc == gone || c.table == nil {
			c.end()
			return
		}
		from, blocks := c.number+1, len(c.table)/8
		to := from + sort.Search(blocks-from, func(i int) bool { return c.last(from+i) >= doc })
		if to == blocks {
			c.end()
			return
		}
		c.load(to)
	}
	for c.docs[c.at] < doc {
		c.at++
	}
	c.stand()
}
