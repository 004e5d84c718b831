package journal

import (
	"fmt"
	"math/bits"

	"golang.org/x/mod/sumdb/tlog"

	"kechuang/internal/store"
)

// Leaves and inner hashes are read in rows of 256: height 0 from journal_index, heights 8, 16, 24 … from journal_tile. What lies
// between is computed. So a million leaves keep 4 000 inner hashes, and a proof reads a handful of rows.
const (
	tileHeight = 8
	tileWidth  = 1 << tileHeight
)

// reader gives tlog the hashes of the tree inside a transaction, keeping the rows it read.
type reader struct {
	tx   *store.Tx
	rows map[rowKey][]tlog.Hash
}

type rowKey struct{ level, n int64 }

func newReader(tx *store.Tx) *reader { return &reader{tx, map[rowKey][]tlog.Hash{}} }

// ReadHashes gives hashes by tlog's own numbering.
func (r *reader) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, x := range indexes {
		level, n := tlog.SplitStoredHashIndex(x)
		below, count := n<<(level%tileHeight), int64(1)<<(level%tileHeight)
		row, err := r.row(rowKey{int64(level / tileHeight), below / tileWidth})
		if err != nil {
			return nil, err
		}
		from := below % tileWidth
		if from+count > int64(len(row)) {
			return nil, fmt.Errorf("journal: the tree lacks the hashes %d to %d of height %d", below, below+count, level/tileHeight*tileHeight)
		}
		out[i] = fold(row[from : from+count])
	}
	return out, nil
}

func (r *reader) row(k rowKey) (row []tlog.Hash, err error) {
	if row, ok := r.rows[k]; ok {
		return row, nil
	}
	if k.level == 0 {
		row, err = leafHashes(r.tx, k.n*tileWidth, tileWidth)
	} else {
		row, err = tile(r.tx, k.level, k.n)
	}
	r.rows[k] = row
	return row, err
}

// fold is the root of a full subtree over 1, 2, 4 … 256 hashes.
func fold(hashes []tlog.Hash) tlog.Hash {
	if len(hashes) == 1 {
		return hashes[0]
	}
	half := len(hashes) / 2
	return tlog.NodeHash(fold(hashes[:half]), fold(hashes[half:]))
}

// growTiles adds the inner hashes that became complete when the tree grew.
func growTiles(tx *store.Tx, from, to int64) error {
	r := newReader(tx)
	for level := int64(1); ; level++ {
		from, to = from/tileWidth, to/tileWidth // how many full rows the level below had and has
		if from == to {
			return nil
		}
		for n := from / tileWidth; n <= (to-1)/tileWidth; n++ {
			row, err := r.row(rowKey{level, n})
			if err != nil {
				return err
			}
			for i := n*tileWidth + int64(len(row)); i < min(to, (n+1)*tileWidth); i++ {
				below, err := r.row(rowKey{level - 1, i})
				if err != nil {
					return err
				}
				if len(below) != tileWidth {
					return fmt.Errorf("journal: row %d of height %d has %d hashes", i, (level-1)*tileHeight, len(below))
				}
				row = append(row, fold(below))
			}
			r.rows[rowKey{level, n}] = row
			if err := putTile(tx, level, n, row); err != nil {
				return err
			}
		}
	}
}

// frontier computes a tree's root from its leaves as they come, in memory of the tree's height.
type frontier struct {
	full []tlog.Hash // roots of full subtrees, largest first
	size int64
	tile tlog.Hash // the root of the last 256 leaves, once they are full
}

func (f *frontier) add(h tlog.Hash) {
	height := 0
	for s := f.size; s&1 == 1; s >>= 1 {
		h = tlog.NodeHash(f.full[len(f.full)-1], h)
		f.full = f.full[:len(f.full)-1]
		if height++; height == tileHeight {
			f.tile = h
		}
	}
	f.full = append(f.full, h)
	f.size++
}

// last is the root of the leaves since the last multiple of 256, or of the 256 before it.
func (f *frontier) last() tlog.Hash {
	n := bits.OnesCount64(uint64(f.size % tileWidth))
	if n == 0 {
		return f.tile
	}
	return (&frontier{full: f.full[len(f.full)-n:], size: 1}).root()
}

func (f *frontier) root() tlog.Hash {
	if len(f.full) == 0 {
		h, _ := tlog.TreeHash(0, nil)
		return h
	}
	h := f.full[len(f.full)-1]
	for i := len(f.full) - 2; i >= 0; i-- {
		h = tlog.NodeHash(f.full[i], h)
	}
	return h
}

func (f *frontier) reset() { f.full, f.size = f.full[:0], 0 }
