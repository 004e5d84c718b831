package journal

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/mod/sumdb/tlog"
)

// Leaf is one step as the journal keeps it.
type Leaf struct {
	Case    string
	Seq     int64 // 1, 2, 3 … within the case; Append fills 0
	Step    string
	Account string // who acted: an account, or "clock", "anonymous" …
	At      time.Time
	Prev    string          // the digest of the leaf before it in its case; "" for the first; Append fills it with Seq
	Body    json.RawMessage // what was done, any JSON; Append makes it canonical
}

// version is the first line of a record. A change of anything below is a new version beside this one: old records stay as they are.
const version = "kechuang.record.v1"

// timeLayout is RFC 3339 in UTC with exactly six digits of a second.
const timeLayout = "2006-01-02T15:04:05.000000Z"

// Encode is the record: the bytes that are hashed, kept and handed out. docs/spec/journal.md describes it.
func (l Leaf) Encode() ([]byte, error) {
	for _, f := range []struct{ name, value string }{{"case", l.Case}, {"step", l.Step}, {"account", l.Account}} {
		if f.value == "" || !utf8.ValidString(f.value) || strings.ContainsFunc(f.value, func(r rune) bool { return r < ' ' || r == 0x7f }) {
			return nil, fmt.Errorf("journal: the %s %q of a record is empty or holds a control character", f.name, f.value)
		}
	}
	if l.Seq < 1 || (l.Seq == 1) != (l.Prev == "") {
		return nil, fmt.Errorf("journal: record %d of %s has the previous digest %q", l.Seq, l.Case, l.Prev)
	}
	body, err := canonical(l.Body)
	if err != nil {
		return nil, fmt.Errorf("journal: the body of record %d of %s: %w", l.Seq, l.Case, err)
	}
	b := make([]byte, 0, 256+len(body))
	b = append(b, version+"\ncase "...)
	b = append(b, l.Case...)
	b = append(b, "\nseq "...)
	b = strconv.AppendInt(b, l.Seq, 10)
	b = append(b, "\nstep "...)
	b = append(b, l.Step...)
	b = append(b, "\naccount "...)
	b = append(b, l.Account...)
	b = append(b, "\nat "...)
	b = l.At.UTC().AppendFormat(b, timeLayout)
	b = append(b, "\nprev "...)
	if b = append(b, l.Prev...); l.Prev == "" {
		b = append(b, '-')
	}
	b = append(b, "\n\n"...)
	return append(b, body...), nil
}

// header is what checking a chain needs of a record; it points into the record.
type header struct {
	caseID, step, account, at, prev []byte
	seq                             int64
	body                            []byte
}

var errRecord = errors.New("not a record of this format")

// parse reads a record without copying it.
func parse(record []byte) (h header, err error) {
	rest, ok := bytes.CutPrefix(record, []byte(version+"\n"))
	line := func(name string) []byte {
		v, found := bytes.CutPrefix(rest, []byte(name))
		i := bytes.IndexByte(v, '\n')
		if !found || i < 0 {
			ok = false
			return nil
		}
		rest = v[i+1:]
		return v[:i]
	}
	if h.caseID = line("case "); ok {
		h.seq, ok = parseSeq(line("seq "))
	}
	h.step, h.account, h.at, h.prev = line("step "), line("account "), line("at "), line("prev ")
	if !ok || len(rest) == 0 || rest[0] != '\n' {
		return h, errRecord
	}
	h.body = rest[1:]
	return h, nil
}

func parseSeq(digits []byte) (n int64, ok bool) {
	if len(digits) == 0 || len(digits) > 18 || digits[0] == '0' {
		return 0, false
	}
	for _, c := range digits {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int64(c-'0')
	}
	return n, true
}

// Decode reads a record back.
func Decode(record []byte) (Leaf, error) {
	h, err := parse(record)
	if err != nil {
		return Leaf{}, fmt.Errorf("journal: %w", err)
	}
	at, err := time.Parse(timeLayout, string(h.at))
	if err != nil {
		return Leaf{}, fmt.Errorf("journal: %w: %w", errRecord, err)
	}
	l := Leaf{Case: string(h.caseID), Seq: h.seq, Step: string(h.step), Account: string(h.account), At: at, Body: bytes.Clone(h.body)}
	if string(h.prev) != "-" {
		l.Prev = string(h.prev)
	}
	return l, nil
}

// Digest is a record's identity: the hash of a leaf of RFC 6962, SHA-256 over a zero byte and the record, in hexadecimal.
func Digest(record []byte) string {
	h := tlog.RecordHash(record)
	return hex.EncodeToString(h[:])
}

// canonical writes JSON in one way only: no space, members sorted by the bytes of their names, the last of two of one name, numbers
// as they were written, and nothing escaped but what must be.
func canonical(raw json.RawMessage) ([]byte, error) {
	if len(raw) == 0 {
		return []byte("null"), nil
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, err
	}
	if d.More() {
		return nil, errors.New("more than one JSON value")
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// hashOf reads a digest back.
func hashOf(digest string) (h tlog.Hash, err error) {
	b, err := hex.DecodeString(digest)
	if err != nil || len(b) != tlog.HashSize || strings.ContainsAny(digest, "ABCDEF") {
		return h, fmt.Errorf("journal: %q is not a digest", digest)
	}
	copy(h[:], b)
	return h, nil
}

func base64Hash(h tlog.Hash) string { return base64.StdEncoding.EncodeToString(h[:]) }
