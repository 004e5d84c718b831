package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"kechuang/internal/journal"
	"kechuang/internal/panel"
)

type replayCommand struct {
	File   string `arg:"" help:"The record of a draw, as it was handed out."`
	Bundle string `type:"existingfile" help:"The bundle of the draw's case: that the seed was committed to before, and this is what was drawn, is looked up in its leaves."`
	Key    string `help:"Public key of the log, from a source other than the bundle."`
}

// Run draws again and explains the draw in ten lines; the exit code is 1 when the record is not true or was changed, or is not what the journal says.
func (c *replayCommand) Run(e *env) error {
	file, err := os.ReadFile(c.File)
	if err != nil {
		return err
	}
	r, err := panel.Decode(file)
	if err == nil {
		err = r.Verify()
	}
	var in journalled
	if err == nil && c.Bundle != "" {
		in, err = c.lookUp(r)
	}
	if err != nil {
		e.say("不一致：%v", "NOT TRUE: %v", err)
		return errFound
	}
	for _, line := range r.Explain() {
		fmt.Fprintln(e.out, line.In(e.lang))
	}
	if c.Bundle != "" {
		e.say("存证：种子的承诺在第 %d 步，抽取在第 %d 步，结果与存证一致；该事项共抽取 %d 次", "Journal: the seed was committed to in step %d and the panel drawn in step %d, as the record says; the case has %d draws", in.committed, in.drawn, in.draws)
	}
	e.say("一致：重新抽取的结果与记录完全相同", "TRUE: drawn again, the result is the same as the record")
	return nil
}

// journalled is where a draw stands in the leaves of its case.
type journalled struct {
	committed, drawn int64 // steps
	draws            int   // how many seeds were opened in the case
}

// lookUp finds a record in the bundle of its case.
func (c *replayCommand) lookUp(r *panel.Record) (in journalled, err error) {
	data, err := os.ReadFile(c.Bundle)
	if err != nil {
		return in, err
	}
	report, err := journal.VerifyBundle(bytes.NewReader(data), strings.TrimSpace(c.Key))
	if err != nil {
		return in, err
	}
	if !report.OK() {
		return in, fmt.Errorf("the bundle does not hold: %s", report.Problems[0].Text.EN)
	}
	if what, _, _ := strings.Cut(r.For, " "); what != report.Case {
		return in, fmt.Errorf("the bundle is of %s, the draw of %s", report.Case, what)
	}
	var bundle struct{ Leaves []struct{ Record string } }
	if err := json.Unmarshal(data, &bundle); err != nil {
		return in, err
	}
	result, opened := "", map[string]bool{}
	for _, l := range bundle.Leaves {
		leaf, err := journal.Decode([]byte(l.Record))
		if err != nil {
			return in, err
		}
		var body struct {
			Commitment string
			Draws      []struct{ Seed, Commitment, Result string }
		}
		if err := json.Unmarshal(leaf.Body, &body); err != nil {
			return in, err
		}
		for _, d := range body.Draws {
			opened[d.Commitment] = true
			if d.Commitment != r.Commitment {
				continue
			}
			if result = d.Result; in.drawn == 0 {
				in.drawn = leaf.Seq
			}
		}
		if body.Commitment == r.Commitment && in.committed == 0 {
			in.committed = leaf.Seq
		}
	}
	in.draws = len(opened)
	return in, in.check(r, result)
}

func (in journalled) check(r *panel.Record, result string) error {
	body, err := json.Marshal(r)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(body)
	switch {
	case in.committed == 0:
		return errors.New("no step of the case commits to this seed")
	case in.drawn == 0:
		return errors.New("no step of the case opened this seed")
	case in.committed >= in.drawn:
		return fmt.Errorf("the seed was committed to in step %d and opened in step %d", in.committed, in.drawn)
	case result != hex.EncodeToString(sum[:]):
		return errors.New("the journal has another result of this draw, or the panel has changed since the record was handed out")
	}
	return nil
}
