package main

import (
	"fmt"
	"os"
	"strings"

	"kechuang/internal/caldate"
	"kechuang/internal/dossier"
	"kechuang/internal/journal"
)

type verifyCommand struct {
	File  string `arg:"" help:"Dossier of a thread, bundle of a case, or a whole log; - reads standard input (no dossier)."`
	Key   string `help:"Public key of the log, from a source other than the file (such as the site's public hall)."`
	Since string `type:"existingfile" help:"An older checkpoint that was kept: the log must be its continuation."`
	JSON  bool   `help:"Print the report as JSON."`
}

// Run checks a file with no database and no network; the exit code is 1 when anything in it was changed, dropped or reordered.
func (c *verifyCommand) Run(e *env) error {
	in := os.Stdin
	if c.File != "-" {
		f, err := os.Open(c.File)
		if err != nil {
			return err
		}
		defer f.Close()
		in = f
		head := make([]byte, 4)
		if n, _ := f.ReadAt(head, 0); n == len(head) && dossier.Is(head) {
			return c.dossier(e, f)
		}
	}
	var older []string
	if c.Since != "" {
		text, err := os.ReadFile(c.Since)
		if err != nil {
			return err
		}
		older = append(older, string(text))
	}
	r, err := journal.VerifyBundle(in, strings.TrimSpace(c.Key), older...)
	if err != nil {
		return err
	}
	if c.JSON {
		err = e.json(r)
	} else {
		printReport(e, r)
	}
	if err == nil && !r.OK() {
		err = errFound
	}
	return err
}

// dossier checks an archive of a thread.
func (c *verifyCommand) dossier(e *env, f *os.File) error {
	info, err := f.Stat()
	if err != nil {
		return err
	}
	r, err := dossier.Verify(f, info.Size(), strings.TrimSpace(c.Key))
	if err != nil {
		return err
	}
	if c.JSON {
		err = e.json(r)
	} else {
		printDossier(e, r)
	}
	if err == nil && !r.OK() {
		err = errFound
	}
	return err
}

func printDossier(e *env, r dossier.Report) {
	for _, p := range r.Problems {
		fmt.Fprintf(e.out, "✗ %s %s: %s\n", p.Kind, p.File, p.Text.In(e.lang))
	}
	if r.More > 0 {
		e.say("…另有 %d 处", "… and %d more", r.More)
	}
	made := r.Made.In(caldate.Shanghai).Format("2006-01-02 15:04:05")
	if r.OK() {
		e.say("✓ 卷宗“%s”（%s，%s 编制）：%d 个文件未被改动、抽走或者添加；%d 个事项的 %d 条存证成立，其中 %d 个文件的内容由存证直接证明",
			"✓ The dossier “%s” (%s, made %s): none of its %d files was changed, dropped or added; the proofs of %d cases with %d records hold, and %d files are proved by them directly",
			r.Title, r.Case, made, r.Files, r.Cases, r.Leaves, r.Tied)
	} else {
		e.say("核验不通过：发现 %d 处问题", "Not verified: %d problems", int64(len(r.Problems))+r.More)
	}
	if !r.Trusted {
		e.say("公钥取自文件本身：%s\n请与公开大厅公布的公钥核对，或用 --key 指定", "The key is the file's own: %s\nCompare it with the one that the site publishes, or give it with --key", r.Key)
	}
}

func printReport(e *env, r journal.Report) {
	for _, p := range r.Problems {
		where := ""
		if p.Case != "" {
			where = fmt.Sprintf(" %s #%d", p.Case, p.Seq)
		}
		if p.Index >= 0 {
			where += fmt.Sprintf(" [%d]", p.Index)
		}
		fmt.Fprintf(e.out, "✗ %s%s: %s\n", p.Kind, where, p.Text.In(e.lang))
	}
	if r.More > 0 {
		e.say("…另有 %d 处", "… and %d more", r.More)
	}
	signed := r.Signed.In(caldate.Shanghai).Format("2006-01-02 15:04:05")
	if r.OK() {
		e.say("✓ %d 条记录、%d 个事项均未被改动、删减或调换次序；检查点共 %d 条，%s 签署", "✓ %d records of %d cases: none was changed, dropped or reordered; the checkpoint has %d, signed %s", r.Leaves, r.Cases, r.Size, signed)
	} else {
		e.say("核验不通过：发现 %d 处问题", "Not verified: %d problems", int64(len(r.Problems))+r.More)
	}
	if !r.Trusted {
		e.say("公钥取自文件本身：%s\n请与公开大厅公布的公钥核对，或用 --key 指定", "The key is the file's own: %s\nCompare it with the one that the site publishes, or give it with --key", r.Key)
	}
}
