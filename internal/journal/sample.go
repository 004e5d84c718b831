package journal

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

// SampleLog writes a whole log of made-up steps, ten a case and some 700 bytes each, as a real one's are: for measuring
// VerifyBundle with no database. It gives the number of bytes of the records.
func SampleLog(w io.Writer, key *Key, leaves int) (bytes int64, err error) {
	list, c, err := sampleLeaves(key, leaves)
	if err != nil {
		return 0, err
	}
	out := bufio.NewWriterSize(w, 1<<16)
	writeLogHeader(out, key.Verifier(), c)
	for _, s := range list {
		bytes += int64(len(s.record))
	}
	if err := writeBlocks(out, list); err != nil {
		return 0, err
	}
	return bytes, out.Flush()
}

// sampleLeaves makes the leaves of some hundred cases that run side by side.
func sampleLeaves(key *Key, leaves int) (list []stored, c Checkpoint, err error) {
	const steps, side = 10, 100
	type running struct {
		id   string
		seq  int64
		prev string
	}
	cases := make([]running, side)
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	var f frontier
	list = make([]stored, 0, leaves)
	for i := range leaves {
		r := &cases[i%side]
		if r.seq%steps == 0 {
			*r = running{id: fmt.Sprintf("case_06f1k%020d", i)}
		}
		body, err := json.Marshal(map[string]any{"record": r.id, "part": "milestones", "from": "working", "to": "checking", "seat": "solver",
			"values": map[string]any{"title": "高温合金精密铸件的近净成形工艺", "result": "样件三批次，合格率由百分之八十二提高到百分之九十六点五，第三方检测报告见附件",
				"report": "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef"}, "money": i})
		if err != nil {
			return nil, c, err
		}
		l := Leaf{Case: r.id, Seq: r.seq + 1, Step: "submit", Account: "acc_06f1k5wz8n3q0x7t2v4m6p8r", At: at.Add(time.Duration(i) * time.Second), Prev: r.prev, Body: body}
		record, err := l.Encode()
		if err != nil {
			return nil, c, err
		}
		h := tlog.RecordHash(record)
		f.add(h)
		r.seq, r.prev = l.Seq, Digest(record)
		list = append(list, stored{caseID: l.Case, seq: l.Seq, index: int64(i), digest: r.prev, record: string(record)})
	}
	c, err = Checkpoint{Size: int64(leaves), Root: f.root(), At: at}.signed(key)
	return list, c, err
}
