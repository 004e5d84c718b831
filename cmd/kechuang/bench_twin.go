package main

import (
	"fmt"
	"path/filepath"
	"runtime"
	"strconv"

	"kechuang/internal/match/judge"
	"kechuang/internal/match/sample"
	"kechuang/internal/match/twin"
)

type benchTwinCommand struct {
	Data    string `default:"../shared/data/match" help:"Folder with requirements.tsv."`
	Records int    `default:"1000000" help:"Records among which one text is looked for."`
	Queries int    `default:"200" help:"Texts looked for."`
}

// Run measures finding what was said before: five strengths of rewording on real needs, then one text among many.
func (c *benchTwinCommand) Run(e *env) error {
	machine(e)
	needs, err := readFile(filepath.Join(c.Data, "requirements.tsv"), judge.ReadNeeds)
	if err != nil {
		return err
	}
	var texts []string
	for _, n := range needs {
		texts = append(texts, n.Title+"。"+n.Content)
	}
	for _, q := range twin.Measure(texts, twin.Words(texts)) {
		fmt.Fprintf(e.out, "twin strength %d: precision %.3f, recall %.3f, passage in %.3f of the found, false alarm without the source %.3f (%d texts)\n",
			q.Strength, q.Precision, q.Recall, q.Passage, q.Alarm, q.Asked)
	}
	read := func(id string) string {
		n, _ := strconv.Atoi(id)
		return sample.Record(n).Text
	}
	before, f := heap(), twin.New(read)
	for i := range c.Records {
		f.Put(strconv.Itoa(i), read(strconv.Itoa(i)))
	}
	fmt.Fprintf(e.out, "twin %d records: %.0f bytes a record\n", c.Records, float64(heap()-before)/float64(c.Records))
	missed := 0
	search := benchSearchCommand{Queries: c.Queries}
	search.ask(e, c.Records, "a text said before", func(i int) {
		if got := f.Find(read(strconv.Itoa(i*4999%c.Records)), 1); len(got) == 0 || got[0].Share < 0.99 {
			missed++
		}
	})
	fmt.Fprintf(e.out, "twin %d records: %d of %d texts not found\n", c.Records, missed, c.Queries)
	runtime.KeepAlive(f)
	return nil
}
