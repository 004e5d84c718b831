package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kechuang/internal/journal"
	"kechuang/internal/lang"
	"kechuang/internal/panel"
	"kechuang/internal/store"
)

// step is what the leaf of a step tells of draws.
type step struct {
	Commitment string `json:"commitment,omitempty"`
	Draws      []any  `json:"draws,omitempty"`
}

func opened(r *panel.Record) []any {
	body, _ := json.Marshal(r)
	return []any{map[string]string{"id": "draw_1", "seed": r.Seed, "commitment": r.Commitment, "result": fmt.Sprintf("%x", sha256.Sum256(body))}}
}

// bundleOf keeps steps in a journal and hands out the bundle of their case.
func bundleOf(t *testing.T, dir string, steps ...step) (file, key string) {
	ctx := context.Background()
	db, err := store.Open(ctx, "sqlite:"+filepath.Join(dir, "j.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	k, _, err := journal.NewKey("kechuang.test")
	if err != nil {
		t.Fatal(err)
	}
	j := journal.New(db, k)
	if err := db.Migrate(ctx, journal.Migrations); err != nil {
		t.Fatal(err)
	}
	for _, s := range steps {
		body, _ := json.Marshal(s)
		if err := db.Write(ctx, func(tx *store.Tx) error {
			_, err := j.Append(tx, journal.Leaf{Case: "case_1", Step: "draw", Account: "acc_1", At: tx.Now(), Body: body})
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	bundle, err := j.Bundle(ctx, "case_1")
	if err != nil {
		t.Fatal(err)
	}
	file = filepath.Join(dir, "case.json")
	if err := os.WriteFile(file, bundle, 0o600); err != nil {
		t.Fatal(err)
	}
	return file, k.Verifier()
}

// TestReplayAgainstTheJournal: a record that is true in itself is found out where the journal says otherwise: a seed that was never committed to, or
// only when it was opened; another panel that was made anew with all its numbers; a bundle of another case or log.
func TestReplayAgainstTheJournal(t *testing.T) {
	t.Parallel()
	draw := func(seed panel.Seed, of string) *panel.Record {
		var pool []panel.Candidate
		for i := range 12 {
			pool = append(pool, panel.Candidate{ID: fmt.Sprintf("p%02d", i)})
		}
		fixed, err := panel.Ask{For: of, Round: 1, Pool: pool, Criteria: panel.Criteria{Size: 3}}.Fix()
		if err != nil {
			t.Fatal(err)
		}
		r, err := fixed.Convene(seed, "1 root", "三十六")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := r.Leave(r.Panel[0], lang.T("没有时间", "no time")); err != nil {
			t.Fatal(err)
		}
		return r
	}
	true1, other, elsewhere := draw(panel.Seed{1}, "case_1 panel"), draw(panel.Seed{2}, "case_1 panel"), draw(panel.Seed{1}, "case_2 panel")
	first := step{Commitment: true1.Commitment}
	then := step{Commitment: other.Commitment, Draws: opened(true1)}
	for name, c := range map[string]struct {
		record *panel.Record
		steps  []step
		key    string
		say    string // "" where it is true
	}{
		"as it was":                {true1, []step{first, {}, then}, "", ""},
		"a seed of one's own":      {other, []step{first, {}, then}, "", "no step of the case opened"},
		"never committed to":       {other, []step{first, {Draws: opened(other)}}, "", "no step of the case commits"},
		"committed to when opened": {true1, []step{{}, {Commitment: true1.Commitment, Draws: opened(true1)}}, "", "step 2 and opened in step 2"},
		"another result":           {true1, []step{first, {Draws: []any{map[string]string{"commitment": true1.Commitment, "result": "00"}}}}, "", "another result"},
		"another case":             {elsewhere, []step{first, then}, "", "the bundle is of case_1"},
		"another log":              {true1, []step{first, then}, "kechuang.other+b7f7aaaa+ATpmtVnl6aGvhm4iZJzYVUfAg8KFlr6oAwTzyDyu8Fv2", "does not hold"},
	} {
		dir := t.TempDir()
		bundle, key := bundleOf(t, dir, c.steps...)
		if c.key != "" {
			key = c.key
		}
		file, err := c.record.Encode()
		if err != nil {
			t.Fatal(err)
		}
		name0 := filepath.Join(dir, "draw.json")
		if err := os.WriteFile(name0, file, 0o600); err != nil {
			t.Fatal(err)
		}
		var out, errOut bytes.Buffer
		code := run(context.Background(), []string{"--lang", "en", "replay-draw", name0, "--bundle", bundle, "--key", key}, &out, &errOut)
		if said := out.String() + errOut.String(); (code == 0) != (c.say == "") || !strings.Contains(said, c.say) || c.say == "" && !strings.Contains(said, "committed to in step 1 and the panel drawn in step 3") {
			t.Errorf("%s: exit code %d, %s", name, code, said)
		}
	}
}
