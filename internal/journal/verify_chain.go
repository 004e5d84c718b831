package journal

import (
	"bytes"
	"cmp"
	"encoding/hex"
	"fmt"
	"slices"

	"golang.org/x/mod/sumdb/tlog"

	"kechuang/internal/lang"
)

// chains follows every case: 1, 2, 3 …, each naming the one before.
type chains struct {
	report *Report
	gaps   gaps
	cases  map[string]*chain
}

type chain struct {
	seq    int64                   // the highest so far
	digest [2 * tlog.HashSize]byte // its digest in hexadecimal, as the next record names it
	known  bool                    // false where that record cannot be trusted: the next one's Prev is not compared
}

func (ch *chains) of(caseID []byte) *chain {
	if c, ok := ch.cases[string(caseID)]; ok {
		return c
	}
	if ch.cases == nil {
		ch.cases = map[string]*chain{}
	}
	c := &chain{known: true, digest: [2 * tlog.HashSize]byte{'-'}}
	ch.cases[string(caseID)] = c
	return c
}

// next takes a record that is what its place says it is.
func (ch *chains) next(h header, hash tlog.Hash, index int64) {
	c, r := ch.of(h.caseID), ch.report
	if h.seq <= c.seq {
		if !ch.gaps.fill(string(h.caseID), h.seq) {
			r.problem("added", index, string(h.caseID), h.seq, fmt.Sprintf("事项 %s 第 %d 条记录出现了两次", h.caseID, h.seq),
				fmt.Sprintf("Record %d of %s is there twice", h.seq, h.caseID))
		}
		return
	}
	if h.seq > c.seq+1 {
		ch.gaps.open(string(h.caseID), c.seq+1, h.seq-1, index)
	} else if named := bytes.TrimRight(c.digest[:], "\x00"); c.known && !bytes.Equal(h.prev, named) {
		r.problem("changed", index, string(h.caseID), c.seq, fmt.Sprintf("事项 %s 第 %d 条记录与其后一条所记的摘要不符", h.caseID, c.seq),
			fmt.Sprintf("Record %d of %s is not the one that the next record names", c.seq, h.caseID))
	}
	c.seq, c.known = h.seq, true
	hex.Encode(c.digest[:], hash[:])
}

// broken passes over a record that was named already, so that its successor is not named too. Its digest is compared on only
// where it is known to be the log's.
func (ch *chains) broken(caseID string, seq int64, digest string, authentic bool) {
	c := ch.of([]byte(caseID))
	c.seq = max(c.seq+1, seq)
	c.known = authentic && len(digest) == len(c.digest)
	copy(c.digest[:], digest)
}

// gaps remembers what was missing when a later number came, because what comes after all was not dropped but moved.
type gaps struct {
	report *Report
	list   []*gap
	of     map[string][]*gap // by case; "" counts indices of the whole log
}

// gap is the numbers from … to that were not there when the number after to came.
type gap struct {
	caseID   string
	from, to int64
	index    int64
	problem  int        // its place in the report, -1 where that is full
	late     [][2]int64 // what came later, in runs
}

// manyRuns bounds the work that a hostile file can make.
const manyRuns = 1000

func (g *gaps) open(caseID string, from, to, index int64) {
	if g.of == nil {
		g.of = map[string][]*gap{}
	}
	x := &gap{caseID: caseID, from: from, to: to, index: index, problem: -1}
	if len(g.report.Problems) < maxProblems {
		x.problem = len(g.report.Problems)
	}
	g.report.problem("dropped", index, caseID, from, "", "") // its words come at the end
	g.list = append(g.list, x)
	g.of[caseID] = append(g.of[caseID], x)
}

// fill tells whether the number was missing, and takes it as come.
func (g *gaps) fill(caseID string, n int64) bool {
	for _, x := range g.of[caseID] {
		if n < x.from || n > x.to {
			continue
		}
		for _, run := range x.late {
			if n >= run[0] && n <= run[1] {
				return false
			}
		}
		if k := len(x.late); k > 0 && x.late[k-1][1] == n-1 {
			x.late[k-1][1] = n
		} else if k < manyRuns {
			x.late = append(x.late, [2]int64{n, n})
		}
		return true
	}
	return false
}

// finish says of every gap what was moved and what is missing.
func (g *gaps) finish() {
	for _, x := range g.list {
		slices.SortFunc(x.late, func(a, b [2]int64) int { return cmp.Compare(a[0], b[0]) })
		next := x.from
		for _, run := range x.late {
			if run[0] > next {
				x.say(g.report, false, next, run[0]-1)
			}
			x.say(g.report, true, run[0], run[1])
			next = run[1] + 1
		}
		if next <= x.to {
			x.say(g.report, false, next, x.to)
		}
	}
}

// say fills the problem that stands for the gap, and adds others after it.
func (x *gap) say(r *Report, moved bool, from, to int64) {
	kind, zh, en := "dropped", "缺少", "are missing"
	if moved {
		kind, zh, en = "reordered", fmt.Sprintf("第 %d 条之后才出现", x.to+1), fmt.Sprintf("come after record %d", x.to+1)
	}
	p := Problem{Kind: kind, Index: x.index, Case: x.caseID, Seq: from,
		Text: lang.T(fmt.Sprintf("事项 %s %s第 %s 条记录", x.caseID, zh, span(from, to)), fmt.Sprintf("Records %s of %s %s", span(from, to), x.caseID, en))}
	if x.caseID == "" {
		if moved {
			zh = fmt.Sprintf("第 %d 位之后才出现", x.to+1)
		}
		p.Index, p.Seq = from, 0
		p.Text = lang.T(fmt.Sprintf("日志%s第 %s 位的记录", zh, span(from, to)), fmt.Sprintf("The records of index %s %s", span(from, to), en))
	}
	if x.problem >= 0 {
		r.Problems[x.problem] = p
		x.problem = -1
	} else {
		r.problem(p.Kind, p.Index, p.Case, p.Seq, p.Text.ZH, p.Text.EN)
	}
}

func span(from, to int64) string {
	if from == to {
		return fmt.Sprint(from)
	}
	return fmt.Sprintf("%d–%d", from, to)
}
