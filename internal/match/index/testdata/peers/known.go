package main

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/yanyiwu/gojieba"

	"kechuang/internal/match/index"
	"kechuang/internal/match/judge"
	"kechuang/internal/match/text"
)

var needsFile = flag.String("needs", "", "requirements.tsv: instead, find each need's text by its title, and say at which place (MRR@10)")

// known looks for every need's text by its title three ways: with our pairs, with BM25 over jieba's words, with Xapian's n-grams.
func known(xapian string) error {
	f, err := os.Open(*needsFile)
	if err != nil {
		return err
	}
	defer f.Close()
	all, err := judge.ReadNeeds(f)
	if err != nil {
		return err
	}
	var needs []judge.Need
	seen := map[string]bool{}
	for _, n := range all {
		if !seen[n.Title] && n.Content != "" {
			needs = append(needs, n)
		}
		seen[n.Title] = true
	}
	j := gojieba.NewJieba()
	defer j.Free()
	words := func(folded string, visit func(string)) {
		for _, w := range j.CutForSearch(folded, true) {
			if strings.TrimSpace(w) != "" {
				visit(w)
			}
		}
	}
	for _, way := range []struct {
		name string
		cut  func(string, func(string))
	}{{"ours", nil}, {"bm25 over jieba words", words}} {
		x, sum := index.New(index.Field{Name: "text", Weight: 1, Cut: way.cut}), 0.0
		for _, n := range needs {
			x.Put(n.ID, []string{n.Content})
		}
		for _, n := range needs {
			for place, h := range x.Search(index.Query{Like: n.Title}, 10).Hits {
				if h.ID == n.ID {
					sum += 1 / float64(place+1)
				}
			}
		}
		fmt.Printf("known item %-22s MRR@10 %.4f of %d\n", way.name, sum/float64(len(needs)), len(needs))
	}
	if xapian == "" {
		return nil
	}
	dir, err := os.MkdirTemp("", "peers-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	var texts, titles strings.Builder
	for _, n := range needs {
		fmt.Fprintln(&texts, strings.ReplaceAll(text.Fold(n.Content), "\n", " "))
		fmt.Fprintln(&titles, strings.ReplaceAll(text.Fold(n.Title), "\n", " "))
	}
	a, b := filepath.Join(dir, "texts"), filepath.Join(dir, "titles")
	if err := os.WriteFile(a, []byte(texts.String()), 0o600); err != nil {
		return err
	}
	if err := os.WriteFile(b, []byte(titles.String()), 0o600); err != nil {
		return err
	}
	out, err := exec.Command(xapian, filepath.Join(dir, "db"), a, b, "ngrams").Output()
	if err != nil {
		return err
	}
	sum := 0.0
	for s := bufio.NewScanner(strings.NewReader(string(out))); s.Scan(); {
		var place int
		if scan(s.Text(), "place %d", &place) && place > 0 {
			sum += 1 / float64(place)
		}
	}
	fmt.Printf("known item %-22s MRR@10 %.4f of %d\n", "xapian n-grams", sum/float64(len(needs)), len(needs))
	return nil
}
