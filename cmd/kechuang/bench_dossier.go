package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"strings"
	"time"

	"kechuang/internal/casework"
	"kechuang/internal/dossier"
	"kechuang/internal/identity"
	"kechuang/internal/journal"
	"kechuang/internal/policy"
	"kechuang/internal/policy/play"
)

type benchDossierCommand struct {
	Steps []int `default:"100,500,2000" help:"About how many steps the threads have."`
}

// Run plays a company that raises capital again and again, so that its rounds are one thread, and measures that thread's dossier: as an
// auditor gets it, with every form and paper and the whole proof of every case.
func (c *benchDossierCommand) Run(e *env) error {
	machine(e)
	files, err := packFiles("")
	if err != nil {
		return err
	}
	pack, findings := policy.Load(files)
	if len(findings) > 0 {
		return fmt.Errorf("the pack: %s", findings)
	}
	key, _, err := journal.NewKey("kechuang.bench")
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp(shm(), "kechuang-dossier-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	stages := casework.NewStageDB(dir)
	defer stages.Close()
	w := casework.NewTheatre(pack, files, key, stages.Fresh)
	defer w.Close()
	for _, steps := range c.Steps {
		if err := c.one(e, w, pack, steps); err != nil {
			return err
		}
	}
	return nil
}

// rounds is a story of so many rounds.
func rounds(n int) string {
	var b strings.Builder
	b.WriteString(`-- world --
today: 2025-03-03
opener: 王娜
parties:
  王娜: {kind: person}
  盛京国投: {kind: fund}
  东北创投: {kind: fund}
records:
  波纹管公司: {kind: company, name: 波纹管公司, founder: 王娜, status: 存续}
shares:
  波纹管公司: {王娜: 1000000}
-- forms --
plan:
  project: 中试线建设
  company: 波纹管公司
  sponsor: 盛京国投
  pre: 1000万元
  appraised: 1000万元
  valued_on: 2024-12-31
  money: [{party: 盛京国投, source: 国资, amount: 1万元}, {party: 东北创投, source: 社会, amount: 3万元}]
  honest: true
decision: {held_on: 2025-03-03, conclusion: 同意}
contract: {board: 董事, pay_by: 2025-06-30}
payment: {paid_on: 2025-03-03}
registration: {changed_on: 2025-03-03, capital: 1500万元}
`)
	for i := range n {
		if i == 0 {
			b.WriteString("-- rounds --\n")
		} else {
			b.WriteString("open capital_round 王娜\n")
		}
		b.WriteString("founder submit · assets file_it · sponsor decide · founder sign · sponsor sign · founder confirm · sponsor register → done\n")
	}
	return b.String()
}

const stepsOfRound = 8 // with its opening

func (c *benchDossierCommand) one(e *env, w *casework.Theatre, pack *policy.Pack, steps int) error {
	f, err := play.Parse("bench.txtar", []byte(rounds(max(1, steps/stepsOfRound))), pack, "capital_round")
	if err != nil {
		return err
	}
	if line, err := play.RunOne(f, f.Scenarios[0], w); err != nil {
		return fmt.Errorf("line %d: %w", line, err)
	}
	house, id := w.House()
	auditor := identity.Actor{Account: "auditor", Name: "审计", Roles: []string{identity.RoleAuditor}}
	var archive bytes.Buffer
	began := time.Now()
	n, err := dossier.Write(context.Background(), &archive, house, auditor, id, house.Journal, time.Now(), func(int, int) error { return nil })
	if err != nil {
		return err
	}
	wrote := time.Since(began)
	began = time.Now()
	r, err := dossier.Verify(bytes.NewReader(archive.Bytes()), int64(archive.Len()), house.Journal.Key())
	checked := time.Since(began)
	if err == nil && !r.OK() {
		err = fmt.Errorf("the dossier does not verify: %+v", r.Problems)
	}
	if err != nil {
		return err
	}
	plain := sha256.New()
	began = time.Now()
	for range r.Bytes / int64(archive.Len()) { // the same bytes by plain SHA-256, as a floor
		plain.Write(archive.Bytes())
	}
	floor := time.Since(began)
	fmt.Fprintf(e.out, "%5d steps in %4d cases: %5d files, %8d bytes in an archive of %8d; written in %v, verified in %v (plain SHA-256 of as many bytes %v), %d files tied to the journal\n",
		r.Leaves, r.Cases, n, r.Bytes, archive.Len(), wrote.Round(time.Millisecond), checked.Round(time.Millisecond), floor.Round(time.Microsecond), r.Tied)
	return nil
}
