package journal

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strconv"

	"golang.org/x/mod/sumdb/tlog"
)

// logReader checks a whole log as it is read, in memory of one block and one entry a case.
type logReader struct {
	in     *bufio.Reader
	report *Report
	chains chains
	c      Checkpoint

	actual frontier // over the records as they are
	block  blockState
	blocks []int64 // numbers of the blocks whose records do not give the stated root, with nothing in them named
	gaps   gaps
	next   int64  // the index that should come
	record []byte // scratch
	older  []*olderRoot
}

// blockState is 256 leaves.
type blockState struct {
	n       int64
	root    tlog.Hash // stated
	size    int64
	aligned bool     // the leaves before it are all there, so that its root falls out of the whole tree's
	own     frontier // otherwise: over its own leaves
	wrong   bool     // some record of it was named
}

// olderRoot is a checkpoint that the reader kept: the same leaves must give its root on the way.
type olderRoot struct {
	Checkpoint
	met bool
}

// maxRecord bounds what a hostile file can make us read at once.
const maxRecord = 64 << 20

var errCut = errors.New("journal: the log is cut off")

func verifyLog(in *bufio.Reader, key string, older []string) (r Report, err error) {
	v := &logReader{in: in, report: &r}
	v.chains.report, v.chains.gaps.report, v.gaps.report = &r, &r, &r
	r.Format = logFormat
	if ok, err := v.header(key); err != nil || !ok {
		return r, err
	}
	for _, text := range older {
		o, err := OpenCheckpoint(text, r.Key)
		if err != nil {
			r.problem("forged", -1, "", 0, "您保存的检查点签名不成立："+err.Error(), "The signature of the checkpoint you kept does not hold: "+err.Error())
			continue
		}
		v.older = append(v.older, &olderRoot{Checkpoint: o, met: o.Size == 0})
	}
	for {
		line, err := v.in.ReadSlice('\n')
		if errors.Is(err, io.EOF) && len(line) == 0 {
			break
		}
		if err != nil {
			return r, errCut
		}
		switch {
		case bytes.HasPrefix(line, []byte("leaf ")):
			err = v.leaf(line[5 : len(line)-1])
		case bytes.HasPrefix(line, []byte("block ")):
			err = v.beginBlock(line[6 : len(line)-1])
		default:
			err = fmt.Errorf("journal: the line after index %d is neither a block nor a leaf", v.next-1)
		}
		if err != nil {
			return r, err
		}
	}
	v.end()
	r.Cases = int64(len(v.chains.cases))
	return r, nil
}

// header reads the key and the checkpoint.
func (v *logReader) header(key string) (ok bool, err error) {
	read := func(prefix string) string {
		line, e := v.in.ReadString('\n')
		rest, found := bytes.CutPrefix([]byte(line), []byte(prefix))
		if e != nil || !found {
			err = errCut
			return ""
		}
		return string(bytes.TrimSuffix(rest, []byte("\n")))
	}
	read(logFormat)
	fileKey := read("key ")
	n, e := strconv.Atoi(read("checkpoint "))
	if err != nil || e != nil || n <= 0 || n > 1<<16 {
		return false, errors.Join(errCut, err)
	}
	text := make([]byte, n)
	if _, err := io.ReadFull(v.in, text); err != nil {
		return false, errCut
	}
	v.c, ok = v.report.checkpoint(string(text), fileKey, key)
	return ok, nil
}

func (v *logReader) beginBlock(line []byte) error {
	v.endBlock()
	number, root, ok := bytes.Cut(line, []byte(" "))
	n, err := strconv.ParseInt(string(number), 10, 64)
	h, err2 := hashOf(string(root))
	if !ok || err != nil || err2 != nil || n < 0 {
		return fmt.Errorf("journal: block %q is malformed", line)
	}
	v.block.own.reset()
	v.block = blockState{n: n, root: h, aligned: v.actual.size == n*tileWidth, own: v.block.own}
	if n*tileWidth > v.next { // whole blocks are missing
		v.missing(n * tileWidth)
	}
	return nil
}

// leaf reads one leaf and checks what can be checked at once.
func (v *logReader) leaf(line []byte) error {
	first, rest, ok1 := bytes.Cut(line, []byte(" "))
	digest, length, ok2 := bytes.Cut(rest, []byte(" "))
	index, ok3 := parseIndex(first)
	size, ok4 := parseIndex(length)
	if !ok1 || !ok2 || !ok3 || !ok4 || len(digest) != 2*tlog.HashSize || size > maxRecord {
		return fmt.Errorf("journal: the leaf after index %d is malformed", v.next-1)
	}
	var stated tlog.Hash
	if _, err := hex.Decode(stated[:], digest); err != nil || bytes.ContainsAny(digest, "ABCDEF") {
		return fmt.Errorf("journal: the digest at index %d is malformed", index)
	}
	if int64(cap(v.record)) < size+1 {
		v.record = make([]byte, size+1)
	}
	record := v.record[:size+1]
	if _, err := io.ReadFull(v.in, record); err != nil || record[size] != '\n' {
		return fmt.Errorf("journal: the record at index %d is cut off or longer than it says", index)
	}
	v.check(index, stated, record[:size])
	return nil
}

func parseIndex(b []byte) (int64, bool) {
	if string(b) == "0" {
		return 0, true
	}
	return parseSeq(b)
}

func (v *logReader) check(index int64, stated tlog.Hash, record []byte) {
	r := v.report
	r.Leaves++
	r.Bytes += int64(len(record))
	hash := tlog.RecordHash(record)
	h, err := parse(record)
	if v.block.size++; !v.block.aligned {
		v.block.own.add(hash)
	}
	switch {
	case index > v.next:
		v.missing(index)
	case index < v.next:
		v.block.wrong = true
		if !v.gaps.fill("", index) {
			r.problem("added", index, string(h.caseID), h.seq, fmt.Sprintf("日志第 %d 位有两条记录", index), fmt.Sprintf("There are two records of index %d", index))
		}
	}
	v.next = max(v.next, index+1)
	if hash != stated || err != nil {
		v.block.wrong = true
		r.problem("changed", index, string(h.caseID), h.seq, fmt.Sprintf("日志第 %d 位的记录（事项 %s 第 %d 条）的内容被改动过", index, h.caseID, h.seq),
			fmt.Sprintf("The record of index %d (%s, %d) was changed", index, h.caseID, h.seq))
		if err == nil {
			v.chains.broken(string(h.caseID), h.seq, hex.EncodeToString(stated[:]), true)
		}
	} else {
		v.chains.next(h, hash, index)
	}
	v.actual.add(hash)
	for _, o := range v.older {
		if v.actual.size == o.Size {
			o.met = v.actual.root() == o.Root
		}
	}
}

func (v *logReader) missing(until int64) {
	v.block.wrong = true
	v.gaps.open("", v.next, until-1, v.next)
	v.next = until
}

// endBlock compares a block with the root that the file states for it.
func (v *logReader) endBlock() {
	b := &v.block
	if b.size == 0 || b.wrong {
		return
	}
	root := b.own.root
	if b.aligned {
		root = v.actual.last
	}
	if root() != b.root {
		v.blocks = append(v.blocks, b.n)
	}
}

// end compares the whole with the signed root.
func (v *logReader) end() {
	v.endBlock()
	r := v.report
	v.gaps.finish()
	v.chains.gaps.finish()
	if v.next < v.c.Size {
		r.problem("dropped", v.next, "", 0, fmt.Sprintf("日志缺少第 %s 位的记录", span(v.next, v.c.Size-1)),
			fmt.Sprintf("The records of index %s are missing", span(v.next, v.c.Size-1)))
	} else if v.next > v.c.Size {
		r.problem("added", v.c.Size, "", 0, fmt.Sprintf("检查点只有 %d 条记录，文件中多出 %d 条", v.c.Size, v.next-v.c.Size),
			fmt.Sprintf("The checkpoint has %d records and the file %d more", v.c.Size, v.next-v.c.Size))
	}
	whole := v.actual.size == v.c.Size && v.actual.root() == v.c.Root
	for _, n := range v.blocks {
		places := span(n*tileWidth, min((n+1)*tileWidth, v.c.Size)-1)
		if whole {
			r.problem("changed", -1, "", 0, "记录完好，但日志第 "+places+" 位的分块摘要被改动过", "The records are whole, but the block hash of index "+places+" was changed")
			continue
		}
		r.problem("changed", n*tileWidth, "", 0, "日志第 "+places+" 位的记录中有被改动、替换或调换的",
			"Among the records of index "+places+" some were changed, replaced or moved")
	}
	if r.OK() && !whole {
		r.problem("forged", -1, "", 0, "全部记录自相一致，但与签名的检查点不符：日志被整体替换过",
			"The records agree with one another but not with the signed checkpoint: the log was replaced as a whole")
	}
	for _, o := range v.older {
		switch {
		case o.Size > v.c.Size:
			r.problem("truncated", -1, "", 0, fmt.Sprintf("您保存的检查点有 %d 条记录，文件只到 %d 条", o.Size, v.c.Size),
				fmt.Sprintf("The checkpoint you kept has %d records; the file ends at %d", o.Size, v.c.Size))
		case !o.met && r.OK():
			r.problem("forged", -1, "", 0, "该日志不是您保存的检查点的延续：历史被改写过", "This log does not continue the checkpoint you kept: the past was rewritten")
		case o.met:
			r.Since = max(r.Since, o.Size)
		}
	}
}
