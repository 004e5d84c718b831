package journal

import (
	"bufio"
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"kechuang/internal/lang"
)

// Report is what VerifyBundle found.
type Report struct {
	Format   string    `json:"format"`
	Case     string    `json:"case,omitempty"` // "" for a whole log
	Key      string    `json:"key"`
	Trusted  bool      `json:"trusted"` // the key was given by the reader, and not only by the file itself
	Size     int64     `json:"size"`    // leaves of the log at the checkpoint
	Root     string    `json:"root"`
	Signed   time.Time `json:"signed"`
	Leaves   int64     `json:"leaves"` // that were read
	Cases    int64     `json:"cases"`
	Bytes    int64     `json:"bytes"`           // of records
	Since    int64     `json:"since,omitempty"` // size of the older checkpoint that this log was proved to continue
	Problems []Problem `json:"problems"`
	More     int64     `json:"more,omitempty"` // problems beyond the first hundred
}

// OK tells whether nothing is wrong.
func (r Report) OK() bool { return len(r.Problems) == 0 }

// Problem is one thing that is wrong, and where.
type Problem struct {
	Kind  string    `json:"kind"`           // changed, dropped, reordered, added, forged, truncated
	Index int64     `json:"index"`          // in the log, -1 where it is not known
	Case  string    `json:"case,omitempty"` // as the record or its neighbours say
	Seq   int64     `json:"seq,omitempty"`
	Text  lang.Text `json:"text"`
}

// maxProblems is how many problems are kept; a file that is wrong all over needs no longer list.
const maxProblems = 100

func (r *Report) problem(kind string, index int64, caseID string, seq int64, zh, en string) {
	if len(r.Problems) >= maxProblems {
		r.More++
		return
	}
	r.Problems = append(r.Problems, Problem{kind, index, caseID, seq, lang.T(zh, en)})
}

// VerifyBundle checks a file made by Bundle or Export, with no database and no network. key is the log's public key, from a source
// other than the file; with "" the file's own is used and the report says that it is not trusted. An older checkpoint, where the
// reader kept one, must be the beginning of this log.
//
// What is checked, in this order:
//
//  1. the checkpoint is signed by the key; so is a case's head;
//  2. every record is of the format and has the digest that stands beside it;
//  3. in every case the records are 1, 2, 3 … and each names the digest of the one before;
//  4. every record stands at its index in the tree of the checkpoint, by its proof or because the whole tree gives the root;
//  5. the older checkpoint is a beginning of this one.
//
// The error says that the file cannot be read at all; what is wrong with its contents is in the report.
func VerifyBundle(r io.Reader, key string, older ...string) (Report, error) {
	in := bufio.NewReaderSize(r, 1<<18)
	first, err := in.Peek(len(logFormat))
	switch {
	case err == nil && string(first) == logFormat:
		return verifyLog(in, key, older)
	case len(first) > 0 && bytes.HasPrefix(bytes.TrimSpace(first), []byte("{")):
		return verifyCase(in, key, older)
	case err != nil && !errors.Is(err, io.EOF):
		return Report{}, fmt.Errorf("journal: %w", err)
	}
	return Report{}, errors.New("journal: the file is neither a case bundle nor a log of kechuang")
}

// checkpoint opens the signed root; a wrong signature is a problem, after which nothing else can be trusted.
func (r *Report) checkpoint(noteText, fileKey, key string) (c Checkpoint, ok bool) {
	r.Key, r.Trusted = key, key != ""
	if key == "" {
		r.Key = fileKey
	} else if fileKey != key {
		r.problem("forged", -1, "", 0, "文件中的公钥与您提供的公钥不同", "The file's public key is not the one you gave")
	}
	c, err := OpenCheckpoint(noteText, r.Key)
	if err != nil {
		r.problem("forged", -1, "", 0, "检查点的签名不成立："+err.Error(), "The checkpoint's signature does not hold: "+err.Error())
		return c, false
	}
	r.Size, r.Root, r.Signed = c.Size, base64Hash(c.Root), c.At
	return c, true
}

// verifyCase reads a bundle of one case, leaf by leaf.
func verifyCase(in io.Reader, key string, older []string) (r Report, err error) {
	d := json.NewDecoder(in)
	var b bundle
	if err := readHead(d, &b); err != nil {
		return r, fmt.Errorf("journal: the bundle: %w", err)
	}
	if b.Format != bundleFormat {
		return r, fmt.Errorf("journal: the bundle's format is %q, not %q", b.Format, bundleFormat)
	}
	r.Format, r.Case, r.Cases = b.Format, b.Case, 1
	c, ok := r.checkpoint(b.Checkpoint, b.Key, key)
	if !ok {
		return r, nil
	}
	ch := chains{report: &r, gaps: gaps{report: &r}}
	last := ""
	for d.More() {
		var l bundleLeaf
		if err := d.Decode(&l); err != nil {
			return r, fmt.Errorf("journal: leaf %d of the bundle: %w", r.Leaves+1, err)
		}
		r.Leaves++
		r.Bytes += int64(len(l.Record))
		r.caseLeaf(&ch, c, b.Case, l)
		last = l.Digest
	}
	for range 2 { // ] and }: a file that was cut off is not whole
		if _, err := d.Token(); err != nil {
			return r, fmt.Errorf("journal: the bundle is cut off: %w", err)
		}
	}
	ch.gaps.finish()
	r.head(c, b, ch.of([]byte(b.Case)).seq, last)
	r.older(c, b.Since, older)
	return r, nil
}

// readHead reads the members before the leaves.
func readHead(d *json.Decoder, b *bundle) error {
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return errors.Join(err, errors.New("no object"))
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return err
		}
		switch name {
		case "format":
			err = d.Decode(&b.Format)
		case "case":
			err = d.Decode(&b.Case)
		case "key":
			err = d.Decode(&b.Key)
		case "checkpoint":
			err = d.Decode(&b.Checkpoint)
		case "head":
			err = d.Decode(&b.Head)
		case "since":
			err = d.Decode(&b.Since)
		case "leaves":
			if t, err := d.Token(); err != nil || t != json.Delim('[') {
				return errors.Join(err, errors.New("leaves are not a list"))
			}
			return nil
		default:
			return fmt.Errorf("an unknown member %v", name)
		}
		if err != nil {
			return fmt.Errorf("%v: %w", name, err)
		}
	}
	return errors.New("it has no leaves")
}

// caseLeaf checks one leaf of a bundle.
func (r *Report) caseLeaf(ch *chains, c Checkpoint, caseID string, l bundleLeaf) {
	record := []byte(l.Record)
	hash := tlog.RecordHash(record)
	h, err := parse(record)
	seq := h.seq
	if err == nil && string(h.caseID) != caseID {
		r.problem("added", l.Index, string(h.caseID), seq, fmt.Sprintf("第 %d 条记录属于另一事项 %s", r.Leaves, h.caseID),
			fmt.Sprintf("Record %d is of another case, %s", r.Leaves, h.caseID))
	}
	if err == nil && hex.EncodeToString(hash[:]) == l.Digest && CheckInclusion(l.Index, c.Size, c.Root, hash, l.Proof) == nil {
		ch.next(h, hash, l.Index)
		return
	}
	zh, en := "的内容被改动过", "was changed"
	stated, e := hashOf(l.Digest)
	authentic := e == nil && CheckInclusion(l.Index, c.Size, c.Root, stated, l.Proof) == nil
	if !authentic && e == nil && hash == stated {
		zh, en = "不在日志的该位置上：内容被改动，或被换到别处", "is not at that place of the log: it was changed, or moved"
	}
	if seq == 0 {
		seq = ch.of([]byte(caseID)).seq + 1
	}
	r.problem("changed", l.Index, caseID, seq, fmt.Sprintf("第 %d 条记录（日志第 %d 位）%s", seq, l.Index, zh),
		fmt.Sprintf("Record %d (index %d of the log) %s", seq, l.Index, en))
	ch.broken(caseID, seq, l.Digest, authentic)
}

// head checks that the bundle has all leaves that the case had.
func (r *Report) head(c Checkpoint, b bundle, seq int64, last string) {
	text, err := openNote(b.Head, r.Key)
	if err != nil {
		r.problem("forged", -1, b.Case, 0, "事项末尾的签名不成立："+err.Error(), "The signature of the case's head does not hold: "+err.Error())
		return
	}
	if text == headText(c, b.Case, r.Leaves, last) {
		return
	}
	var size, leaves int64
	lines := strings.Split(text, "\n")
	if len(lines) < 6 || lines[3] != b.Case {
		r.problem("forged", -1, b.Case, 0, "签名的末尾属于另一事项", "The signed head is of another case")
		return
	}
	fmt.Sscan(lines[2], &size)
	fmt.Sscan(lines[4], &leaves)
	if size != c.Size {
		r.problem("forged", -1, b.Case, 0, "事项末尾与检查点不属于同一次导出", "The case's head and the checkpoint are not of one export")
		return
	}
	switch {
	case seq < leaves:
		r.problem("dropped", -1, b.Case, seq+1, fmt.Sprintf("事项 %s 缺少第 %s 条记录", b.Case, span(seq+1, leaves)),
			fmt.Sprintf("Record %s of %s is missing", span(seq+1, leaves), b.Case))
	case r.Leaves > leaves:
		r.problem("added", -1, b.Case, r.Leaves, fmt.Sprintf("该事项应有 %d 条记录，文件中却有 %d 条", leaves, r.Leaves),
			fmt.Sprintf("The case has %d records and the file has %d", leaves, r.Leaves))
	case r.OK():
		r.problem("changed", -1, b.Case, leaves, "最后一条记录不是签名时的那一条", "The last record is not the one that was signed")
	}
}

// older checks the checkpoints that the reader kept.
func (r *Report) older(c Checkpoint, s *since, older []string) {
	for _, text := range older {
		old, err := OpenCheckpoint(text, r.Key)
		switch {
		case err != nil:
			r.problem("forged", -1, "", 0, "您保存的检查点签名不成立："+err.Error(), "The signature of the checkpoint you kept does not hold: "+err.Error())
		case old.Size == c.Size && old.Root == c.Root, old.Size == 0:
			r.Since = old.Size
		case old.Size > c.Size:
			r.problem("truncated", -1, "", 0, fmt.Sprintf("您保存的检查点有 %d 条记录，文件只到 %d 条", old.Size, c.Size),
				fmt.Sprintf("The checkpoint you kept has %d records; the file ends at %d", old.Size, c.Size))
		case s == nil || s.Size != old.Size:
			r.problem("forged", -1, "", 0, fmt.Sprintf("文件没有从 %d 条记录起延续的证明，请带此数重新导出", old.Size),
				fmt.Sprintf("The file has no proof that it continues a log of %d records; export it again for that size", old.Size))
		case CheckConsistency(old.Size, c.Size, old.Root, c.Root, s.Proof) != nil:
			r.problem("forged", -1, "", 0, "该日志不是您保存的检查点的延续：历史被改写过", "This log does not continue the checkpoint you kept: the past was rewritten")
		default:
			r.Since = old.Size
		}
	}
}

// Audit checks the whole log in the database as VerifyBundle would check its export: every record against its digest and its
// chain, and the tree against the signed root. It reads everything: for tests, after a restore, and once a night.
func (j *Journal) Audit(ctx context.Context) (Report, error) {
	pr, pw := io.Pipe()
	go func() {
		_, err := j.Export(ctx, pw)
		pw.CloseWithError(err)
	}()
	r, err := VerifyBundle(pr, j.Key())
	pr.CloseWithError(err)
	return r, err
}
